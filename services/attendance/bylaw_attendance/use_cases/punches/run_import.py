"""Runs an import: chunk by chunk, each with its counters and its progress in one transaction.

Killed anywhere and run again it goes on behind the last chunk that was committed, so every line counts once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.files.refused import FileRefused
from bylaw_chassis.jobs import Lease, LeaseLost, NotNow
from bylaw_chassis.organisation.known import Refresher
from bylaw_chassis.values import resource_name

from bylaw_attendance.ports.imports import ImportStore
from bylaw_attendance.ports.records import BulkStore, ClockStore, OrganisationStore
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.clocks import ClockSource
from bylaw_attendance.rules.import_warning import other_site
from bylaw_attendance.rules.imports import Counts, ImportState, PunchImport, RefusedLine
from bylaw_attendance.rules.judging.punch import file_words
from bylaw_attendance.rules.judging.punch_facts import instant_of
from bylaw_attendance.rules.judging.reporting import end_of_day, reports, wide_device, wide_silence
from bylaw_attendance.rules.organisation import stay_near, stays_by_person
from bylaw_attendance.use_cases.clocks.located import unknown_people
from bylaw_attendance.use_cases.punches.end_import import end_import
from bylaw_attendance.use_cases.punches.read_file import DIRECTIONS, EXPORTS, ReadPunches, read_file

CHUNK_LINES = 20_000
WITHIN_FILE = -1
"""The place under which lines that repeat another line of the same file are kept, before every chunk's."""


@dataclass(frozen=True, slots=True)
class RunImport:
    """The job `punch-import`."""

    database: Database
    refresher: Refresher
    organisation: OrganisationStore
    imports: ImportStore
    punches: BulkStore
    clocks: ClockStore
    chunk_lines: int = CHUNK_LINES

    def __call__(self, lease: Lease) -> None:
        """Takes the import to its end; raises LeaseLost where another worker has it."""
        with self.database.read() as connection:
            made = self.imports.find(connection, UUID(bytes=lease.payload))
            if made is None or made.state.ended:
                return
            content = self.imports.content(connection, made.id)
            zones = SiteZones.of(self.organisation.all_sites(connection)[made.site])
        try:
            read = read_file(content, made, zones)
        except FileRefused as refused:
            self._refuse(lease, made, refused)
        else:
            self._run(lease, read)

    def _run(self, lease: Lease, read: ReadPunches) -> None:
        position = self._start(lease, read)
        people = self._people(read)
        while position < len(read):
            lease.renew()
            position = self._take_chunk(lease, read, people, position=position)
        self._finish(lease, read, self._warning(read, people))

    def _people(self, read: ReadPunches) -> Mapping[str, bytes]:
        """The people of the file whom the reach of who handed it in holds.

        Who is not known yet may be known to people: while it is away the import waits, however long that takes.
        """
        is_fresh = self.refresher.refresh()
        made = read.made
        with self.database.read() as connection:
            found = self.organisation.find_people(connection, made.reach, made.created_at.date(), numbers=read.numbers)
        if not is_fresh and len(found) < len(read.numbers):
            raise NotNow("people does not answer")
        return {one.number: one.person.bytes for one in found}

    def _start(self, lease: Lease, read: ReadPunches) -> int:
        """Counts what the reading itself refused or found repeated, once; answers where to go on."""
        with self.database.work() as work:
            made = self._held(lease, work, read.made)
            if made.state is ImportState.WAITING:
                refused = len(read.refused)
                repeated = len(read.repeated_lines)
                counts = Counts(read=refused + repeated, repeated=repeated, refused=refused)
                self.imports.start(work.connection, made.id, total=len(read))
                self.imports.refuse_lines(work.connection, made.id, read.refused)
                self.imports.repeat_lines(work.connection, made.id, read.repeated_lines, position=WITHIN_FILE)
                self.imports.move(work.connection, made.id, position=0, counts=counts)
        return made.position

    def _take_chunk(self, lease: Lease, read: ReadPunches, people: Mapping[str, bytes], *, position: int) -> int:
        end = min(position + self.chunk_lines, len(read))
        batches, unknown = read.chunk(position, end, people)
        taken = sum(len(batch.seconds) for batch in batches)
        with self.database.work() as work:
            if self._held(lease, work, read.made).position != position:
                raise LeaseLost
            repeated = [line for batch in batches for line in self.punches.add_many(work.connection, batch)]
            self.imports.refuse_lines(work.connection, read.made.id, unknown_people(unknown))
            self.imports.repeat_lines(work.connection, read.made.id, repeated, position=position)
            counts = Counts(end - position, taken - len(repeated), len(repeated), len(unknown))
            self.imports.move(work.connection, read.made.id, position=end, counts=counts)
        return end

    def _warning(self, read: ReadPunches, people: Mapping[str, bytes]) -> RefusedLine | None:
        """That most of the people belong to another site, by where they worked when the last punch of the file was."""
        ids = {UUID(bytes=one) for one in people.values()}
        if not ids or not len(read):
            return None
        day = instant_of(int(read.located.instant_seconds.max())).date()
        with self.database.read() as connection:
            stays, sites = self.organisation.stays_of(connection, ids), self.organisation.all_sites(connection)
        homes = (stay_near(of_one, day) for of_one in stays_by_person(stays).values())
        return other_site(read.made.site, (home.site for home in homes if home), sites)

    def _finish(self, lease: Lease, read: ReadPunches, warning: RefusedLine | None) -> None:
        with self.database.work() as work:
            made = self._held(lease, work, read.made)
            if not made.state.ended:
                self._report_clocks(work.connection, read)
                if warning:
                    self.imports.warn(work.connection, made.id, warning)
                end_import(work, self.imports, made, state=ImportState.DONE)

    def _report_clocks(self, connection: sa.Connection, read: ReadPunches) -> None:
        made = read.made
        wide = made.format in DIRECTIONS
        named = [wide_device(made.device, made.format)] if wide else []
        until = made.complete_until
        stated = end_of_day(until, read.zones.on(until)) if until else None
        shown = reports(read.shown, named, stated=stated, received_at=made.created_at)
        silent: dict[str, datetime | None] = {wide_silence(made.device, made.format): None} if wide else {}
        source = ClockSource.EXPORTS if made.format in EXPORTS else ClockSource.FILES
        self.clocks.report_import(connection, made.site, made.id, {**silent, **shown}, source)

    def _refuse(self, lease: Lease, made: PunchImport, refused: FileRefused) -> None:
        line = int(refused.variables.get("line_number", "0"))
        refusal = RefusedLine(line, "file", refused.reason.value, *file_words(refused))
        with self.database.work() as work:
            if not self._held(lease, work, made).state.ended:
                end_import(work, self.imports, made, state=ImportState.REFUSED, refusal=refusal)

    def _held(self, lease: Lease, work: Work, made: PunchImport) -> PunchImport:
        """The import as it stands, locked; raises LeaseLost where another worker holds the job."""
        lease.hold(work.connection)
        found = self.imports.find(work.connection, made.id, lock=True)
        if found is None:
            raise LeaseLost
        work.act_as(caller_by_key(made.created_by))
        work.concerns(resource_name("punchImports", made.id))
        return found
