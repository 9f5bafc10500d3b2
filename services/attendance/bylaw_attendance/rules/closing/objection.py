"""What an objection to a sheet is, and where it stands (SHT-2)."""

from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_attendance.rules.closing.closing import sheet_name_of


class ObjectionState(IntEnum):
    """Where an objection stands; the numbers are the contract's."""

    WAITING = 1
    UPHELD = 2
    DISMISSED = 3
    WITHDRAWN = 4


class ObjectionWish(NamedTuple):
    """Whose sheet of which month is objected to, about which days, and what is wrong."""

    person: UUID
    month: date
    days: tuple[date, ...]
    text: str


class Ending(NamedTuple):
    """What became of an objection: when, by whom, and the answer."""

    state: ObjectionState
    at: datetime
    by: str
    text: str = ""


class Objection(NamedTuple):
    """An objection on record."""

    identifier: UUID
    person: UUID
    month: date
    days: tuple[date, ...]
    text: str
    raised_at: datetime
    revision: int = 1
    ending: Ending | None = None
    number: str = ""
    """Of the person, as employees are numbered."""

    @property
    def name(self) -> str:
        """`objections/018f...`."""
        return resource_name("objections", self.identifier)

    @property
    def sheet(self) -> str:
        """`people/018f.../sheets/2026-02`."""
        return sheet_name_of(self.person, self.month)

    @property
    def state(self) -> ObjectionState:
        """Where it stands."""
        return self.ending.state if self.ending else ObjectionState.WAITING

    @property
    def place(self) -> tuple[bool, UUID]:
        """Where it stands in a list: what waits comes first, and the newest first."""
        return self.state is ObjectionState.WAITING, self.identifier


class ObjectionWishes(NamedTuple):
    """What a list is asked for: of a unit and those below it, of a person, of a state, to a month."""

    unit: UUID | None
    person: UUID | None
    state: ObjectionState | None
    month: date | None
