"""What a person's rota of a month comes to as its patterns plan it, and what is wrong with it (HRS-2).

Whatever looks at a whole month of the rota before it is published is a function over `RotaMonth`, as `rest_not_granted`
is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bylaw_attendance.rules.judging.plan_body import PlannedDate
from bylaw_attendance.rules.rota.rota import REST, RotaCell
from bylaw_attendance.rules.rota.rota_refusals import RestNotGranted, RotaRestNotGranted


class RotaDay(NamedTuple):
    """A day as it is planned with the rota's cells, and by which pattern."""

    pattern: str
    planned: PlannedDate


class RotaMonth(NamedTuple):
    """Somebody's month (by employee number) as it would stand: all of their cells, each day that a pattern plans."""

    person: str
    month: date
    cells: Mapping[date, RotaCell]
    days: Sequence[RotaDay]
    plans: tuple[bytes, ...] = ()
    """The keys of the plans that its days are of: months with the same ones have the same days."""

    @property
    def dates(self) -> list[PlannedDate]:
        """Its days as they are planned, in their order."""
        return [day.planned for day in self.days]


def rest_not_granted(month: RotaMonth) -> Iterator[RotaRestNotGranted]:
    """Days of rest that are worked all the same, by pattern and by the clause it works them by (HRS-2, HRS-3).

    A pattern says itself how many it grants: those of the clause that are not worked.
    """
    found: dict[tuple[str, str], tuple[list[date], list[date]]] = {}
    for pattern, day in month.days:
        cell = month.cells.get(day.work_date)
        if cell and cell.code == REST:
            granted, worked = found.setdefault((pattern, day.clause), ([], []))
            (worked if day.halves else granted).append(day.work_date)
    for (pattern, clause), (granted, worked) in found.items():
        if worked:
            yield RotaRestNotGranted(RestNotGranted(month.person, month.month, pattern, clause, granted, worked))
