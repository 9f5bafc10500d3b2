"""Has people remind keepers of their days and months, and learn of what is done (WHS-4, WHS-5)."""

from dataclasses import dataclass

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Work
from bylaw_chassis.jobs import Lease, NotNow, enqueue
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Code, Refusal

from bylaw_inventory.ports.books import BookDutyDesk, DutyDeclaring
from bylaw_inventory.rules.books.duty import DutyDone
from bylaw_inventory.use_cases.finding import Finding

JOB = "book-duties-done"
MOST_WAREHOUSES = 10_000


def note_done(work: Work, done: DutyDone) -> None:
    """Has people told behind the commit."""
    enqueue(work.connection, JOB, f"{done.record}-{work.now.isoformat()}", done.pack())


@dataclass(frozen=True, slots=True)
class DeclareDuties:
    """A timer that has people remind those who keep warehouses of what is due there."""

    finding: Finding
    desk: DutyDeclaring

    def __call__(self, lease: Lease) -> None:
        """Of every warehouse; raises LeaseLost where another worker does so."""
        with self.finding.database.work() as work:
            lease.hold(work.connection)
        self.declare_all()

    def declare_all(self) -> None:
        """Whatever people refuses is tried again the next time."""
        everyone, today = Reach(everyone=True), self.finding.today
        with self.finding.database.read() as connection:
            found = self.finding.warehouses.listed(connection, everyone, today, page=(None, MOST_WAREHOUSES))
        for warehouse in found:
            try:
                self.desk.declare(warehouse)
            except Refusal as refusal:
                log().warning("warehouse_duties_not_declared", reason=refusal.reason)


@dataclass(frozen=True, slots=True)
class KeepDuties:
    """The timer `book-duties` and the job `book-duties-done`."""

    finding: Finding
    desk: BookDutyDesk

    def __call__(self, lease: Lease) -> None:
        """Declares the duties of every warehouse; raises LeaseLost where another worker does so."""
        DeclareDuties(self.finding, self.desk)(lease)

    def declare_all(self) -> None:
        """Whatever people refuses is tried again the next time."""
        DeclareDuties(self.finding, self.desk).declare_all()

    def tell(self, lease: Lease) -> None:
        """Tells people what was done; raises NotNow while they do not answer."""
        done = DutyDone.unpack(lease.payload)
        try:
            for due in done.due:
                self.desk.done(done.duty, due, record=done.record, by=done.by)
        except Refusal as refused:
            if refused.code is Code.UNAVAILABLE:
                raise NotNow(refused.reason) from refused
            raise
