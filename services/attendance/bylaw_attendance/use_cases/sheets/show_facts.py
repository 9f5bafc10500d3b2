"""Shows what months are judged from, and what is made of them today, without saying whose they are; keeps nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports.records import Calendar, OrganisationStore, PatternBook
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.month_facts import AssignableStretch, PersonFacts, assignable, halves_of
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.punch_facts import NO_PUNCHES
from bylaw_attendance.rules.sheets.sheet import SheetBody
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.judge_month import Judged, JudgeMonth
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth

NOTHING = SheetBody(())


class FactsPage(NamedTuple):
    """Months by employee number, which they do not show; the place behind the last (None: the end)."""

    people: Sequence[PersonFacts]
    next_after: tuple[str, str] | None

    def place_behind(self, count: int) -> Sequence[str]:
        """The place behind this page where so many were shown before it; empty at the end."""
        return (*self.next_after, str(count + len(self.people))) if self.next_after else ()


@dataclass(frozen=True, slots=True)
class ShowFacts:
    """Shows what a caller's reach holds in the month."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    month: LoadMonth
    book: PatternBook
    calendar: Calendar

    def page(self, unit: UUID, month: date, reach: Reach, *, after: tuple[str, str] | None, limit: int) -> FactsPage:
        """A page of a unit's people, and of the units below it; refuses UNIT_NOT_FOUND."""
        days = (month, last_day(month))
        self.finding.unit(reach, unit, min(days[1], max(days[0], self.finding.today)))
        with self.database.read() as connection:
            people = self.organisation.people_between(connection, reach, days, unit=unit, after=after, limit=limit + 1)
            shown = people[:limit]
            loaded = self.month.load(connection, month, shown, shown=[one.person for one in shown])
            loaded = loaded._replace(closed={})  # facts are those of today, and so is what they come to
        judge = JudgeMonth(loaded, self.book, self.calendar, self.database.clock(), loaded.kept_plans)
        judged = judge.judge()
        plans = {**loaded.plans, **judge.plans}
        last = shown[-1] if len(people) > limit else None
        found = [_facts(judge, one, plans) for one in judged]
        return FactsPage(found, (last.number, str(last.person)) if last else None)


def _facts(judge: JudgeMonth, judged: Judged, plans: Mapping[bytes, PlanBody]) -> PersonFacts:
    sheet = None if judged.refusal else judged.fresh or judged.kept
    body = SheetBody.unpack(sheet.body) if sheet else NOTHING
    return PersonFacts(
        judge.loaded.punches.get(judged.person.person, NO_PUNCHES),
        list(_stretches(judge, judged.person.person)),
        list(dict.fromkeys(plans[part.plan_key].pattern for part in body.parts)),
        list(halves_of(body, plans)),
        judged.totals,
        judged.refusal,
    )


def _stretches(judge: JudgeMonth, person: UUID) -> Iterator[AssignableStretch]:
    loaded = judge.loaded
    runs = loaded.resolver.runs(loaded.stays.get(person, ()), loaded.month, last_day(loaded.month))
    for run, named in assignable(runs):
        over = judge.is_handed_over(run.place)
        yield AssignableStretch(judge.days_of(person, run), loaded.decided.get(run.site, 0), over, named)
