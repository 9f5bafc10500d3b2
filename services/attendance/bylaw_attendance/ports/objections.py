"""What the use cases of objections need of the store; `closing_ports` has the rest of months' ends."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.closing.objection import Ending, Objection, ObjectionState, ObjectionWishes

Place = tuple[bool, UUID]
"""Where an objection stands in a list: whether it waits, and its identifier."""


class ObjectionStore(Protocol):
    """Objections on record; see `store.objections`."""

    def add(self, connection: sa.Connection, made: Objection) -> bool: ...
    def find(self, connection: sa.Connection, identifier: UUID, *, lock: bool = ...) -> Objection | None: ...
    def end(self, connection: sa.Connection, identifier: UUID, ending: Ending) -> Objection | None: ...
    def newest(
        self, connection: sa.Connection, of_people: Collection[UUID], month: date
    ) -> dict[UUID, tuple[UUID, ObjectionState]]: ...
    def listed(
        self,
        connection: sa.Connection,
        wish: ObjectionWishes,
        reach: Reach,
        *,
        day: date,
        page: tuple[Place | None, int],
    ) -> list[Objection]: ...
