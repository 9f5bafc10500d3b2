"""What the use cases of corrections need of the stores; `ports` has the rest."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.closing.correction import Correction, CorrectionWishes, Ending

Place = tuple[bool, UUID]
"""Where a correction stands in a list: whether it waits, and its identifier."""


class CorrectionStore(Protocol):
    """Corrections on record; see `store.corrections`."""

    def lock_person(self, connection: sa.Connection, person: UUID) -> None: ...
    def add(self, connection: sa.Connection, made: Correction) -> None: ...
    def find(self, connection: sa.Connection, identifier: UUID) -> Correction | None: ...
    def end(self, connection: sa.Connection, identifier: UUID, ending: Ending) -> Correction | None: ...
    def revoke(self, connection: sa.Connection, identifier: UUID, ending: Ending) -> Correction | None: ...
    def counting(self, connection: sa.Connection, person: UUID, month: date) -> list[Correction]: ...
    def waiting_near(self, connection: sa.Connection, wished: Correction, span: timedelta) -> Correction | None: ...
    def punch_near(self, connection: sa.Connection, wished: Correction, span: timedelta) -> datetime | None: ...
    def listed(
        self,
        connection: sa.Connection,
        wish: CorrectionWishes,
        reach: Reach,
        *,
        day: date,
        page: tuple[Place | None, int],
    ) -> list[Correction]: ...
    def accepted(
        self, connection: sa.Connection, people: Collection[UUID], start: datetime, end: datetime
    ) -> list[Correction]: ...
