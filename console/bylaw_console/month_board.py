"""How a month stands, as a board shows it: units with what is late first, and of a unit the exceptions before the rest.

What was found, reviewed and agreed the service says; here it is counted and put in order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import closing_pb2

EXCEPTIONS = (
    "late_count",
    "early_count",
    "leave_required_count",
    "missing_card_count",
    "absent_halves",
    "pending_count",
)
"""The totals that make a sheet one to be looked at."""

OPEN, CLOSED = closing_pb2.UNIT_MONTH_STATE_OPEN, closing_pb2.UNIT_MONTH_STATE_CLOSED


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's month: `late` says that its hand-over was due before today."""

    month: Any
    late: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's sheet in a unit's month, with its totals; `own` is the looker's, whom somebody else reviews."""

    sheet: Any
    totals: Any
    own: bool

    @property
    def person(self) -> str:
        """`people/{person}`."""
        return str(self.sheet.sheet.partition("/sheets/")[0])

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to look at it any more: it was reviewed as it is, or is closed."""
        return bool(self.sheet.reviewed or self.sheet.version)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """What is to be looked at, and how much of it."""
        return [(name, getattr(self.totals, name)) for name in EXCEPTIONS if getattr(self.totals, name)]

    @property
    def is_exception(self) -> bool:
        """Whether it wants to be looked at by itself."""
        return bool(self.counts or self.sheet.objection or self.sheet.HasField("fault"))


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """The sheets of a unit's month, exceptions first."""

    exceptions: list[Standing]
    clean: list[Standing]

    @property
    def everybody(self) -> list[Standing]:
        """All of them."""
        return [*self.exceptions, *self.clean]

    @property
    def to_review(self) -> list[Standing]:
        """Those that somebody still has to look at, without the looker's own."""
        return [one for one in self.everybody if not (one.is_settled or one.own) and one.sheet.inputs_digest]

    @property
    def reviewed_count(self) -> int:
        """How many were reviewed as they are, or are closed."""
        return sum(one.is_settled for one in self.everybody)

    @property
    def unfinished(self) -> list[Standing]:
        """Those that cannot be handed over yet."""
        return [one for one in self.everybody if one.sheet.pending_count or one.sheet.HasField("fault")]


def lines_of(months: Iterable[Any], today: str) -> list[Line]:
    """The units of a board, those whose hand-over is overdue first."""
    lines = [Line(one, one.state == OPEN and one.hand_over_date < today) for one in months]
    return sorted(lines, key=lambda line: (not line.late, line.month.state == CLOSED, line.month.unit_code))


def board_of(month: Any, totals: Mapping[str, Any], me: str) -> UnitBoard:
    """A unit's month; `totals` by sheet."""
    nothing = next(iter(totals.values())).__class__() if totals else None
    found = [Standing(one, totals.get(one.sheet, nothing), one.sheet.startswith(f"{me}/")) for one in month.sheets]
    return UnitBoard([one for one in found if one.is_exception], [one for one in found if not one.is_exception])
