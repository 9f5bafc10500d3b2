"""What use cases need of the store of special goods; see `store.special_goods`."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.special.mark import SpecialMark


class SpecialMarkStore(Protocol):
    """Marks and their keepers."""

    def add(self, connection: sa.Connection, made: SpecialMark) -> None: ...
    def of_goods(self, connection: sa.Connection, goods: Collection[Item]) -> dict[UUID, SpecialMark]: ...
    def listed(self, connection: sa.Connection, *, every: bool, page: tuple[UUID | None, int]) -> list[SpecialMark]: ...
