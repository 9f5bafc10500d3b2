"""What use cases need of the stores of parcels; see `store.parcels`, `store.packed_issues`."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.ledger.movement import PaperKind
from bylaw_inventory.rules.parcels.open_hand_over import OpenHandOver, OpenWish, Since
from bylaw_inventory.rules.parcels.parcel import Parcel, Receipt


class ParcelStore(Protocol):
    """Parcels and their receipts."""

    def issued(self, connection: sa.Connection, warehouse: UUID, wanted: Collection[UUID]) -> set[UUID]: ...
    def papers(
        self, connection: sa.Connection, wanted: Collection[UUID]
    ) -> dict[UUID, tuple[date, frozenset[PaperKind]]]: ...
    def unpacked(self, connection: sa.Connection, wanted: Collection[UUID]) -> set[UUID]: ...
    def add(self, connection: sa.Connection, made: Sequence[Parcel]) -> set[UUID]: ...
    def acknowledge(self, connection: sa.Connection, parcel: UUID, receipt: Receipt) -> bool: ...
    def find(self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Parcel | None: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, lacking: bool, page: tuple[UUID | None, int]
    ) -> list[Parcel]: ...


class OpenHandOverStore(Protocol):
    """What is on its way to carriers; see `store.open_hand_overs`."""

    def listed(
        self, connection: sa.Connection, wish: OpenWish, *, page: tuple[Since | None, int]
    ) -> list[OpenHandOver]: ...
