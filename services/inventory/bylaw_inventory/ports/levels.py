"""What use cases need of the store of stock levels; see the module of `store` with this name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.ports.stores import ByText
from bylaw_inventory.rules.levels.level import Level, LevelDays, Outcome, ProposalKind, Seen


class LevelsAsked(NamedTuple):
    """Of which items of a warehouse, as of a day."""

    warehouse: UUID
    today: date
    item: UUID | None = None


class LevelStore(Protocol):
    """Stock levels, what the ledger says of items, and what became of proposals."""

    def write(
        self, connection: sa.Connection, warehouse: UUID, item: UUID, level: Level | None, *, at: datetime, by: str
    ) -> None: ...
    def seen(
        self, connection: sa.Connection, asked: LevelsAsked, days: LevelDays, *, page: ByText | None
    ) -> list[Seen]: ...
    def hold(self, connection: sa.Connection, warehouse: UUID, item: UUID, kind: ProposalKind) -> None: ...
    def add_outcome(self, connection: sa.Connection, made: Outcome) -> None: ...
    def outcomes_listed(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]
    ) -> Sequence[Outcome]: ...
