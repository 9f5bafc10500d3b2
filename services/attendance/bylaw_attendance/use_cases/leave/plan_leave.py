"""The days of a request as they are planned for the person, as if they had no leave: what a policy measures (LVE-1)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_hooks.leave import LeaveDay

from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.rules.closing.hand_over import next_month
from bylaw_attendance.rules.judging.assignment import DAY
from bylaw_attendance.rules.judging.month_in_hand import Stretch
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.refusals import NoPolicy
from bylaw_attendance.use_cases.sheets.judge_month import JudgeMonth
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth


@dataclass(frozen=True, slots=True)
class PlanLeave:
    """Plans as the sheet does, month by month, and judges nothing; a closed month by what it was closed with."""

    database: Database
    month: LoadMonth
    book: PatternBook
    calendar: Calendar

    def days(self, person: KnownPerson, first: date, last: date) -> tuple[LeaveDay, ...]:
        """Each day from a first to a last one; refuses NO_POLICY, naming the month, where nothing plans one of them."""
        found = [day for month in _months(first, last) for day in self._month(person, month)]
        asked = [day for day in found if first <= day.work_date <= last]
        there = {day.work_date for day in asked}
        count = (last - first).days + 1
        if missing := next((day for day in _from(first, count) if day not in there), None):
            raise NoPolicy(person=person.number, month=f"{missing:%Y-%m}")
        return tuple(sorted(asked, key=lambda day: day.work_date))

    def _month(self, person: KnownPerson, month: date) -> Iterator[LeaveDay]:
        with self.database.read() as connection:
            loaded = self.month.load(connection, month, [person], shown=[person.person])
        alone = loaded._replace(excused={})
        judge = JudgeMonth(alone, self.book, self.calendar, self.database.clock(), _no_plans)
        for stretch in judge.stretches_of(person):
            yield from _planned(self._without_leave(stretch))

    def _without_leave(self, stretch: Stretch) -> Stretch:
        """A stretch that was recorded has the leave of then in its days."""
        days = tuple(replace(day, excused=()) for day in stretch.planned.days)
        if days == stretch.planned.days:
            return stretch
        zone = stretch.planned.body.time_zone
        return stretch._replace(planned=self.book.planned(*stretch.asked, days, time_zone=zone))


def _planned(stretch: Stretch) -> Iterator[LeaveDay]:
    body = stretch.planned.body
    segments = {day.work_date: tuple((half.start, half.end) for half in day.halves) for day in body.days}
    for facts in stretch.planned.days:
        if facts.inside:
            yield LeaveDay(facts, segments.get(facts.work_date, ()))


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = next_month(month)


def _from(first: date, count: int) -> Iterator[date]:
    return (first + number * DAY for number in range(count))


def _no_plans(_: UUID) -> tuple[PlanBody, ...]:
    """Nothing that was kept is wanted."""
    return ()
