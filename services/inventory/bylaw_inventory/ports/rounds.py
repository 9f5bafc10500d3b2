"""What use cases need of the store of rounds; see the module of `store` with this name."""

from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.rounds.house_round import HouseRound, RoundPhoto


class RoundStore(Protocol):
    """Rounds with their photos."""

    def add(self, connection: sa.Connection, made: HouseRound) -> UUID | None: ...
    def find(self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> HouseRound | None: ...
    def hold(self, connection: sa.Connection, identifier: UUID) -> None: ...
    def within(self, connection: sa.Connection, warehouse: UUID, first: date, last: date) -> list[HouseRound]: ...
    def listed(
        self,
        connection: sa.Connection,
        warehouse: UUID,
        *,
        day: date | None,
        unusual: bool,
        page: tuple[UUID | None, int],
    ) -> list[HouseRound]: ...
    def add_photo(self, connection: sa.Connection, made: RoundPhoto) -> None: ...
    def photos_of(self, connection: sa.Connection, identifier: UUID) -> list[RoundPhoto]: ...
    def photo(self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> RoundPhoto | None: ...
