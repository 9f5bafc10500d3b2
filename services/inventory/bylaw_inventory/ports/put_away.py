"""What use cases need of the store of fixed places; see `store.fixed_places`."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.put_away.fixed_place import FixedPlace, Waiting


class FixedPlaceStore(Protocol):
    """Fixed places, and what waits to be put away."""

    def of_items(self, connection: sa.Connection, warehouse: UUID, wanted: Collection[UUID]) -> dict[UUID, UUID]: ...
    def write(self, connection: sa.Connection, made: FixedPlace) -> None: ...
    def drop(self, connection: sa.Connection, warehouse: UUID, item: UUID) -> None: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]
    ) -> list[FixedPlace]: ...
    def waiting(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[tuple[UUID, UUID, UUID] | None, int]
    ) -> list[Waiting]: ...
