"""What use cases need of the stores of pack checks; see `store.pack_checks`, `store.pack_scans`, `store.pack_rules`."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.packing.check import PackCheck, PackEnding, PackState, Subject, Wanted
from bylaw_inventory.rules.packing.pack_rule import PackRule
from bylaw_inventory.rules.packing.scan import PackScan


class PackCheckStore(Protocol):
    """Checks, and what they are of."""

    def hold(self, connection: sa.Connection, subject: Subject) -> None: ...
    def open_of(self, connection: sa.Connection, subject: Subject) -> PackCheck | None: ...
    def taken(self, connection: sa.Connection, subject: Subject) -> list[Wanted]: ...
    def add(self, connection: sa.Connection, made: PackCheck, wanted: Sequence[Wanted]) -> None: ...
    def find(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date, *, lock: bool = ...
    ) -> PackCheck | None: ...
    def end(self, connection: sa.Connection, identifier: UUID, ending: PackEnding) -> None: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, state: PackState | None, page: tuple[UUID | None, int]
    ) -> list[PackCheck]: ...


class PackScanStore(Protocol):
    """Their scans."""

    def add(self, connection: sa.Connection, check: UUID, made: Sequence[PackScan]) -> None: ...
    def by_keys(self, connection: sa.Connection, check: UUID, keys: Collection[str]) -> dict[str, PackScan]: ...
    def listed(
        self, connection: sa.Connection, check: UUID, *, refused: bool, page: tuple[UUID | None, int]
    ) -> list[PackScan]: ...


class PackRuleStore(Protocol):
    """Where they are needed."""

    def add(self, connection: sa.Connection, made: PackRule) -> None: ...
    def of_warehouse(self, connection: sa.Connection, warehouse: UUID) -> list[PackRule]: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]
    ) -> list[PackRule]: ...
