"""Ends an import with its state and its event; also those whose job was parked, so that nobody waits for them."""

from dataclasses import dataclass

from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease

from bylaw_attendance.events import punches_imported
from bylaw_attendance.ports.imports import ImportStore
from bylaw_attendance.rules.imports import ImportState, PunchImport, RefusedLine
from bylaw_attendance.rules.refusals import ImportFailed
from bylaw_attendance.use_cases.punches.hand_in_import import JOB


def end_import(
    work: Work, imports: ImportStore, made: PunchImport, *, state: ImportState, refusal: RefusedLine | None = None
) -> None:
    """Ends an import in a transaction that holds it, and tells others."""
    imports.end(work.connection, made.id, state, work.now, refusal=refusal)
    ended = imports.find(work.connection, made.id)
    if ended:
        work.publish(punches_imported(ended))


@dataclass(frozen=True, slots=True)
class FailParkedImports:
    """The timer `parked-imports`: a job that failed for the last time, or took its worker with it, ends its import."""

    database: Database
    imports: ImportStore

    def __call__(self, lease: Lease) -> None:
        """Fails what is parked; raises LeaseLost where another worker does so."""
        failed = ImportFailed()
        refusal = RefusedLine(0, "file", failed.reason, failed.message_zh, failed.message_en)
        with self.database.work() as work:
            lease.hold(work.connection)
            for made in self.imports.parked(work.connection, JOB):
                end_import(work, self.imports, made, state=ImportState.FAILED, refusal=refusal)
