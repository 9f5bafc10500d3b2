"""The published rota: what it says of a person's day, and whose days a unit's rota may say (HRS-2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.facts import Stay, Tree, holds_on
from bylaw_chassis.refusals import Violation
from bylaw_hooks import DayFacts

from bylaw_attendance.rules.rota.floating_day import FLOATING, FLOATING_OFF

LONGEST_CODE = 32
KEPT_DAYS = 16_384
REST = "rest"
"""The word that means a day of rest to every pattern that knows it, as `DayFacts.cell` says."""
Codes = tuple[tuple[date, str], ...]
"""What a rota says of days, in their order."""
PersonMonth = tuple[UUID, date]
"""A person and the first day of a month."""
Place = tuple[str, UUID, date]
"""Where a cell stands in a list: employee number, person, day."""


class RotaCell(NamedTuple):
    """A person's day: a word that the day's pattern knows, and the pattern that decides it, if the cell names one.

    `parameters` are canonical JSON; empty where there is no pattern.
    """

    person: UUID
    work_date: date
    code: str
    pattern: str = ""
    parameters: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether it has neither word nor pattern: as if there were none."""
        return not (self.code or self.pattern)

    @property
    def person_month(self) -> PersonMonth:
        """Whose month it is in."""
        return self.person, self.work_date.replace(day=1)


CellsByPerson = dict[UUID, dict[date, RotaCell]]
"""What the rota says of people's days."""


class PublishedCell(NamedTuple):
    """A cell on record, whose it is by employee number, since when, and whether it came at short notice.

    Without an instant it would be published only.
    """

    number: str
    cell: RotaCell
    published_at: datetime | None
    short_notice: bool = False

    @property
    def place(self) -> Place:
        """Where it stands in a list."""
        return self.number, self.cell.person, self.cell.work_date


class Published(NamedTuple):
    """What became of a batch; of one that was only tried what it would change, and what would be refused."""

    published: int
    unchanged: int
    short_notice: int = 0
    taken_back: int = 0
    changed: Sequence[PublishedCell] = ()
    faults: Sequence[Violation] = ()


class CellWish(NamedTuple):
    """A cell that somebody asks to publish; `pattern` empty: the person's assignment decides the day."""

    person: UUID
    work_date: date
    code: str
    pattern: str
    parameters: Mapping[str, Any]


class RotaMonthChange(NamedTuple):
    """A person's month of the rota, and which time it was changed, counted from 1."""

    person: UUID
    month: date
    revision: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whose days a publication may say: those of people in a unit or below it, as far as a reach holds them."""

    unit: UUID
    tree: Tree
    reach: Reach

    def stay(self, stays: Iterable[Stay], day: date) -> Stay | None:
        """By which of these appointments somebody works within these bounds on a day."""
        return next((one for one in self.known(stays, day) if holds_on(one.first_day, one.last_day, day)), None)

    def known(self, stays: Iterable[Stay], day: date) -> list[Stay]:
        """Those of the appointments that lie within these bounds on their day nearest to this one, in their order."""
        return [stay for stay in self.reached(stays, day) if self.unit in self._above(stay, day)]

    def reached(self, stays: Iterable[Stay], day: date) -> list[Stay]:
        """Those that the reach holds on that day, in whatever unit."""
        held = [stay for stay in stays if self._reach_holds(stay, day)]
        return sorted(held, key=lambda stay: stay.first_day)

    def _reach_holds(self, stay: Stay, day: date) -> bool:
        if self.reach.everyone or stay.unit in self.reach.units:
            return True
        return not self.reach.subtrees.isdisjoint(self._above(stay, day))

    def _above(self, stay: Stay, day: date) -> list[UUID]:
        return list(self.tree.upward(stay.unit, nearest_day(stay, day)))


def nearest_day(stay: Stay, day: date) -> date:
    """The day of an appointment that is nearest to a day."""
    return min(max(stay.first_day, day), stay.last_day or date.max)


def periods(stays: Iterable[Stay]) -> list[tuple[date, date | None]]:
    """The days of appointments in their order, those that follow one another as one."""
    found: list[tuple[date, date | None]] = []
    for stay in stays:
        last = found[-1][1] if found else None
        if found and last and stay.first_day == last + timedelta(days=1):
            found[-1] = (found[-1][0], stay.last_day)
        else:
            found.append((stay.first_day, stay.last_day))
    return found


def with_cells(kept: Mapping[UUID, Mapping[date, RotaCell]], made: Iterable[RotaCell]) -> CellsByPerson:
    """The cells of people by day as they stand once these are published."""
    found = {person: dict(cells) for person, cells in kept.items()}
    for cell in made:
        found.setdefault(cell.person, {})[cell.work_date] = cell
    return found


def changed_among(made: Mapping[int, RotaCell], kept: CellsByPerson) -> dict[int, RotaCell]:
    """Those cells, by their numbers, that are not published so; one that says nothing changes what is there."""
    found = {}
    for number, cell in made.items():
        before = kept.get(cell.person, {}).get(cell.work_date)
        if before != cell and (before or not cell.says_nothing):
            found[number] = cell
    return found


def cells_by_day(cells: Iterable[RotaCell]) -> CellsByPerson:
    """Cells by person and day."""
    return with_cells({}, cells)


def codes_of(cells: Mapping[date, RotaCell]) -> Codes:
    """The words of a person's cells: people whose rota says the same share their plans."""
    return tuple(sorted((day, cell.code) for day, cell in cells.items() if cell.code))


def with_floating_day(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that a day's cell may have by a pattern that knows these.

    The floating day is theirs who have their days of rest by the week (HRS-1), not by the rota (HRS-2).
    """
    return words if REST in words else (*words, FLOATING)


def with_codes(days: tuple[DayFacts, ...], codes: Codes) -> tuple[DayFacts, ...]:
    """Days as they are for whoever has this rota."""
    said = dict(codes)
    return tuple(_with_code(day, said[day.work_date]) if day.work_date in said else day for day in days)


@lru_cache(maxsize=KEPT_DAYS)
def _with_code(day: DayFacts, code: str) -> DayFacts:
    """The floating day is the service's own word, of which no pattern has to know (HRS-1)."""
    return replace(day, hours=FLOATING_OFF) if code == FLOATING else replace(day, cell=code)
