"""Takes an import back: its punches of open months are struck, and its clocks no longer waited for (ATT-1)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work

from bylaw_attendance.events import punch_import_revoked
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.imports import ImportStore, RevocationStore
from bylaw_attendance.ports.records import ClockStore
from bylaw_attendance.rules.closing.import_taken_back import bound
from bylaw_attendance.rules.import_refusals import PunchImportClosed, PunchImportRunning
from bylaw_attendance.rules.import_revocation import MOST_REMAINING, Revocation
from bylaw_attendance.rules.imports import PunchImport
from bylaw_attendance.rules.refusals import PunchImportNotFound
from bylaw_attendance.use_cases.punches.hand_in_import import ShowImport


@dataclass(frozen=True, slots=True)
class RevokeImport:
    """Nobody closes a month meanwhile, and nobody takes a punch of it for one on record: they wait."""

    database: Database
    shown: ShowImport
    imports: ImportStore
    revocations: RevocationStore
    clocks: ClockStore
    closed: ClosedMonths

    def revoke(self, identifier: UUID, reason: str, *, caller: Caller, reach: Reach) -> PunchImport:
        """Takes it back, or answers it as it was; refuses PUNCH_IMPORT_NOT_FOUND, _RUNNING and _CLOSED."""
        self.shown.show(identifier, caller, reach)
        with self.database.work() as work:
            self.closed.keep_open(work.connection)
            self.revocations.hold(work.connection)
            found = self._found(work, identifier)
            if found.revocation:
                return found
            if not found.state.ended:
                raise PunchImportRunning
            self._strike(work, found, reason, caller)
            self.clocks.take_back(work.connection, identifier)
            revoked = self._found(work, identifier)
            work.publish(punch_import_revoked(revoked))
        return revoked

    def _found(self, work: Work, identifier: UUID) -> PunchImport:
        found = self.imports.find(work.connection, identifier, lock=True)
        if found is None:
            raise PunchImportNotFound
        return found

    def _strike(self, work: Work, found: PunchImport, reason: str, caller: Caller) -> None:
        """Strikes what lies in open months, and puts on record what remains and who it is to be told to."""
        connection, mine = work.connection, (found.id, found.created_at)
        again = self.revocations.found_meanwhile(connection, *mine)
        near = self.revocations.near_closed(connection, *mine)
        whose = {(one.person, one.month) for one in near}
        kept = bound(near, self.revocations.judged_from(connection, whose))
        said = Revocation(work.now, caller.key, reason, 0, 0, (), again)
        count = self.revocations.strike(connection, *mine, said, but=[one.punch for one in kept])
        remaining = self.revocations.remaining(connection, *mine, kept)
        if remaining and not count:
            raise PunchImportClosed(remaining)
        left = sum(one.punch_count for one in remaining)
        told = said._replace(struck_count=count, remaining_count=left, remaining=remaining[:MOST_REMAINING])
        self.revocations.add(connection, found.id, told)
