"""The published rota: what it says of a person's day, and whose days a unit's rota may say (HRS-2)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.facts import Stay, Tree, holds_on
from bylaw_hooks import DayFacts

LONGEST_CODE = 32
Codes = tuple[tuple[date, str], ...]
"""What a rota says of days, in their order."""
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


class PublishedCell(NamedTuple):
    """A cell on record, whose it is by employee number ("" where that was not asked for), and since when."""

    number: str
    cell: RotaCell
    published_at: datetime

    @property
    def place(self) -> Place:
        """Where it stands in a list."""
        return self.number, self.cell.person, self.cell.work_date


class CellWish(NamedTuple):
    """A cell that somebody asks to publish; `pattern` empty: the person's assignment decides the day."""

    person: UUID
    work_date: date
    code: str
    pattern: str
    parameters: Mapping[str, Any]


def stay_within(unit: UUID, stays: Iterable[Stay], day: date, *, tree: Tree, reach: Reach) -> Stay | None:
    """By which of these appointments somebody works in a unit or below it on a day, where a reach holds them."""
    for stay in stays:
        if holds_on(stay.first_day, stay.last_day, day):
            above = list(tree.upward(stay.unit, day))
            held = reach.everyone or stay.unit in reach.units or not reach.subtrees.isdisjoint(above)
            if unit in above and held:
                return stay
    return None


def cells_by_day(cells: Iterable[RotaCell]) -> dict[UUID, dict[date, RotaCell]]:
    """Cells by person and day."""
    found: dict[UUID, dict[date, RotaCell]] = {}
    for cell in cells:
        found.setdefault(cell.person, {})[cell.work_date] = cell
    return found


def codes_of(cells: Mapping[date, RotaCell]) -> Codes:
    """The words of a person's cells: people whose rota says the same share their plans."""
    return tuple(sorted((day, cell.code) for day, cell in cells.items() if cell.code))


def with_codes(days: tuple[DayFacts, ...], codes: Codes) -> tuple[DayFacts, ...]:
    """Days as they are for whoever has this rota."""
    said = dict(codes)
    return tuple(replace(day, cell=said[day.work_date]) if day.work_date in said else day for day in days)
