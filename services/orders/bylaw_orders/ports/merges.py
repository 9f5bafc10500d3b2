"""What use cases need of the store of orders that are shipped together (ORD-2)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach


class TogetherStore(Protocol):
    """Which orders go together; see `store.together`."""

    def together(self, connection: sa.Connection, groups: Collection[UUID]) -> dict[UUID, list[UUID]]:
        """Of each of these, the orders that go together by it, in the order of their ids."""
        ...

    def join(self, connection: sa.Connection, wanted: Collection[UUID], group: UUID) -> None:
        """Has orders that are locked go together; of each it is a change."""
        ...

    def packed(self, connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[str]]:
        """Of what is reserved for these orders, what the orders in the same parcel are reserved for."""
        ...


class PackingDesk(Protocol):
    """Those who pick and pack; see `neighbours.stock_marks`."""

    def mark(self, marks: Mapping[UUID, str]) -> None:
        """Says of reservations what they are packed with. Refuses UNAVAILABLE."""
        ...


class CandidateStore(Protocol):
    """What could go together; see `store.merge_candidates`."""

    def customers(self, connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, UUID]:
        """Whose orders are, of those that have a recipient."""
        ...

    def candidates(
        self, connection: sa.Connection, channel: UUID | None, reach: Reach, day: date, *, page: tuple[UUID | None, int]
    ) -> list[tuple[UUID, list[UUID]]]:
        """The open orders of customers who have several, from a customer on."""
        ...
