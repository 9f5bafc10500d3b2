"""What use cases need of the store of parcels; see `store.parcels`."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.parcels.parcel import Parcel, Receipt


class ParcelStore(Protocol):
    """Parcels and their receipts."""

    def issued(self, connection: sa.Connection, warehouse: UUID, wanted: Collection[UUID]) -> set[UUID]: ...
    def add(self, connection: sa.Connection, made: Sequence[Parcel]) -> set[UUID]: ...
    def acknowledge(self, connection: sa.Connection, parcel: UUID, receipt: Receipt) -> bool: ...
    def find(self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Parcel | None: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, lacking: bool, page: tuple[UUID | None, int]
    ) -> list[Parcel]: ...
