"""Has whoever keeps a channel review it by a date, as a duty of people's, and people learn that it was (GDS-3)."""

from dataclasses import dataclass

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Work
from bylaw_chassis.jobs import Lease
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal

from bylaw_inventory.ports.goods import ReviewDutyDesk, ReviewStore
from bylaw_inventory.rules.books.duty import DutyDone
from bylaw_inventory.rules.reviewing.review import Review, due_after, review_duty
from bylaw_inventory.use_cases.books.keep_duties import note_done
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class DeclareReviewDuties:
    """The timer `review-duties`: of each channel that a unit keeps, so many days behind its last review."""

    finding: Finding
    reviews: ReviewStore
    desk: ReviewDutyDesk
    interval_days: int

    def __call__(self, lease: Lease) -> None:
        """Of every channel; raises LeaseLost where another worker does so."""
        with self.finding.database.work() as work:
            lease.hold(work.connection)
        self.declare_all()

    def declare_all(self) -> None:
        """Whatever people refuses is tried again the next time; what was due before it could be is told as overdue."""
        with self.finding.database.read() as connection:
            found = self.reviews.kept_since(connection)
        for kept, last in found:
            due = due_after(last, self.interval_days)
            if due < self.finding.today:
                continue
            try:
                self.desk.declare(kept, due)
            except Refusal as refusal:
                log().warning("review_duty_not_declared", reason=refusal.reason)


def note_reviewed(work: Work, reviews: ReviewStore, made: Review, *, interval_days: int, caller: Caller) -> None:
    """A review that has ended is what was due of its channel: people is told behind the commit."""
    if made.ended_at is None:
        return
    if last := reviews.before(work.connection, made):
        due = due_after(last, interval_days)
        note_done(work, DutyDone(review_duty(made.channel, due), (due,), made.name, caller.person))
