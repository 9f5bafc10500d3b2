"""What use cases need of the stores of papers; see `store.paper_rules` and `store.refused_movements`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.papers.paper_rule import PaperRule
from bylaw_inventory.rules.papers.refused import RefusedMovement


class PaperRuleStore(Protocol):
    """Which papers are needed."""

    def add(self, connection: sa.Connection, made: PaperRule) -> None: ...
    def of_warehouse(self, connection: sa.Connection, warehouse: UUID, day: date) -> list[PaperRule]: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]
    ) -> list[PaperRule]: ...


class RefusedMovementStore(Protocol):
    """What was refused for lack of them."""

    def add(self, connection: sa.Connection, made: Mapping[bytes, RefusedMovement], since: datetime) -> set[bytes]: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]
    ) -> list[RefusedMovement]: ...
