"""Why a day of a sheet is as it is: the facts behind its halves, cards and punches, as the sheet was judged from them.

Nothing is judged here: what was found is read from the sheet, when a punch counts from the plan it was judged by.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_hooks import DayFacts, DayKind, Kind, PlanColumns
from bylaw_kit.reading import Side

from bylaw_attendance.rules.explaining.explaining_asked import AskedOfDay
from bylaw_attendance.rules.explaining.explaining_limits import Limits
from bylaw_attendance.rules.explaining.explaining_punches import ExplainedPunch
from bylaw_attendance.rules.explaining.explaining_source import Source
from bylaw_attendance.rules.judging.judged_half import JudgedHalf, PlannedSegment, segments_of
from bylaw_attendance.rules.judging.month_facts import halves_of
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.replay.clause_use import days_by_clause
from bylaw_attendance.rules.sheets.sheet import SheetBody
from bylaw_attendance.rules.sheets.shown_sheet import ShownCard, ShownDay, ShownHalf

HAND_OVER_CLAUSE = "SHT-1"


class ExplainedCard(NamedTuple):
    """A card as the sheet shows it, and its limits where they are known."""

    shown: ShownCard
    limits: Limits | None


class ExplainedHalf(NamedTuple):
    """A half as the sheet shows it, and the segment of the plan, where that is known."""

    shown: ShownHalf
    segment: PlannedSegment | None
    cards: tuple[ExplainedCard, ...]


class SiteClock(NamedTuple):
    """A clock of the site: up to when it has reported, and from which day on nobody waits for it."""

    device: str
    reported_until: datetime | None
    retire_date: date | None
    in_use: bool


class Progress(NamedTuple):
    """How far the site's clocks have reported (epoch minute; 0: nothing can be told), and the sheet's hand-over."""

    decided_until: int
    clocks: Sequence[SiteClock]
    hand_over: date
    handed_over: bool
    without_leave: str


class ExplainedDay(NamedTuple):
    """A day of a person's sheet with all that explains it; `facts` is None where nothing was planned."""

    person: KnownPerson
    shown: ShownDay
    digest: bytes
    time_zone: str
    source: Source | None
    calendar: str
    provisional: bool
    facts: DayFacts | None
    halves: tuple[ExplainedHalf, ...]
    corrected: Mapping[str, str]
    """What came of which correction: local time of a punch, name of the correction."""
    punches: Sequence[ExplainedPunch]
    repeat_minutes: int
    progress: Progress
    asked: AskedOfDay = AskedOfDay()

    @property
    def gone(self) -> bool:
        """Whether its pattern is not installed any more."""
        return bool(self.source and self.source.gone)

    @property
    def calendar_kind(self) -> DayKind:
        """What the calendar says of it."""
        return self.facts.kind if self.facts else DayKind.ORDINARY

    def cards(self) -> Iterator[ExplainedCard]:
        """Its cards."""
        return chain.from_iterable(half.cards for half in self.halves)

    @property
    def needs_leave(self) -> bool:
        """Whether leave is required somewhere, or was, and became absence at the hand-over."""
        return any(needs_leave(card.shown) for card in self.cards())

    def clauses(self) -> Mapping[str, Collection[date]]:
        """Each clause that it names, with its day."""
        named = {*days_by_clause([self.shown]), *self.asked.clauses()}
        if self.facts:
            named |= {one.clause for one in self.facts.excused}
            named |= {self.facts.hours.clause} if self.facts.hours else set()
        if self.needs_leave:
            named.add(HAND_OVER_CLAUSE)
        return {clause: {self.shown.work_date} for clause in sorted(named)}


def needs_leave(card: ShownCard) -> bool:
    """Whether leave is required of who punched so, or was by the hand-over."""
    return card.kind is Kind.LEAVE_REQUIRED or (card.kind is Kind.ABSENT and bool(card.punch))


def judged_halves(
    body: SheetBody, plans: Mapping[bytes, PlanBody], columns: Sequence[PlanColumns | None]
) -> Iterator[JudgedHalf]:
    """Every half of a sheet with the segment it was judged by; `columns` are the plan of each part, if known."""
    for part, (kept, columns_of_part) in enumerate(zip(body.parts, columns, strict=True)):
        found = list(halves_of(SheetBody((kept,)), plans))
        segments = segments_of(columns_of_part) if columns_of_part else [None] * len(found)
        for place, (half, segment) in enumerate(zip(found, segments, strict=True)):
            yield JudgedHalf(part, place, half, segment)


def explained_halves(
    shown: ShownDay, judged: Sequence[JudgedHalf], limits: Mapping[tuple[int, int, Side], Limits]
) -> tuple[ExplainedHalf, ...]:
    """The halves of a day as the sheet shows them, each with its segment and the limits of its cards."""
    return tuple(
        ExplainedHalf(
            half,
            own.segment,
            tuple(ExplainedCard(card, limits.get((own.part, own.place, card.side))) for card in half.cards),
        )
        for half, own in zip(shown.halves, judged, strict=True)
    )
