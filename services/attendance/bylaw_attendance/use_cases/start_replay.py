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

from bylaw_attendance.ports import OrganisationStore, PatternBook, ReplayStore
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.refusals import ReplayTooLarge
from bylaw_attendance.rules.replay import MOST_MONTHS, MOST_PERSON_MONTHS, Replay, ReplayState, months_between
from bylaw_attendance.use_cases.finding import Finding

JOB = "replay"


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
    book: PatternBook

    def start(self, wish: ReplayWish, caller: Caller, reach: Reach) -> Replay:
        """Refuses as the contract says; answers the waiting replay."""
        months = self._months(wish)
        parameters = self.book.checked(wish.pattern, wish.parameters, field="replay.parameters")
        self.finding.refresher.refresh()
        if wish.unit:
            self.finding.unit(reach, wish.unit, min(last_day(months[-1]), max(months[0], self.finding.today)))
        total = self._people_months(wish, months, reach)
        with self.database.work() as work:
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

    def _people_months(self, wish: ReplayWish, months: list[date], reach: Reach) -> int:
        with self.database.read() as connection:
            found = sum(
                len(self.organisation.people_between(connection, reach, (month, last_day(month)), unit=wish.unit))
                for month in months
            )
        if found > MOST_PERSON_MONTHS:
            raise ReplayTooLarge(count=found, limit=MOST_PERSON_MONTHS)
        return found


def _months_invalid(zh: str, en: str) -> FieldInvalid:
    return FieldInvalid(field="replay.last_month", zh=zh, en=en)
