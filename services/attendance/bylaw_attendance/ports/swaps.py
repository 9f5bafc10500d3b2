"""What the use cases of swaps need of the store; `ports` has the rest."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.rota.rota_swap import Swap, SwapState

Place = tuple[bool, UUID]
"""Where a swap stands in a list: whether it waits, and its identifier."""


class SwapStore(Protocol):
    """Swaps on record; see `store.rota_swaps`."""

    def lock_people(self, connection: sa.Connection, people: Collection[UUID]) -> None: ...
    def add(self, connection: sa.Connection, made: Swap) -> None: ...
    def find(self, connection: sa.Connection, identifier: UUID, *, lock: bool = ...) -> Swap | None: ...
    def within(self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date) -> Swap | None: ...
    def keep(self, connection: sa.Connection, changed: Swap) -> None: ...
    def waiting_about(self, connection: sa.Connection, made: Swap) -> Swap | None: ...
    def listed(
        self,
        connection: sa.Connection,
        state: SwapState | None,
        reach: Reach,
        *,
        day: date,
        page: tuple[Place | None, int],
    ) -> list[Swap]: ...
