"""What a file of clauses comes to: revisions of clauses on record and new clauses of the company's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bylaw_chassis.refusals import Refusal

from bylaw_people.rules.fields import both_languages
from bylaw_people.rules.importing.lines import Faults, Line, line_date
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import COMPANY, ClauseKind, ClauseRecord, Origin, Revision
from bylaw_people.rules.rulebook.writing import OWN_POSITION, require_own_id, require_own_kind, revision

RETIRED = {"": False, "no": False, "false": False, "0": False, "否": False}
RETIRED |= {"yes": True, "true": True, "1": True, "是": True}
COLUMN_OF = {"wording": "wording_zh", "wording.en": "wording_en", "reason": "reason"}


@dataclass(frozen=True, slots=True)
class RulebookPlan:
    """New clauses, revisions of clauses on record, and how many lines said what holds already."""

    new: tuple[ClauseRecord, ...]
    changed: tuple[tuple[ClauseRecord, tuple[Revision, ...]], ...]
    repeated: int


class _Reading:
    """Lines as they are read, each against what the ones before came to."""

    def __init__(self, known: Mapping[str, ClauseRecord], reason: str) -> None:
        self.known, self.records, self.reason = known, dict(known), reason
        self.faults, self.seen, self.repeated = Faults(), dict[tuple[str, date], Line](), 0

    def take(self, line: Line) -> None:
        """One line; what is wrong with it is noted."""
        day, retired, kind = line_date(line["effective_date"]), RETIRED.get(line["retired"].casefold()), _kind(line)
        record = self.records.get(line["clause"]) or self._begun(line, kind)
        for column, wrong in (("effective_date", day is None), ("retired", retired is None)):
            if wrong:
                self.faults.add(line, column, "FIELD_INVALID", zh="无法识别", en="cannot be read")
        if record is None or day is None or retired is None or not self._first(line, record, day):
            return
        self._check_kind(line, record, kind)
        self._write(line, record, day, retired=retired)

    def _begun(self, line: Line, kind: ClauseKind | None) -> ClauseRecord | None:
        """A clause that is not on record: one of the company's own, of a kind that is stated."""
        try:
            require_own_id(line["clause"], field="clause")
            require_own_kind(kind or ClauseKind.RULE, field="kind")
        except Refusal as refusal:
            self.faults.add_refusal(line, "clause", refusal)
            return None
        return ClauseRecord(line["clause"], COMPANY, kind or ClauseKind.RECORD, OWN_POSITION)

    def _first(self, line: Line, record: ClauseRecord, day: date) -> bool:
        """Whether no line before spoke of the same clause and day; one that says otherwise is a fault."""
        earlier = self.seen.setdefault((record.id, day), line)
        if earlier is line:
            return True
        self.repeated += 1
        if earlier.cells != line.cells:
            said = f"第 {earlier.number} 行已有该日的条文", f"line {earlier.number} has a wording from that day already"
            self.faults.add(line, "effective_date", "LINE_CONTRADICTS", zh=said[0], en=said[1])
        return False

    def _check_kind(self, line: Line, record: ClauseRecord, kind: ClauseKind | None) -> None:
        if line["kind"] and kind is not record.kind:
            said = f"该条款的类型是 {record.kind}，不能改", f"the clause is a {record.kind}, which cannot be changed"
            self.faults.add(line, "kind", "RECORD_DIFFERS", zh=said[0], en=said[1])

    def _write(self, line: Line, record: ClauseRecord, day: date, *, retired: bool) -> None:
        wording = Wording(line["wording_zh"], line["wording_en"])
        counting = {one.effective_date: one for one in record.timeline()}.get(day)
        try:
            new = _revised(wording, day, line["reason"] or self.reason, retired=retired, same=counting)
        except Refusal as refusal:
            for fault in refusal.violations:
                column = COLUMN_OF.get(fault.field, fault.field)
                self.faults.add(line, column, fault.reason, zh=fault.zh, en=fault.en)
            return
        if new is None:
            self.repeated += 1
        else:
            self.records[record.id] = record.with_revision(new)


def _revised(wording: Wording, day: date, reason: str, *, retired: bool, same: Revision | None) -> Revision | None:
    """The revision a line asks for; nothing where what counts from that very day says so already."""
    if same and (both_languages(wording), retired) == (same.wording, same.retired):
        return None
    read = revision(wording, day, reason)
    return Revision(0, day, read.wording, Origin.COMPANY, read.reason, retired)


def _kind(line: Line) -> ClauseKind | None:
    return ClauseKind(line["kind"]) if line["kind"] in set(ClauseKind) else None


def plan_rulebook(lines: Sequence[Line], known: Mapping[str, ClauseRecord], reason: str) -> RulebookPlan:
    """Refuses IMPORT_REFUSED with every faulty line; `reason` is that of lines that give none."""
    reading = _Reading(known, reason)
    for line in lines:
        if not line.complete:
            reading.faults.add(
                line, "clause", "LINE_TOO_SHORT", zh="列数少于表头", en="has fewer columns than the header"
            )
        else:
            reading.take(line)
    reading.faults.require_none()
    after = reading.records
    changed = (
        (record, record.revisions[len(known[record.id].revisions) :])
        for record in after.values()
        if record.id in known and record.revisions != known[record.id].revisions
    )
    new = tuple(record for record in after.values() if record.id not in known)
    return RulebookPlan(new, tuple(changed), reading.repeated)
