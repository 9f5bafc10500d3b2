"""What a swap of the rota is, where it stands, whose consent it needs, and which cells it comes to (HRS-2, ORG-3)."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_attendance.rules.rota.rota import CellsByPerson, RotaCell
from bylaw_attendance.rules.rota.rota_swap_refusals import (
    RotaSwapChanged,
    RotaSwapNothing,
    RotaSwapOver,
    RotaSwapPast,
)

MOST_DAYS = 31


class SwapState(IntEnum):
    """Where a swap stands; the numbers are the contract's."""

    ASKED = 1
    AGREED = 2
    DONE = 3
    REFUSED = 4
    WITHDRAWN = 5


WAITING = (SwapState.ASKED, SwapState.AGREED)


class SwapWish(NamedTuple):
    """With whom (by id or by employee number) somebody asks to exchange which days, in their order, and why."""

    other: UUID | str
    days: tuple[date, ...]
    reason: str


class Signature(NamedTuple):
    """By whose key something was done, and when."""

    by: str
    at: datetime


class SwapEnding(NamedTuple):
    """As what a swap ended, by whom, when, and what they said."""

    state: SwapState
    signature: Signature
    text: str = ""


class Swap(NamedTuple):
    """A swap on record: who asks, who is asked, and the consents of a head of either."""

    identifier: UUID
    asker: UUID
    other: UUID
    days: tuple[date, ...]
    reason: str
    asked_at: datetime
    revision: int = 1
    agreed_at: datetime | None = None
    asker_consent: Signature | None = None
    other_consent: Signature | None = None
    ending: SwapEnding | None = None
    numbers: tuple[str, str] = ("", "")
    """Employee numbers of both."""

    @property
    def name(self) -> str:
        """`rotaSwaps/018f...`."""
        return resource_name("rotaSwaps", self.identifier)

    @property
    def state(self) -> SwapState:
        """Where it stands."""
        if self.ending:
            return self.ending.state
        return SwapState.AGREED if self.agreed_at else SwapState.ASKED

    @property
    def both(self) -> tuple[UUID, UUID]:
        """Who asks and who is asked."""
        return self.asker, self.other

    @property
    def place(self) -> tuple[bool, UUID]:
        """Where it stands in a list: what waits comes first, and the newest first."""
        return self.state in WAITING, self.identifier

    def check_open(self, seen: str) -> None:
        """Refuses ROTA_SWAP_OVER where it has ended, and ROTA_SWAP_CHANGED where it is not as it was seen."""
        if self.ending:
            raise RotaSwapOver
        if seen and seen != str(self.revision):
            raise RotaSwapChanged

    def check_ahead(self, today: date) -> None:
        """Refuses ROTA_SWAP_PAST: what was worked is not exchanged any more."""
        if self.days[0] < today:
            raise RotaSwapPast(day=self.days[0])

    def consented(self, sides: set[UUID], signature: Signature) -> "Swap":
        """With a head's consent for these of the two who have none yet; refuses ROTA_SWAP_OVER where all have it."""
        asker = self.asker_consent or (signature if self.asker in sides else None)
        other = self.other_consent or (signature if self.other in sides else None)
        if (asker, other) == (self.asker_consent, self.other_consent):
            raise RotaSwapOver
        return self._replace(asker_consent=asker, other_consent=other, revision=self.revision + 1)


def exchanged(swap: Swap, cells: CellsByPerson) -> dict[int, RotaCell]:
    """Either's cells as the other has them, by day, the asker's first; refuses ROTA_SWAP_NOTHING (HRS-2)."""
    made = [cell for day in swap.days for cell in _exchanged(swap, day, cells)]
    if all(cell == _held(cells, cell.person, cell.work_date) for cell in made):
        raise RotaSwapNothing
    return dict(enumerate(made))


def _exchanged(swap: Swap, day: date, cells: CellsByPerson) -> Iterator[RotaCell]:
    for person, partner in (swap.both, swap.both[::-1]):
        yield _held(cells, partner, day)._replace(person=person)


def _held(cells: CellsByPerson, person: UUID, day: date) -> RotaCell:
    return cells.get(person, {}).get(day) or RotaCell(person, day, "")
