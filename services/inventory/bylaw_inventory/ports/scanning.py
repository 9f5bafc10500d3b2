"""What use cases need of the store to say what a code is; see `store.codes`."""

from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.goods.item import Item


class CodeStore(Protocol):
    """Labels of places, items' own codes, and their barcodes."""

    def place(self, connection: sa.Connection, warehouse: UUID, label: str) -> UUID | None: ...
    def item(self, connection: sa.Connection, *, code: str = ..., gtin: str = ...) -> Item | None: ...
