"""What use cases of imports need: the imports on record, and what takes one back."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.rules.closing.closing import PersonMonth
from bylaw_attendance.rules.closing.import_taken_back import NearClosed
from bylaw_attendance.rules.import_revocation import Remaining, Revocation
from bylaw_attendance.rules.imports import Counts, ImportState, PunchImport, RefusedLine, RepeatedLine


class ImportStore(Protocol):
    """Imports of files; see `store.imports`."""

    def add(self, connection: sa.Connection, made: PunchImport, content: bytes) -> None: ...
    def find(self, connection: sa.Connection, identifier: UUID, *, lock: bool = ...) -> PunchImport | None: ...
    def listed(
        self,
        connection: sa.Connection,
        state: ImportState | None,
        creator: str | None,
        *,
        page: tuple[UUID | None, int],
    ) -> list[PunchImport]: ...
    def parked(self, connection: sa.Connection, kind: str) -> list[PunchImport]: ...
    def content(self, connection: sa.Connection, identifier: UUID) -> bytes: ...
    def start(self, connection: sa.Connection, identifier: UUID, *, total: int) -> None: ...
    def move(self, connection: sa.Connection, identifier: UUID, *, position: int, counts: Counts) -> None: ...
    def end(
        self,
        connection: sa.Connection,
        identifier: UUID,
        state: ImportState,
        now: datetime,
        *,
        refusal: RefusedLine | None,
    ) -> None: ...
    def warn(self, connection: sa.Connection, identifier: UUID, warning: RefusedLine) -> None: ...
    def refuse_lines(self, connection: sa.Connection, identifier: UUID, lines: Sequence[RefusedLine]) -> None: ...
    def refused(
        self, connection: sa.Connection, identifier: UUID, *, after: tuple[int, int] | None, limit: int
    ) -> list[RefusedLine]: ...
    def repeat_lines(
        self, connection: sa.Connection, identifier: UUID, lines: Sequence[int], *, position: int
    ) -> None: ...
    def repeated(
        self, connection: sa.Connection, identifier: UUID, *, after: int, limit: int
    ) -> list[RepeatedLine]: ...


class RevocationStore(Protocol):
    """Imports that were taken back; see `store.import_revocations`."""

    def hold(self, connection: sa.Connection) -> None: ...
    def near_closed(self, connection: sa.Connection, import_id: UUID, taken_at: datetime) -> list[NearClosed]: ...
    def judged_from(self, connection: sa.Connection, whose: Collection[PersonMonth]) -> dict[PersonMonth, bytes]: ...
    def strike(
        self,
        connection: sa.Connection,
        import_id: UUID,
        taken_at: datetime,
        said: Revocation,
        *,
        but: Collection[UUID],
    ) -> int: ...
    def remaining(
        self, connection: sa.Connection, import_id: UUID, taken_at: datetime, but: Iterable[NearClosed]
    ) -> list[Remaining]: ...
    def found_meanwhile(self, connection: sa.Connection, import_id: UUID, taken_at: datetime) -> list[UUID]: ...
    def add(self, connection: sa.Connection, import_id: UUID, made: Revocation) -> None: ...
