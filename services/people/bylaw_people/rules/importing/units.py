"""What a file of units comes to: new units, other versions, other heads (ORG-1, ORG-2, ORG-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id

from bylaw_people.rules import heads, versions
from bylaw_people.rules.fields import shown
from bylaw_people.rules.importing.lines import Faults, Line
from bylaw_people.rules.organisation import (
    HeadChange,
    Headship,
    UnitKind,
    UnitRecord,
    UnitVersion,
    Wording,
)
from bylaw_people.rules.refusals import PersonNotEmployed
from bylaw_people.rules.staff import PersonRecord, employed_until
from bylaw_people.rules.tree import require_sound
from bylaw_people.rules.versions import Rewriting

KIND_WORDS = {
    UnitKind.COMPANY: ("company", "公司"),
    UnitKind.DEPARTMENT: ("department", "部门"),
    UnitKind.TEAM: ("team", "小组", "组", "团队"),
}


@dataclass(slots=True)
class UnitsPlan:
    """What shall be written: each new unit, each change of one, each change of head with its unit."""

    new: list[UnitRecord] = field(default_factory=list)
    changes: list[tuple[UnitRecord, Rewriting[UnitVersion]]] = field(default_factory=list)
    heads: list[tuple[UnitRecord, HeadChange]] = field(default_factory=list)
    repeated: int = 0


def plan_units(
    lines: Sequence[Line], known: Sequence[UnitRecord], people: Mapping[str, PersonRecord], *, day: date
) -> UnitsPlan:
    """Refuses IMPORT_REFUSED with every faulty line; parents may stand anywhere in the file."""
    planner = _Planner(known, people, day)
    taken = [line for line in lines if planner.admit(line)]
    for line in taken:
        planner.take(line)
    planner.check_tree()
    planner.faults.require_none()
    planner.plan.repeated += len(lines) - len(taken)
    return planner.plan


class _Planner:
    def __init__(self, known: Sequence[UnitRecord], people: Mapping[str, PersonRecord], day: date) -> None:
        self.faults, self.plan = Faults(), UnitsPlan()
        self._people, self._day = people, day
        self._known = {unit.code: unit for unit in known}
        self._ids = {unit.code: unit.id for unit in known}
        self._seen: dict[str, Line] = {}
        self._moved: list[tuple[Line, UnitRecord]] = []

    def admit(self, line: Line) -> bool:
        """Whether a line is to be looked at; gives a new unit its id, so that others can name it as parent."""
        if not self.faults.check_line(line, "code") or self.faults.repeats(line, self._seen, "code"):
            return False
        self._ids.setdefault(line["code"], new_id())
        return True

    def take(self, line: Line) -> None:
        """One line: a new unit, a further version or another head, or a repeat."""
        present = self._known.get(line["code"])
        try:
            version = self._version(line, present.as_of(self._day) if present else None)
        except Refusal as refusal:
            self.faults.add_refusal(line, "parent", refusal)
            return
        if version is None:
            return
        unit = self._unit(line, present, version)
        if unit is None:
            return
        headed = self._head(line, unit)
        if unit is present and not headed:
            self.plan.repeated += 1

    def check_tree(self) -> None:
        """No unit above itself, once all lines count."""
        tree = {unit.id: unit for unit in (*self._known.values(), *(unit for _, unit in self._moved))}
        for line, unit in self._moved:
            try:
                require_sound(tree, unit.id, since=self._day)
            except Refusal as refusal:
                self.faults.add_refusal(line, "parent", refusal)

    def _version(self, line: Line, present: UnitVersion | None) -> UnitVersion | None:
        parent = self._parent(line, present)
        kind = self._kind(line, present, parent)
        if kind is None or (line["parent"] and parent is None):
            return None
        title, duties = line.title, line.duties
        if present:
            title, duties = title if title.zh else present.title, duties if duties != Wording() else present.duties
        elif not title.zh:
            title = Wording(line["code"], line["code"])
        return UnitVersion(self._day, title, kind, parent, duties)

    def _parent(self, line: Line, present: UnitVersion | None) -> UUID | None:
        code = line["parent"]
        if not code:
            return present.parent if present else None
        record = self._known.get(code)
        if code not in self._ids or (record and record.as_of(self._day) is None):
            zh, en = f"没有上级单位 {shown(code)}", f"there is no unit {shown(code)} to be its parent"
            self.faults.add(line, "parent", "UNIT_NOT_FOUND", zh=zh, en=en)
            return None
        return self._ids[code]

    def _kind(self, line: Line, present: UnitVersion | None, parent: UUID | None) -> UnitKind | None:
        text = line["kind"].casefold()
        stated = next((kind for kind, words in KIND_WORDS.items() if text in words), None)
        if text and (stated is None or (present and stated is not present.kind)):
            zh, en = "应为公司、部门或小组，且不能改变", "must be company, department or team, and cannot change"
            self.faults.add(line, "kind", "FIELD_INVALID", zh=zh, en=en)
            return None
        below = UnitKind.DEPARTMENT if parent else UnitKind.COMPANY
        return stated or (present.kind if present else below)

    def _unit(self, line: Line, present: UnitRecord | None, version: UnitVersion) -> UnitRecord | None:
        if present is None:
            unit = UnitRecord(self._ids[line["code"]], line["code"], revision=1, versions=(version,))
            self.plan.new.append(unit)
            self._moved.append((line, unit))
            return unit
        holds = present.as_of(self._day)
        if holds and replace(holds, effective_date=self._day) == version:
            return present
        if holds is None and present.versions[-1].closed:
            self.faults.add(line, "code", "UNIT_CLOSED", zh="该单位已关闭", en="is closed")
            return None
        rewriting = versions.change(present.versions, version)
        unit = present.rewritten(rewriting)
        self.plan.changes.append((unit, rewriting))
        self._moved.append((line, unit))
        return unit

    def _head(self, line: Line, unit: UnitRecord) -> bool:
        """Whether another head is to be appointed."""
        if not line["head"]:
            return False
        person = self._people.get(line["head"])
        if person is None:
            zh, en = f"没有工号 {shown(line['head'])}", f"there is nobody with the number {shown(line['head'])}"
            self.faults.add(line, "head", "PERSON_NOT_FOUND", zh=zh, en=en)
            return False
        try:
            if person.on(self._day) is None:
                raise PersonNotEmployed(date=self._day)
            if unit.head_on(self._day) == person.id:
                return False
            wish = Headship(person.id, self._day, employed_until(person.appointments, self._day))
            change = heads.appoint(unit.heads, wish)
            heads.require_two_people(heads.after(unit.heads, change), unit.deputies)
        except Refusal as refusal:
            self.faults.add_refusal(line, "head", refusal)
            return False
        self.plan.heads.append((unit, change))
        return True
