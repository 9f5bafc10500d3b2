"""Credits time off for overtime that was found, in the ledger of leave; what is found otherwise later is put right.

Hourly: what waits for a clock to report, or for a day to be confirmed, is credited when that has come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports.leave import LeavePolicies
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore
from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.rules.leave.leave_ledger import Entry, EntryKind
from bylaw_attendance.rules.leave.leave_recorded import Reasons, ToRecord
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, TimeOff
from bylaw_attendance.use_cases.overtime.show_overtime import ShowOvertime

LOOKED_AT = timedelta(days=62)
"""Days back: behind that a month is closed."""
WHY = Reasons("加班折算调休", "time off for overtime", "HRS-7")


@dataclass(frozen=True, slots=True)
class CreditTimeOff:
    """The timer."""

    database: Database
    requests: OvertimeStore
    shown: ShowOvertime
    policies: LeavePolicies
    people: LeavePeopleStore
    ledger: LeaveLedgerStore
    time_off: TimeOff

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Looks at what was agreed of the last two months."""
        today = self.database.clock().date()
        with self.database.read() as connection:
            asked = self.requests.for_time_off(connection, today - LOOKED_AT, today)
        for request, found in self.shown.shown(asked):
            if found.settled and self._has_balance(request):
                self._credit(request, self.time_off.due(request.day.percent, found.minutes))

    def _has_balance(self, request: OvertimeRequest) -> bool:
        try:
            kinds = self.policies.kinds(request.person, request.wish.work_date)
        except Refusal as refusal:
            log().warning("time_off_not_credited", reason=refusal.reason)
            return False
        return any((one.kind.balance, one.kind.balance_in) == (self.time_off.balance, "minutes") for one in kinds)

    def _credit(self, request: OvertimeRequest, due: Fraction) -> None:
        with self.database.work() as work:
            self.people.lock(work.connection, request.person)
            recorded = (one.entry for one in self.ledger.of_person(work.connection, request.person))
            credited = _credited(request, recorded)
            missing = due - sum((entry.amount for entry in credited), Fraction(0))
            if missing:
                balance = credited[-1].balance if credited else self.time_off.balance
                key = f"{request.name}/{len(credited) + 1}"
                entry = Entry(EntryKind.CORRECT, balance, request.wish.work_date, missing, key)
                self.ledger.append(work.connection, request.person, [ToRecord(entry, WHY)], now=work.now, by="")
                self.people.touch(work.connection, request.person)


def _credited(request: OvertimeRequest, recorded: Iterable[Entry]) -> list[Entry]:
    """What was credited for a request before, to whichever balance was set then: there it is put right."""
    return [entry for entry in recorded if entry.key.startswith(f"{request.name}/")]
