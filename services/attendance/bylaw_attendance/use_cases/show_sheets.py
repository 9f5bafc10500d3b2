"""Shows sheets of a month: judges what has changed, keeps it, and answers the page that was asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports import Calendar, OrganisationStore, PatternBook, Refresher, SheetStore
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.organisation import KnownPerson
from bylaw_attendance.rules.plan_body import PlanBody
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.sheet import SheetBody, total_of
from bylaw_attendance.rules.shown_sheet import ShownSheet, shown_sheet
from bylaw_attendance.use_cases.finding import Finding
from bylaw_attendance.use_cases.judge_month import Judged, JudgeMonth, KeptPlans
from bylaw_attendance.use_cases.load_month import LoadedMonth, LoadMonth


class Shown(NamedTuple):
    """A person's sheet to be shown, or why there is none."""

    person: KnownPerson
    month: date
    sheet: ShownSheet | None
    totals: tuple[int, ...]
    digest: bytes
    refusal: Refusal | None
    organisation_age_seconds: int


class ShownPage(NamedTuple):
    """Sheets by employee number, what all of the unit comes to, and the place behind the page (None: the end)."""

    sheets: Sequence[Shown]
    totals: tuple[int, ...]
    next_after: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ShowSheets:
    """Shows what a caller's reach holds in the month."""

    database: Database
    finding: Finding
    refresher: Refresher
    organisation: OrganisationStore
    sheets: SheetStore
    month: LoadMonth
    book: PatternBook
    calendar: Calendar

    def one(self, person: UUID, month: date, reach: Reach) -> Shown:
        """A person's sheet; refuses PERSON_NOT_FOUND, NO_POLICY, POLICY_VERSION_GONE, POLICY_FAILED."""
        shown = self._one(person, month, reach)
        if shown is None:
            self.refresher.catch_up()
            shown = self._one(person, month, reach)
        if shown is None:
            raise PersonNotFound(person=f"people/{person}")
        if shown.refusal:
            raise shown.refusal
        return shown

    def _one(self, person: UUID, month: date, reach: Reach) -> Shown | None:
        days = (month, last_day(month))
        with self.database.read() as connection:
            people = self.organisation.person_between(connection, reach, days, person=person)
            loaded = self.month.load(connection, month, people, shown=[person])
        judged = self._judged(loaded)
        return self._shown(loaded, judged)[0] if judged else None

    def page(self, unit: UUID, month: date, reach: Reach, *, after: tuple[str, str] | None, limit: int) -> ShownPage:
        """A page of a unit's sheets, and of the units below it; refuses UNIT_NOT_FOUND."""
        days = (month, last_day(month))
        self.finding.unit(reach, unit, min(days[1], max(days[0], self.finding.today)))
        with self.database.read() as connection:
            people = self.organisation.people_between(connection, reach, days, unit=unit)
            wanted, more = _page(people, after, limit)
            loaded = self.month.load(connection, month, people, shown=wanted)
        judged = self._judged(loaded)
        shown = self._shown(loaded, [one for one in judged if one.person.person in wanted])
        last = shown[-1].person if shown and more else None
        return ShownPage(
            shown, total_of(one.totals for one in judged), (last.number, str(last.person)) if last else None
        )

    def _judged(self, loaded: LoadedMonth) -> list[Judged]:
        """Judges what changed and keeps it."""
        now = self.database.clock()
        judge = JudgeMonth(loaded, self.book, self.calendar, now, self._kept_plans(loaded))
        judged = list(judge.judge())
        fresh = sorted((one.fresh for one in judged if one.fresh), key=lambda sheet: sheet.person)
        if fresh:
            with self.database.work() as work:
                self.sheets.keep_plans(work.connection, {key: plan.pack() for key, plan in judge.plans.items()})
                self.sheets.keep(work.connection, loaded.month, fresh, work.now)
        return judged

    def _kept_plans(self, loaded: LoadedMonth) -> KeptPlans:
        def plans_of(person: UUID) -> Sequence[PlanBody]:
            with self.database.read() as connection:
                kept = self.sheets.kept(connection, [person], loaded.month, bodies_of=[person])
                bodies = [SheetBody.unpack(sheet.body) for sheet in kept.values()]
                return list(self._plans(connection, bodies).values())

        return plans_of

    def _plans(self, connection: sa.Connection, bodies: Iterable[SheetBody]) -> dict[bytes, PlanBody]:
        keys = {part.plan_key for body in bodies for part in body.parts}
        packed = self.sheets.plan_bodies(connection, keys)
        return {key: PlanBody.unpack(body) for key, body in packed.items()}

    def _shown(self, loaded: LoadedMonth, judged: Iterable[Judged]) -> list[Shown]:
        found = [(one, one.fresh or one.kept) for one in judged]
        bodies = {one.person.person: SheetBody.unpack(sheet.body) for one, sheet in found if sheet and not one.refusal}
        with self.database.read() as connection:
            plans = self._plans(connection, bodies.values())
        age = self._age(loaded.organisation_read_at)
        return [
            Shown(
                one.person,
                loaded.month,
                _laid_out(loaded.month, bodies.get(one.person.person), plans),
                one.totals,
                sheet.digest if sheet and not one.refusal else b"",
                one.refusal,
                age,
            )
            for one, sheet in found
        ]

    def _age(self, read_at: datetime | None) -> int:
        return max(0, int((self.database.clock() - read_at).total_seconds())) if read_at else 0


def _laid_out(month: date, body: SheetBody | None, plans: Mapping[bytes, PlanBody]) -> ShownSheet | None:
    return shown_sheet(month, body, plans) if body else None


def _page(people: Sequence[KnownPerson], after: tuple[str, str] | None, limit: int) -> tuple[Collection[UUID], bool]:
    """The people of a page, by number, and whether more follow."""
    behind = [one for one in people if after is None or (one.number, str(one.person)) > after]
    return {one.person for one in islice(behind, limit)}, len(behind) > limit
