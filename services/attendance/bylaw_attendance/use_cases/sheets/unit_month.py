"""Shows how units' months stand: whose months belong to them, what was reviewed, what waits (SHT-1)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts

from bylaw_attendance.ports.closing import UnitMonthStore
from bylaw_attendance.ports.objections import ObjectionStore
from bylaw_attendance.ports.records import OrganisationStore, SheetStore
from bylaw_attendance.rules.clocks.awaited_clock import AwaitedClock
from bylaw_attendance.rules.clocks.clocks import awaited
from bylaw_attendance.rules.closing.closing import Agreement, ClosedMark, Deadlines, Review, UnitMonth, UnitMonthState
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.closing.objection import ObjectionState
from bylaw_attendance.rules.judging.assignment import Place
from bylaw_attendance.rules.judging.reporting import end_of_day
from bylaw_attendance.rules.sheets.sheet import TOTALS
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.judge_month import Judged
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth
from bylaw_attendance.use_cases.sheets.show_sheets import Results
from bylaw_attendance.use_cases.sheets.unit_people import FindUnitPeople, UnitPeople, is_past

PENDING = TOTALS.index("pending_points")


class JudgeAndKeep(Protocol):
    """Judges what changed, and keeps it; see `show_sheets`."""

    def results(self, loaded: LoadedMonth) -> Results: ...
    def judged(self, loaded: LoadedMonth) -> Results: ...
    def keep(self, work: Work, loaded: LoadedMonth, results: Results) -> None: ...


class Standing(NamedTuple):
    """A person's sheet among those of a unit's month."""

    person: KnownPerson
    judged: Judged | None
    review: Review | None
    closed: ClosedMark | None
    objection: tuple[UUID, ObjectionState] | None
    """Their newest to the month that was not withdrawn."""

    @property
    def digest(self) -> bytes:
        """Of what it was judged from; empty where it could not be."""
        return self.judged.digest if self.judged else b""

    @property
    def waits(self) -> bool:
        """Whether an objection waits for an answer."""
        return bool(self.objection and self.objection[1] is ObjectionState.WAITING)

    @property
    def pending_count(self) -> int:
        """How many of its card points wait to be decided."""
        return self.judged.totals[PENDING] if self.judged else 0

    @property
    def is_final(self) -> bool:
        """Whether it could be judged and nothing in it waits to be decided."""
        return bool(self.digest) and not self.pending_count

    @property
    def is_reviewed(self) -> bool:
        """Whether it was reviewed as it is now, or in time: that the 3rd passes asks for no second review (SHT-1)."""
        if not (self.review and self.judged and self.digest):
            return False
        return self.review.digest in (self.digest, self.judged.digest_before)


class ShownUnitMonth(NamedTuple):
    """A unit's month with the standing of its people, by employee number; in lists nobody is judged for it."""

    unit: UUID
    code: str
    month: date
    deadlines: Deadlines
    is_agreed: bool
    """Whether the days for objections are over: who was silent agrees."""
    places: Collection[Place]
    """Where its people end it."""
    standings: Sequence[Standing]
    kept: UnitMonth | None
    awaited: Sequence[AwaitedClock] = ()
    """The clocks that its card points wait for."""

    @property
    def state(self) -> UnitMonthState:
        """Where it stands."""
        return self.kept.state if self.kept else UnitMonthState.OPEN

    def agreement_of(self, one: Standing) -> Agreement:
        """What somebody says of their sheet: silence counts as agreement once the days for objections are over."""
        if one.objection:
            return Agreement.UNSPECIFIED if one.waits else Agreement.OBJECTED
        return Agreement.SILENT if self.is_agreed else Agreement.UNSPECIFIED

    @property
    def open_ones(self) -> list[Standing]:
        """Those that are not closed."""
        return [one for one in self.standings if not one.closed]


class Changing(NamedTuple):
    """A unit's month that somebody is about to change: judged, and nothing of it kept yet.

    A call has one transaction, in which a repeat of it is answered as the first one was: so nothing is refused before
    it that the first one may have changed.
    """

    months: "ShowUnitMonths"
    unit: UUID
    found: UnitPeople
    loaded: LoadedMonth
    results: Results

    def begun(self, work: Work) -> ShownUnitMonth:
        """Keeps what was judged; the month as it stands now."""
        self.months.judging.keep(work, self.loaded, self.results)
        return self.months.as_found(work.connection, self)


def awaited_clocks(shown: ShownUnitMonth, loaded: LoadedMonth, now: datetime) -> list[AwaitedClock]:
    """The clocks of the sites at which those work whose card points wait, by site and device (ATT-4)."""
    waiting = [one.person.person for one in shown.open_ones if one.pending_count]
    stays = (stay for person in waiting for stay in loaded.stays.get(person, ()))
    places = {stay.site for stay in stays if stay.site in loaded.sites}
    sites = sorted((loaded.sites[place] for place in places if place), key=lambda one: one.code)
    return [
        one for site in sites for one in awaited(site, loaded.clocks, until=_end_of_month(site, loaded.month), now=now)
    ]


def _end_of_month(site: SiteFacts, month: date) -> datetime:
    last = last_day(month)
    return end_of_day(last, ZoneInfo(site.on(last).time_zone))


@dataclass(frozen=True, slots=True)
class ShowUnitMonths:
    """Shows what a caller's reach holds."""

    database: Database
    finding: Finding
    people: FindUnitPeople
    organisation: OrganisationStore
    months: UnitMonthStore
    sheets: SheetStore
    objections: ObjectionStore
    loader: LoadMonth
    judging: JudgeAndKeep

    def check(self, unit: UUID, month: date, reach: Reach) -> None:
        """Refuses UNIT_NOT_FOUND."""
        self.finding.unit(reach, unit, min(last_day(month), max(month, self.finding.today)))

    def one(self, unit: UUID, month: date, reach: Reach) -> ShownUnitMonth:
        """A unit's month with every sheet, judged as it is now; refuses UNIT_NOT_FOUND."""
        self.check(unit, month, reach)
        found, loaded = self._loaded(unit, month)
        results = self.judging.results(loaded)
        with self.database.read() as connection:
            shown = self._shown(connection, unit, month, found, judged=results.by_person)
        return shown._replace(awaited=awaited_clocks(shown, loaded, self.database.clock()))

    def changing(self, unit: UUID, month: date, reach: Reach) -> "Changing":
        """A unit's month for whoever changes it in a transaction of their own; refuses UNIT_NOT_FOUND."""
        self.check(unit, month, reach)
        found, loaded = self._loaded(unit, month)
        return Changing(self, unit, found, loaded, self.judging.judged(loaded))

    def _loaded(self, unit: UUID, month: date) -> tuple[UnitPeople, LoadedMonth]:
        with self.database.read() as connection:
            found = self.people.at_or_below(connection, unit, month)
            return found, self.loader.load(connection, month, found.people.get(unit, ()), shown=())

    def as_found(self, connection: sa.Connection, changing: "Changing") -> ShownUnitMonth:
        """The month as it stands in a transaction, with the sheets as they were judged before it."""
        month, judged = changing.loaded.month, changing.results.by_person
        shown = self._shown(connection, changing.unit, month, changing.found, judged=judged)
        return shown._replace(awaited=awaited_clocks(shown, changing.loaded, self.database.clock()))

    def page(
        self, unit: UUID, month: date, reach: Reach, *, page: tuple[tuple[str, str] | None, int]
    ) -> list[ShownUnitMonth]:
        """Units' months at and below a unit, behind a place, by the unit's code; refuses UNIT_NOT_FOUND."""
        self.check(unit, month, reach)
        after, limit = page
        with self.database.read() as connection:
            found = self.people.at_or_below(connection, unit, month, reach)
            codes = self._codes(connection, month)
            places = sorted((codes.get(one, ""), str(one)) for one in found.people)
            wanted = [UUID(one) for code, one in places if after is None or (code, one) > after][:limit]
            return [self._shown(connection, one, month, found, judged={}) for one in wanted]

    def _shown(
        self,
        connection: sa.Connection,
        unit: UUID,
        month: date,
        found: UnitPeople,
        *,
        judged: Mapping[UUID, Judged],
    ) -> ShownUnitMonth:
        people, places = found.people.get(unit, ()), found.places_of(unit)
        ids = [one.person for one in people]
        reviews = self.months.reviews(connection, ids, month)
        closed = self.sheets.closed(connection, ids, month, bodies_of=())
        objected = self.objections.newest(connection, ids, month)
        standings = [
            Standing(
                one,
                judged.get(one.person),
                reviews.get(one.person),
                closed[one.person][0] if one.person in closed else None,
                objected.get(one.person),
            )
            for one in people
        ]
        kept = self.months.among(connection, [unit], month).get(unit)
        code, deadlines = self._codes(connection, month).get(unit, ""), self.people.deadlines(month, places)
        agreed = is_past(deadlines.objection, places, self.database.clock())
        return ShownUnitMonth(unit, code, month, deadlines, agreed, frozenset(places), standings, kept)

    def _codes(self, connection: sa.Connection, month: date) -> dict[UUID, str]:
        versions = self.organisation.unit_versions(connection, month, last_day(month))
        return {one.unit: one.code for one in sorted(versions, key=lambda one: one.first_day)}
