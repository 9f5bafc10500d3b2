"""What use cases need of the published rota's store; `ports` has the rest."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.rota.floating_day import FloatingDay
from bylaw_attendance.rules.rota.rota import PersonMonth, PublishedCell, RotaCell, RotaMonthChange
from bylaw_attendance.rules.rota.rota import Place as RotaPlace


class FloatingLeaveStore(Protocol):
    """Floating days that were asked for as leave; see `store.leave_requests`."""

    def floating_days(
        self, connection: sa.Connection, ids: Collection[UUID]
    ) -> Mapping[UUID, Sequence[FloatingDay]]: ...


class LeaveLocks(Protocol):
    """Behind which somebody's leave is changed; see `store.leave_people`."""

    def lock(self, connection: sa.Connection, person: UUID) -> object: ...
    def touch(self, connection: sa.Connection, person: UUID) -> None: ...


class RotaStore(Protocol):
    """Published cells; see `store.rota`."""

    def hold(self, connection: sa.Connection, months: Collection[PersonMonth]) -> None: ...
    def publish(
        self, connection: sa.Connection, cells: Sequence[RotaCell], *, now: datetime, by: str, noticed_from: date
    ) -> list[RotaCell]: ...
    def count_change(self, connection: sa.Connection, months: Collection[PersonMonth]) -> list[RotaMonthChange]: ...
    def withdraw(self, connection: sa.Connection, person: UUID, work_date: date) -> PublishedCell | None: ...
    def take_back(self, connection: sa.Connection, cells: Sequence[RotaCell]) -> None: ...
    def between(self, connection: sa.Connection, ids: Collection[UUID], first: date, last: date) -> list[RotaCell]: ...
    def floating(self, connection: sa.Connection, ids: Collection[UUID], before: date) -> list[RotaCell]: ...
    def with_rota(self, connection: sa.Connection, ids: Collection[UUID], month: date) -> set[UUID]: ...
    def listed(
        self,
        connection: sa.Connection,
        month: date,
        reach: Reach,
        *,
        unit: UUID | None,
        person: UUID | None,
        page: tuple[RotaPlace | None, int],
    ) -> list[PublishedCell]: ...
