"""What use cases need of the stores of returns; see `store.return_decisions`, `waiting_returns`, `return_photos`."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.returns.decision import ReturnDecision
from bylaw_inventory.rules.returns.waiting import ReturnPhoto, WaitingReturn

WishKey = tuple[str, bytes] | None


class ReturnDecisionStore(Protocol):
    """What was decided on returns."""

    def hold(self, connection: sa.Connection, movement: UUID) -> None: ...
    def decided(self, connection: sa.Connection, movement: UUID) -> dict[BalanceKey, Decimal]: ...
    def add(self, connection: sa.Connection, made: ReturnDecision, *, wish_key: WishKey) -> None: ...
    def lock(self, connection: sa.Connection, identifier: UUID) -> ReturnDecision | None: ...
    def find(self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> ReturnDecision | None: ...
    def by_wish(self, connection: sa.Connection, decided_by: str, key: str) -> tuple[ReturnDecision, bytes] | None: ...
    def asked(self, connection: sa.Connection, identifier: UUID, decision: UUID) -> None: ...
    def end(self, connection: sa.Connection, made: ReturnDecision, now: datetime) -> None: ...
    def forget(self, connection: sa.Connection, identifier: UUID) -> None: ...
    def never_asked(self, connection: sa.Connection, before: datetime) -> list[ReturnDecision]: ...
    def listed(
        self,
        connection: sa.Connection,
        warehouse: UUID,
        *,
        movement: UUID | None,
        page: tuple[UUID | None, int],
    ) -> list[ReturnDecision]: ...


class WaitingReturnStore(Protocol):
    """What waits in inspection."""

    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]
    ) -> list[WaitingReturn]: ...


class ReturnPhotoStore(Protocol):
    """What is on record of photos."""

    def add(self, connection: sa.Connection, made: ReturnPhoto) -> None: ...
    def of_return(self, connection: sa.Connection, movement: UUID) -> list[ReturnPhoto]: ...
    def find(self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> ReturnPhoto | None: ...
    def known(self, connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]: ...
