"""What use cases of files of orders need: the imports on record, and the seal of their files."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.rules.order_files.order_import import (
    Chunk,
    ImportState,
    ListedLine,
    OrderImport,
    Outcome,
    RefusedLine,
)


class OrderFileStore(Protocol):
    """Imports of files; see `store.order_files`."""

    def add(self, connection: sa.Connection, made: OrderImport) -> None: ...
    def add_file(self, connection: sa.Connection, identifier: UUID, number: int, sealed: bytes) -> None: ...
    def files(self, connection: sa.Connection, identifier: UUID) -> list[bytes]: ...
    def find(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = ...
    ) -> OrderImport | None: ...
    def listed(
        self,
        connection: sa.Connection,
        asked: tuple[UUID | None, ImportState | None],
        reach: Reach,
        day: date,
        *,
        page: tuple[UUID | None, int],
    ) -> list[OrderImport]: ...
    def complete(self, connection: sa.Connection, made: OrderImport) -> None: ...
    def begin_chunk(
        self, connection: sa.Connection, identifier: UUID, position: int, now: datetime
    ) -> datetime | None: ...
    def placed_since(
        self, connection: sa.Connection, ids: Collection[UUID], actor: str, since: datetime
    ) -> dict[UUID, Outcome]: ...
    def add_chunk(self, connection: sa.Connection, made: OrderImport, chunk: Chunk, things: int) -> None: ...
    def end(
        self,
        connection: sa.Connection,
        identifier: UUID,
        state: ImportState,
        now: datetime,
        *,
        refusal: RefusedLine | None,
    ) -> None: ...
    def parked(self, connection: sa.Connection, kind: str) -> list[OrderImport]: ...
    def awaiting(self, connection: sa.Connection, before: datetime) -> list[OrderImport]: ...
    def lines(
        self,
        connection: sa.Connection,
        identifier: UUID,
        outcome: Outcome | None,
        *,
        page: tuple[tuple[int, int] | None, int],
    ) -> list[ListedLine]: ...


class FileSeal(Protocol):
    """Seals files while they wait, for they hold names and telephones (CUS-1); see `file_seal.py` of the service."""

    def sealed(self, identifier: UUID, number: int, content: bytes) -> bytes: ...
    def opened(self, identifier: UUID, number: int, sealed: bytes) -> bytes: ...
