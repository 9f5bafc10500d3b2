"""Hands in a file of punches: what can be refused at once is, the rest runs as a job in the same commit."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.jobs import enqueue
from bylaw_chassis.values import new_id

from bylaw_attendance.ports.imports import ImportStore
from bylaw_attendance.rules.imports import FileLayout, ImportState, PunchImport, RefusedLine, RepeatedLine
from bylaw_attendance.rules.refusals import PunchFileRefused, PunchImportNotFound
from bylaw_attendance.use_cases.punches.read_file import recognised_layout
from bylaw_attendance.use_cases.sheets.finding import Finding

JOB = "punch-import"
LARGEST_FILE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Handover:
    """A file and what whoever hands it in says of it."""

    content: bytes
    layout: FileLayout
    site: str
    device: str
    file_name: str
    complete_until: date | None


@dataclass(frozen=True, slots=True)
class HandInImport:
    """Keeps the file and the job that will read it."""

    database: Database
    finding: Finding
    imports: ImportStore

    def hand_in(self, given: Handover, caller: Caller, reach: Reach) -> PunchImport:
        """Refuses SITE_NOT_FOUND and FILE_*; answers the waiting import."""
        layout = _layout(given)
        site = self.finding.site(given.site)
        with self.database.work() as work:
            made = PunchImport(
                id=new_id(),
                state=ImportState.WAITING,
                file_name=given.file_name,
                format=layout,
                site=site.site,
                device=given.device,
                complete_until=given.complete_until,
                created_by=caller.key,
                reach=reach,
                file_digest=hashlib.sha256(given.content).digest(),
                created_at=work.now,
            )
            self.imports.add(work.connection, made, given.content)
            enqueue(work.connection, JOB, str(made.id), made.id.bytes, database=self.database)
        return made


def _layout(given: Handover) -> FileLayout:
    if len(given.content) > LARGEST_FILE_BYTES:
        raise PunchFileRefused(FileRefused(FileReason.TOO_LARGE, limit_bytes=str(LARGEST_FILE_BYTES)))
    try:
        return recognised_layout(given.content, given.layout, given.file_name)
    except FileRefused as refused:
        raise PunchFileRefused(refused) from refused


@dataclass(frozen=True, slots=True)
class ShowImport:
    """Shows imports to who handed them in, and to those whose reach is everybody."""

    database: Database
    imports: ImportStore

    def show(self, identifier: UUID, caller: Caller, reach: Reach) -> PunchImport:
        """An import; refuses PUNCH_IMPORT_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.imports.find(connection, identifier)
        if found is None or not (reach.everyone or found.created_by == caller.key):
            raise PunchImportNotFound
        return found

    def page(
        self, state: ImportState | None, caller: Caller, reach: Reach, *, page: tuple[UUID | None, int]
    ) -> list[PunchImport]:
        """Those that stand so, newest first, behind a place."""
        creator = None if reach.everyone else caller.key
        with self.database.read() as connection:
            return self.imports.listed(connection, state, creator, page=page)

    def refused_lines(
        self, identifier: UUID, caller: Caller, reach: Reach, *, after: tuple[int, int] | None, limit: int
    ) -> list[RefusedLine]:
        """Its refused lines behind a place."""
        self.show(identifier, caller, reach)
        with self.database.read() as connection:
            return self.imports.refused(connection, identifier, after=after, limit=limit)

    def repeated_lines(
        self, identifier: UUID, caller: Caller, reach: Reach, *, after: int, limit: int
    ) -> list[RepeatedLine]:
        """Its lines with punches that were on record, behind one."""
        self.show(identifier, caller, reach)
        with self.database.read() as connection:
            return self.imports.repeated(connection, identifier, after=after, limit=limit)

    def watch(
        self, identifier: UUID, caller: Caller, reach: Reach, *, waited: Callable[[], bool]
    ) -> Iterator[PunchImport]:
        """The import whenever it has moved, until it has ended or `waited` says that there is no time left."""
        last = None
        while True:
            found = self.show(identifier, caller, reach)
            if found != last:
                yield found
                last = found
            if found.state.ended or not waited():
                return
