"""What is needed to keep what inventory tells of stock, and to have its effect."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Work

from bylaw_orders.rules.following.heard import Heard, Movements


class KeptHeard(NamedTuple):
    """What was heard, under its number; `about` it keeps its order: a reservation, or a movement without one."""

    number: int
    about: UUID
    heard: Heard


class HeardStore(Protocol):
    """What was heard, once each for ever."""

    def movements(self, connection: sa.Connection, wanted: Collection[UUID]) -> Movements:
        """The movements of these that were heard of before."""
        ...

    def keep(self, connection: sa.Connection, heard: Sequence[Heard]) -> None:
        """Keeps what is new, in its order; what was heard before stays as it is."""
        ...

    def waiting(self, connection: sa.Connection, limit: int, about: UUID | None = None) -> Sequence[KeptHeard]:
        """What waits to have its effect, the first first, locked until the transaction ends.

        What is about something of which an earlier effect was put off waits with it.
        """
        ...

    def waiting_about(self, connection: sa.Connection, limit: int) -> Sequence[UUID]:
        """What that is about, each once, in the order of what waits longest."""
        ...

    def applied(self, connection: sa.Connection, numbers: Collection[int], now: datetime) -> None:
        """Marks that they have had their effect."""
        ...

    def put_off(self, connection: sa.Connection, about: UUID, error: str) -> None:
        """Has the first that waits about something tried again, later and later."""
        ...


class HearsStock(Protocol):
    """What follows for orders from what happened to the stock that was reserved for them."""

    def hear(self, work: Work, told: Sequence[Heard]) -> None:
        """Writes and publishes in the unit of work it is handed, in the order told; does nothing outside of it.

        Each is told once in effect. What is of a reservation that is not of orders is told too, and changes nothing.
        What it raises undoes all of `told`, which is then told one reservation at a time.
        """
        ...
