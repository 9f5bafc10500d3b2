"""What use cases need of the store of further units; see `store.units`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.units.unit import ItemUnit


class ItemUnitStore(Protocol):
    """Further units of items."""

    def of_items(self, connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, tuple[ItemUnit, ...]]: ...
    def write(self, connection: sa.Connection, made: Sequence[Item], now: datetime) -> None: ...
