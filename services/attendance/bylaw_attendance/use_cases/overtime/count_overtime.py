"""Counts the overtime of months: what was agreed, as far as it is found (HRS-7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson

from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, agreed_by_person
from bylaw_attendance.rules.overtime.work_hours import CountedOvertime, OvertimeTotals, overtime_totals
from bylaw_attendance.use_cases.overtime.overtime_days import JudgedDays, OvertimeDays
from bylaw_attendance.use_cases.sheets.show_sheets import Compiled

Agreed = Mapping[UUID, Sequence[OvertimeRequest]]
"""By person."""


@dataclass(frozen=True, slots=True)
class CountOvertime:
    """Judges the months of those alone who have any."""

    database: Database
    requests: OvertimeStore
    days: OvertimeDays

    def of(self, month: date, people: Sequence[KnownPerson]) -> Mapping[UUID, OvertimeTotals]:
        """What counts in a month of each of these people who had any agreed to."""
        agreed = self.agreed(month, [one.person for one in people])
        concerned = [one for one in people if one.person in agreed]
        return totals_by_person(self.days.judged(month, concerned) if concerned else (), agreed)

    def within(self, compiled: Compiled, people: Sequence[KnownPerson]) -> Mapping[UUID, OvertimeTotals]:
        """Likewise, of people whose month was judged just now: only a sheet that is not at hand is loaded once more."""
        month = compiled.loaded.month
        agreed = self.agreed(month, [one.person for one in people])
        at_hand = {one.person.person: one for one in compiled.results.judged if one.body or one.refusal}
        read = [at_hand[person] for person in agreed if person in at_hand]
        days = [self.days.days_of(compiled.loaded, one, compiled.results.plans) for one in read]
        unread = [one for one in people if one.person in agreed and one.person not in at_hand]
        days += self.days.judged(month, unread) if unread else ()
        return totals_by_person(days, agreed)

    def agreed(self, month: date, people: Collection[UUID]) -> Agreed:
        """What was agreed to in a month."""
        if not people:
            return {}
        with self.database.read() as connection:
            return agreed_by_person(self.requests.counting(connection, people, month, last_day(month)))


def totals_by_person(judged: Iterable[JudgedDays], agreed: Agreed) -> dict[UUID, OvertimeTotals]:
    """What counts of each person whose month could be judged."""
    return {days.person.person: overtime_totals(counted(days, agreed)) for days in judged if not days.refusal}


def counted(days: JudgedDays, agreed: Agreed) -> list[CountedOvertime]:
    """What is found of a person's in a judged month."""
    return [
        CountedOvertime(one.wish.work_date, one.day.percent, one.wish.compensation, days.found(one).minutes)
        for one in agreed.get(days.person.person, ())
    ]
