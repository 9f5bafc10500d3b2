"""What use cases need of the store of visits; see the module of `store` with this name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.visits.visit import Visit, VisitEntry


class VisitsAsked(NamedTuple):
    """Which visits of a warehouse: of an instant on, before another; who is inside now."""

    warehouse: UUID
    since: datetime | None = None
    before: datetime | None = None
    inside_now: bool = False


class VisitStore(Protocol):
    """Visits with their entries."""

    def lock(self, connection: sa.Connection, warehouse: UUID) -> None: ...
    def overlapping(self, connection: sa.Connection, made: Visit) -> UUID | None: ...
    def add(self, connection: sa.Connection, made: Visit) -> None: ...
    def enter(self, connection: sa.Connection, made: Visit, entry: VisitEntry) -> None: ...
    def find(self, connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Visit | None: ...
    def listed(
        self, connection: sa.Connection, asked: VisitsAsked, *, page: tuple[UUID | None, int]
    ) -> Sequence[Visit]: ...
    def forget(self, connection: sa.Connection, before: datetime, now: datetime) -> int: ...
