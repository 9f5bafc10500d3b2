"""Takes leave of whoever heads everything: nobody is above to decide, so it holds, and HR is told (LVE-2)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database
from bylaw_chassis.notices import have_told

from bylaw_attendance.events import leave_request_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore, LeaveRequestStore
from bylaw_attendance.rules.leave.leave_notice import OWN_RESPONSIBILITY, own_notice
from bylaw_attendance.rules.leave.leave_request import Leave, LeaveChange, LeaveState
from bylaw_attendance.use_cases.find_head import FindHead
from bylaw_attendance.use_cases.leave.end_leave import record
from bylaw_attendance.use_cases.sheets.finding import Finding

HAS_NOBODY = "DECISION_HAS_NOBODY"
"""What people refuses where nobody but the person themselves could decide."""


@dataclass(frozen=True, slots=True)
class OwnResponsibility:
    """Everything else that speaks against leave speaks against theirs as well."""

    database: Database
    finding: Finding
    head: FindHead
    people: LeavePeopleStore
    requests: LeaveRequestStore
    ledger: LeaveLedgerStore
    closed: ClosedMonths

    def is_theirs(self, person: UUID) -> bool:
        """Whether somebody heads the highest unit above them today."""
        with self.database.read() as connection:
            return self.head.above(connection, person, self.finding.today).is_nobody

    def take(self, kept: Leave, caller: Caller) -> Leave:
        """Has it hold, decided by themselves, and human resources told; refuses MONTH_CLOSED."""
        with self.database.work() as work:
            self.people.lock(work.connection, kept.person)
            self.closed.check_open(work.connection, kept.person, kept.wish.first, kept.wish.last)
            change = LeaveChange(work.now, caller.key, OWN_RESPONSIBILITY)
            taken = self.requests.settle(work.connection, kept.identifier, LeaveState.AGREED, change)
            if taken is None:
                return kept
            record(self.ledger, work, taken, list(taken.entries()), by=caller.key)
            self.people.touch(work.connection, kept.person)
            work.publish(leave_request_changed(taken))
            have_told(work, own_notice(taken))
            return taken
