"""Starts a replay: what can be refused at once is, the rest runs as a job in the same commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import enqueue
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.ports.records import AssignmentStore, OrganisationStore, PatternBook, ReplayStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.replay.replay import (
    MOST_MONTHS,
    MOST_PERSON_MONTHS,
    Replay,
    ReplayState,
    check_room,
    months_between,
)
from bylaw_attendance.rules.replay.replay_refusals import ReplacedPatternUnknown, ReplayTooLarge
from bylaw_attendance.use_cases.sheets.finding import Finding

JOB = "replay"
MOST_AT_A_TIME = 2
"""Replays a person may have waiting or running, where no setting says otherwise."""


@dataclass(frozen=True, slots=True)
class ReplayWish:
    """Which months of which unit (None: all within reach) under which pattern; see `Replay`."""

    unit: UUID | None
    first_month: date
    last_month: date
    pattern: str
    parameters: Mapping[str, Any]
    replaced: str


@dataclass(frozen=True, slots=True)
class StartReplay:
    """Keeps what is asked for and the job that will do it."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    replays: ReplayStore
    assignments: AssignmentStore
    book: PatternBook
    most_at_a_time: int = MOST_AT_A_TIME

    def start(self, wish: ReplayWish, caller: Caller, reach: Reach) -> Replay:
        """Refuses as the contract says; answers the waiting replay."""
        months = self._months(wish)
        parameters = self.book.checked(wish.pattern, wish.parameters, field="replay.parameters")
        self.finding.refresher.refresh()
        if wish.unit:
            self.finding.unit(reach, wish.unit, min(last_day(months[-1]), max(months[0], self.finding.today)))
        total, people = self._people(wish, months, reach)
        self._check_replaced(wish, months, people)
        with self.database.work() as work:
            check_room(self.replays.lock_unfinished(work.connection, caller.key), self.most_at_a_time)
            made = Replay(
                id=new_id(),
                state=ReplayState.WAITING,
                unit=wish.unit,
                first_month=months[0],
                last_month=months[-1],
                pattern=wish.pattern,
                parameters=parameters,
                replaced=wish.replaced,
                created_by=caller.key,
                reach=reach,
                created_at=work.now,
                total=total,
            )
            self.replays.add(work.connection, made)
            enqueue(work.connection, JOB, str(made.id), made.id.bytes)
        return made

    def _months(self, wish: ReplayWish) -> list[date]:
        if wish.last_month < wish.first_month:
            raise _months_invalid("不能早于起始月份", "must not be before the first month")
        if wish.last_month > self.finding.today:
            raise _months_invalid("尚未开始的月份无法重算", "a month that has not begun has nothing to replay")
        if (found := list(months_between(wish.first_month, wish.last_month)))[MOST_MONTHS:]:
            raise _months_invalid(f"一次至多 {MOST_MONTHS} 个月", f"at most {MOST_MONTHS} months at a time")
        return found

    def _people(self, wish: ReplayWish, months: list[date], reach: Reach) -> tuple[int, set[UUID]]:
        """How many months of people there are, and the people."""
        with self.database.read() as connection:
            found = [
                one.person
                for month in months
                for one in self.organisation.people_between(connection, reach, (month, last_day(month)), unit=wish.unit)
            ]
        if len(found) > MOST_PERSON_MONTHS:
            raise ReplayTooLarge(count=len(found), limit=MOST_PERSON_MONTHS)
        return len(found), set(found)

    def _check_replaced(self, wish: ReplayWish, months: list[date], people: set[UUID]) -> None:
        """A pattern that was uninstalled may well be the one to be replaced; one that nobody knows is mistyped."""
        known = {one.pattern for one in self.book.offered()}
        if not wish.replaced or wish.replaced in known:
            return
        with self.database.read() as connection:
            held = self.assignments.between(connection, people, months[0], last_day(months[-1]))
        known |= {one.pattern for one in held}
        if wish.replaced not in known:
            raise ReplacedPatternUnknown(pattern=wish.replaced, known=known, field="replay.replaced_shift_pattern")


def _months_invalid(zh: str, en: str) -> FieldInvalid:
    return FieldInvalid(field="replay.last_month", zh=zh, en=en)
