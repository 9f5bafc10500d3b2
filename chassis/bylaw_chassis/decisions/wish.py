"""What a service asks people to decide, and what it is told of the answer; `desk` and `line` do both."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis.database import Work


class Amount(NamedTuple):
    """So much of something: days of leave, per cent of a price."""

    value: Decimal
    unit: str


class Money(NamedTuple):
    """So much money, in the smallest unit of its currency."""

    minor_units: int
    currency: str


class DecisionWish(NamedTuple):
    """What is asked for the signed-in user: the kind says who decides, `subject` is the resource name it is about.

    `amount` is how much it is about, for steps from so much on: nothing stated counts as the most. `unit` is the user's
    own where none is named. `steps` are asked in this order where the company has set no process of its own for the
    kind; by the names that the service's desk knows (LVE-2).
    """

    kind: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    amount: Amount | Money | None
    text: str
    unit: UUID | None = None
    steps: tuple[str, ...] = ()


class Decider(NamedTuple):
    """Somebody who could answer, and why in Chinese and English."""

    person: UUID
    reason: tuple[str, str]


DeciderSteps = tuple[tuple[Decider, ...], ...]
"""Those who could answer, step by step."""


class DecisionEnd(NamedTuple):
    """How it ended: `state` is "agreed", "refused" or "withdrawn"; `by` is whose answer decided."""

    decision: UUID
    kind: str
    subject: str
    state: str
    by: UUID | None
    at: datetime

    @property
    def agreed(self) -> bool:
        """Whether it was agreed."""
        return self.state == "agreed"


DecisionEnds = Mapping[str, Callable[[Work, DecisionEnd], None]]
"""By kind, what follows from an end: written and published in the unit of work that is handed in, exactly once."""


class DecisionDesk(Protocol):
    """Asks people inside the user's call, with no transaction open; passes on what people refuses."""

    def ask(self, wish: DecisionWish) -> UUID:
        """The decision; the same kind and subject again answers the one that is on record."""

    def foreseen(self, wish: DecisionWish) -> DeciderSteps:
        """Whom it would ask today; nobody learns of it."""

    def withdraw(self, decision: UUID) -> None:
        """Takes it back for the user, who asked for it; refuses DECISION_OVER where it was decided already."""


class AskedStore(Protocol):
    """Which decisions were asked for; see `asked_decisions`."""

    def note(self, connection: sa.Connection, *, kind: str, subject: str, decision: UUID) -> None: ...
    def asked(self, connection: sa.Connection, subjects: Collection[str]) -> dict[str, UUID]: ...
