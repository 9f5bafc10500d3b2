"""What use cases need of the store to say what codes are; see `store.codes`."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.goods.item import Item


class CodeStore(Protocol):
    """Labels of places, items' own codes, and their barcodes; each by the text that was asked for."""

    def places(self, connection: sa.Connection, warehouse: UUID, labels: Collection[str]) -> dict[str, UUID]: ...
    def items_by_code(self, connection: sa.Connection, codes: Collection[str]) -> dict[str, Item]: ...
    def items_by_gtin(self, connection: sa.Connection, gtins: Collection[str]) -> dict[str, Item]: ...
