"""What taking files of goods in needs of the stores; see `store.goods_files`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.goods.item import Item


class TakenList(NamedTuple):
    """A stock list that was taken into a warehouse."""

    identifier: UUID
    warehouse: UUID
    file_name: str
    digest: bytes
    taken_at: datetime
    taken_by: str


class GoodsFileStore(Protocol):
    """Items by the thousand, and stock lists that were taken in."""

    def by_codes(self, connection: sa.Connection, codes: Collection[str], *, lock: bool = ...) -> dict[str, Item]: ...
    def owners(self, connection: sa.Connection, gtins: Collection[str]) -> Mapping[str, UUID]: ...
    def add(self, connection: sa.Connection, made: Sequence[Item]) -> bool: ...
    def change(self, connection: sa.Connection, made: Sequence[Item]) -> None: ...
    def add_barcodes(self, connection: sa.Connection, made: Sequence[tuple[Item, str]]) -> None: ...
    def take_list(self, connection: sa.Connection, made: TakenList) -> TakenList | None: ...
