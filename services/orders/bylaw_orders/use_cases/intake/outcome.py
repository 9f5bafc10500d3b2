"""How an order of many was taken."""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from bylaw_chassis.refusals import Refusal


class TakingOutcome(IntEnum):
    """The numbers are those of the contract."""

    TAKEN = 1
    HELD = 2
    UPDATED = 3
    REPEATED = 4
    REFUSED = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an order; `order` is none where it is refused, and `refusal` says why."""

    number: str
    outcome: TakingOutcome
    order: UUID | None
    refusal: Refusal | None = None
