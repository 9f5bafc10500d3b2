"""What people does for duties by the clock: makes what comes due, reminds, and tells heads what is overdue."""

from bylaw_chassis.jobs import Lease, Timer

from bylaw_people.ports import Needs
from bylaw_people.rules.duties.making import OfficialDay
from bylaw_people.use_cases.duties.follow_up import escalate, remind
from bylaw_people.use_cases.duties.make_occurrences import make_occurrences

MAKING_SECONDS, FOLLOW_UP_SECONDS = 3_600.0, 30.0


def duty_timers(needs: Needs, official: OfficialDay) -> tuple[Timer, ...]:
    """The timers."""

    def make(_lease: Lease) -> None:
        make_occurrences(needs, official)

    def follow_up(_lease: Lease) -> None:
        remind(needs)
        escalate(needs)

    return (
        Timer("make_duty_occurrences", MAKING_SECONDS, make),
        Timer("follow_up_duties", FOLLOW_UP_SECONDS, follow_up),
    )
