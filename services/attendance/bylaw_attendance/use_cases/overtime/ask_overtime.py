"""Asks for overtime: looks at the day, the caps and what else was asked for, keeps it, has people decide (HRS-7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from bylaw_chassis.call import RequestKey
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NOT_ANSWERED, AskPeople
from bylaw_chassis.decisions.wish import DecisionWish
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import KeyReused, Refusal
from bylaw_chassis.values import new_id

from bylaw_attendance.events import overtime_request_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.closing.correction import employed_at, local_day
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.punch_facts import epoch_of
from bylaw_attendance.rules.overtime.overtime import (
    OvertimeLimits,
    OvertimeRequest,
    OvertimeState,
    OvertimeWish,
    check_day,
    restless,
    week_of,
)
from bylaw_attendance.rules.overtime.overtime_refusals import OvertimeOverlaps, OvertimeTooLate, RestCapBroken
from bylaw_attendance.rules.refusals import NoPolicy, PersonNotFound
from bylaw_attendance.rules.sheets.shown_sheet import local_text
from bylaw_attendance.use_cases.forms import check_near
from bylaw_attendance.use_cases.overtime.overtime_days import AskedDay, OvertimeDays, wall_hours
from bylaw_attendance.use_cases.overtime.overtime_forms import FIELD
from bylaw_attendance.use_cases.sheets.finding import Finding

KIND = "overtime"
"""The process in people."""
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class AskOvertime:
    """Everybody asks for themselves alone, whatever they hold."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    days: OvertimeDays
    requests: OvertimeStore
    closed: ClosedMonths
    decisions: AskPeople
    limits: OvertimeLimits
    weekly_rest_days: int

    def ask(self, wish: OvertimeWish, caller: Caller, key: RequestKey | None) -> OvertimeRequest:
        """The request as it waits; the same wish again, of which the answer was lost, goes on where it stood."""
        person, wish_key = self._oneself(caller), key.key if key else None
        kept = self._begun(person, wish, wish_key) or self._kept(person, wish, wish_key)
        asked = _decision(kept)
        try:
            decision = self.decisions.ask(asked)
        except Refusal as refusal:
            if refusal.code not in NOT_ANSWERED:
                self._forget(kept)
            raise
        with self.database.work() as work:
            self.requests.lock_person(work.connection, kept.person)
            self.decisions.note(work, asked, decision)
            made = self.requests.ask(work.connection, kept.identifier, decision) or kept
            work.publish(overtime_request_changed(made))
            return made

    def _oneself(self, caller: Caller) -> KnownPerson:
        if caller.person is None:
            raise PersonNotFound(person=caller.key)
        return self.finding.person(Reach(own=caller.person), caller.person)

    def _begun(self, person: KnownPerson, wish: OvertimeWish, wish_key: str | None) -> OvertimeRequest | None:
        """What was kept of this very wish when its call was cut off."""
        if wish_key is None:
            return None
        with self.database.read() as connection:
            found = self.requests.by_wish(connection, person.person, wish_key)
        if found and found.wish != wish:
            raise KeyReused
        return found if found and found.state is OvertimeState.WAITING else None

    def _kept(self, person: KnownPerson, wish: OvertimeWish, wish_key: str | None) -> OvertimeRequest:
        self._check_employed(person, wish.work_date)
        planned = self.days.planned(person, wish.work_date)
        made = self._made(person, wish, planned)
        monday, sunday = week_of(wish.work_date)
        with self.decisions.kept_first() as work:
            self._check(work, made, {day: one for day, one in planned.items() if monday <= day <= sunday})
            self.requests.add(work.connection, made, wish_key=wish_key)
        return made

    def _check_employed(self, person: KnownPerson, day: date) -> None:
        with self.database.read() as connection:
            employed_at(self.organisation.stays_of(connection, [person.person]), day, person=person.number)

    def _made(self, person: KnownPerson, wish: OvertimeWish, planned: Mapping[date, AskedDay]) -> OvertimeRequest:
        """Refuses NO_POLICY, a day far ahead, OVERTIME_TOO_LATE, OVERTIME_WITHIN_HOURS and OVERTIME_NO_TIME_OFF."""
        found = planned.get(wish.work_date)
        if found is None:
            raise NoPolicy(person=person.number, month=f"{wish.work_date:%Y-%m}")
        start, end = (found.facts.elapsed(wall) for wall in wish.span)
        now = self.database.clock()
        check_near(wish.work_date, local_day(now, ZoneInfo(found.time_zone)), field=f"{FIELD}.work_date")
        if 60 * start <= epoch_of(now):
            raise OvertimeTooLate(local_text(60 * start, found.time_zone)[:16])
        check_day(wish.compensation, (start, end), found.day, hours=wall_hours(found.day.planned, found.time_zone))
        return OvertimeRequest(new_id(), person.person, wish, start, end, found.day, now, number=person.number)

    def _check(self, work: Work, made: OvertimeRequest, week: Mapping[date, AskedDay]) -> None:
        """Beside what else was asked for, behind the person's lock."""
        self.requests.lock_person(work.connection, made.person)
        day = made.wish.work_date
        self.closed.check_open(work.connection, made.person, day, day)
        counting = self._counting(work.connection, made)
        if other := next((one for one in counting if one.start < made.end and made.start < one.end), None):
            raise OvertimeOverlaps(other.name)
        self.limits.check(made, counting)
        free = [one for one, asked in week.items() if not asked.day.planned]
        taken = [one.wish.work_date for one in counting]
        if len(week) == WEEK_DAYS and restless(day, free, taken, rest_days=self.weekly_rest_days):
            raise RestCapBroken(day=day, week=week_of(day), cap=self.weekly_rest_days)

    def _counting(self, connection: sa.Connection, made: OvertimeRequest) -> Sequence[OvertimeRequest]:
        """What counts of the month, and of the week where that reaches beyond it."""
        monday, sunday = week_of(made.wish.work_date)
        first, last = min(monday, made.month), max(sunday, last_day(made.month))
        return self.requests.counting(connection, [made.person], first, last)

    def _forget(self, made: OvertimeRequest) -> None:
        """People would not have it asked: nobody was told of it, and nothing of it stays."""
        with self.decisions.kept_first() as work:
            self.requests.lock_person(work.connection, made.person)
            self.requests.forget(work.connection, made.identifier)


def _decision(made: OvertimeRequest) -> DecisionWish:
    """What people is asked: when, how long, what the day is, and what is wanted for it."""
    wish = made.wish
    facts = {
        "work_date": str(wish.work_date),
        "hours": "-".join(f"{wall // 60 % 24:02}:{wall % 60:02}" for wall in wish.span),
        "minutes": str(made.minutes),
        "percent": str(made.day.percent.value),
        "compensation": wish.compensation.name.lower(),
    }
    return DecisionWish(KIND, made.name, tuple(facts.items()), None, wish.reason)
