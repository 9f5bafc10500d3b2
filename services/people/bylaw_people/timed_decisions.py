"""What people does for decisions by the clock: who is asked follows the organisation, what is due is reminded of."""

from bylaw_chassis.database import Database
from bylaw_chassis.feed import drain
from bylaw_chassis.jobs import Lease, Timer

from bylaw_people.ports import Needs
from bylaw_people.use_cases.decisions.refresh_decisions import refresh_decisions
from bylaw_people.use_cases.decisions.remind import escalate_decisions, remind_of_decisions

REFRESH_SECONDS, REMIND_SECONDS = 1.0, 60.0


def decision_timers(database: Database, needs: Needs) -> tuple[Timer, ...]:
    """The timers."""

    def refresh(_lease: Lease) -> None:
        drain(database)  # the organisation's newest change may still wait for its position
        refresh_decisions(needs)

    def remind(_lease: Lease) -> None:
        remind_of_decisions(needs)
        escalate_decisions(needs)

    return (
        Timer("refresh_decisions", REFRESH_SECONDS, refresh),
        Timer("remind_of_decisions", REMIND_SECONDS, remind),
    )
