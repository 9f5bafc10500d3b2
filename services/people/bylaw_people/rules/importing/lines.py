"""A line of a file, and the faults found in lines: all of them are said, in one refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bylaw_chassis.refusals import Refusal, Violation

from bylaw_people.rules.fields import LONGEST_CODE, LONGEST_DUTIES, LONGEST_NAME, LONGEST_REASON, shown, violations_of
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.refusals import ImportRefused

MOST_FAULTS = 1_000
"""So many faults are listed; the refusal says how many there are."""

LONG = ("duties_zh", "duties_en", "work_zh", "work_en", "required_skills", "optional_skills", "skills")
LONGEST = {
    "code": LONGEST_CODE,
    "number": LONGEST_CODE,
    "reason": LONGEST_REASON,
    **dict.fromkeys(LONG, LONGEST_DUTIES),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its number in the file, and its cells under our own column names; missing columns are empty."""

    number: int
    cells: Mapping[str, str]
    complete: bool = True

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def title(self) -> Wording:
        """The title in both languages; one stands for both."""
        zh, en = self["title_zh"], self["title_en"]
        return Wording(zh or en, en or zh)

    @property
    def duties(self) -> Wording:
        """The written duties."""
        return Wording(self["duties_zh"], self["duties_en"])


class Faults:
    """Collects what is wrong with lines."""

    def __init__(self) -> None:
        self._found: list[Violation] = []
        self._count = 0

    def add(self, line: Line, column: str, reason: str, *, zh: str, en: str) -> None:
        """One fault, at a column of a line."""
        self._count += 1
        if len(self._found) < MOST_FAULTS:
            self._found.append(Violation(f"lines[{line.number}].{column}", reason, zh, en))

    def add_refusal(self, line: Line, column: str, refusal: Refusal) -> None:
        """A rule's refusal, as the fault of a line."""
        for violation in violations_of(refusal, field=column):
            self.add(line, column, violation.reason, zh=violation.zh, en=violation.en)

    def require_none(self) -> None:
        """Refuses IMPORT_REFUSED."""
        if self._count:
            raise ImportRefused(self._found, count=self._count)

    def check_line(self, line: Line, needed: str) -> bool:
        """That a line is whole and its cells fit; says so, and notes what is not."""
        before = self._count
        if not line.complete:
            self.add(line, needed, "LINE_TOO_SHORT", zh="列数少于表头", en="has fewer columns than the header")
        elif not line[needed]:
            self.add(line, needed, "FIELD_MISSING", zh="必填", en="is needed")
        for column, cell in line.cells.items():
            self._check_cell(line, column, cell)
        return self._count == before

    def _check_cell(self, line: Line, column: str, cell: str) -> None:
        longest = LONGEST.get(column, LONGEST_NAME)
        if len(cell) > longest:
            self.add(line, column, "FIELD_TOO_LONG", zh=f"最多 {longest} 个字符", en=f"at most {longest} characters")
        elif not cell.isprintable() and not column.startswith(("duties", "work")):
            self.add(line, column, "FIELD_INVALID", zh="不能含控制字符", en="must not hold control characters")

    def repeats(self, line: Line, seen: dict[str, Line], column: str) -> bool:
        """Whether a line says again, word for word, what an earlier one said; a different one is a fault."""
        earlier = seen.setdefault(line[column], line)
        if earlier is line:
            return False
        if earlier.cells != line.cells:
            self.add(
                line,
                column,
                "LINE_CONTRADICTS",
                zh=f"{shown(line[column])} 与第 {earlier.number} 行矛盾",
                en=f"{shown(line[column])} contradicts line {earlier.number}",
            )
        return True


def line_date(text: str) -> date | None:
    """A date as files write it: `2015-03-01` or `2015/3/1`; nothing for anything else."""
    parts = text.replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() for part in parts) or len(parts[0]) != 4:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
