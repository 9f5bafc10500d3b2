"""Exports a month of a unit and those below it in a layout: every sheet with its version, and what counts (SHT-1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_hooks.exporting import ExportedDay, ExportedMonth, OvertimeFound, PersonMonth, SheetTotals

from bylaw_attendance.ports.closing import ClosedSheetStore
from bylaw_attendance.ports.exports import Layouts
from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.closing.closing import ShownVersion
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.leave.shown_leave import minutes_of, with_excused, with_outside
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, agreed_by_person
from bylaw_attendance.rules.sheets.export_refusals import ExportLayoutNotFound
from bylaw_attendance.rules.sheets.exported_month import (
    Exported,
    OfferedLayout,
    adjustment_of,
    days_of,
    leave_of,
    overtime_of,
    versions_table,
)
from bylaw_attendance.rules.sheets.sheet import SheetBody
from bylaw_attendance.rules.sheets.shown_sheet import shown_sheet
from bylaw_attendance.use_cases.closing.adjusted_overtime import AdjustedOvertime, CorrectedMonth
from bylaw_attendance.use_cases.overtime.overtime_days import OvertimeDays
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.judge_month import Judged
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth
from bylaw_attendance.use_cases.sheets.unit_month import JudgeAndKeep
from bylaw_attendance.use_cases.sheets.unit_people import FindUnitPeople, UnitPeople

MOST_ADJUSTMENTS = 100_000
Agreed = Mapping[UUID, Sequence[OvertimeRequest]]
"""Overtime by person."""


class _Loaded(NamedTuple):
    """What an export is made of, as of one snapshot."""

    found: UnitPeople
    month: LoadedMonth
    agreed: Agreed
    codes: Mapping[UUID, str]
    counted: Sequence[ShownVersion]
    corrected: Sequence[CorrectedMonth]


@dataclass(frozen=True, slots=True)
class ExportMonth:
    """Exports what a caller's reach holds."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    people: FindUnitPeople
    closed_sheets: ClosedSheetStore
    overtime: OvertimeStore
    loader: LoadMonth
    judging: JudgeAndKeep
    overtime_days: OvertimeDays
    adjusted: AdjustedOvertime
    layouts: Layouts

    def export(self, unit: UUID, month: date, reach: Reach, *, layout: str) -> Exported:
        """The tables of a month; refuses UNIT_NOT_FOUND, EXPORT_LAYOUT_NOT_FOUND, and what the layout could not do."""
        offered = self._offered(layout)
        day = min(last_day(month), max(month, self.finding.today))
        self.finding.unit(reach, unit, day)
        facts = self._facts(self._loaded(unit, month, reach, day, with_days=offered.with_days), unit, offered)
        tables = self.layouts.tables(layout, facts)
        return Exported(facts, offered, [*tables, versions_table(offered, facts)])

    def _offered(self, layout: str) -> OfferedLayout:
        known = {one.layout: one for one in self.layouts.offered()}
        if layout not in known:
            raise ExportLayoutNotFound(layout=layout, known=known)
        return known[layout]

    def _loaded(self, unit: UUID, month: date, reach: Reach, day: date, *, with_days: bool) -> _Loaded:
        with self.database.read() as connection:
            found = self.people.at_or_below(connection, unit, month, reach)
            every = sorted({one for people in found.people.values() for one in people}, key=lambda one: one.number)
            ids = [one.person for one in every]
            agreed = agreed_by_person(self.overtime.counting(connection, ids, month, last_day(month)))
            # Sheets are read whole where their days are wanted, or overtime is to be found in them.
            loaded = self.loader.load(connection, month, every, shown=ids if with_days else [*agreed])
            versions = self.organisation.unit_versions(connection, month, last_day(month))
            page = (None, MOST_ADJUSTMENTS)
            counted = self.closed_sheets.adjustments(connection, month, reach, unit=unit, day=day, page=page)
            counted += self.closed_sheets.counted_later(
                connection, month, reach, unit=unit, day=day, limit=MOST_ADJUSTMENTS
            )
            corrected = self.adjusted.load(connection, counted)
        codes = {one.unit: one.code for one in sorted(versions, key=lambda one: one.first_day)}
        return _Loaded(found, loaded, agreed, codes, counted, corrected)

    def _facts(self, loaded: _Loaded, unit: UUID, offered: OfferedLayout) -> ExportedMonth:
        results, units = self.judging.results(loaded.month), dict(_codes_by_person(loaded))
        people = (
            PersonMonth(
                one.person.number,
                one.person.display_name,
                units[one.person.person],
                _version(loaded.month, one.person),
                one.digest.hex(),
                _totals(loaded.month, one),
                leave_of(loaded.month.excused.get(one.person.person, ()), loaded.month.month),
                tuple(self._overtime(loaded, one, results.plans)),
                _days(loaded.month, one, results.plans) if offered.with_days else (),
                one.refusal.reason if one.refusal else "",
            )
            for one in results.judged
        )
        otherwise = self.adjusted.differences(loaded.corrected)
        adjustments = (
            adjustment_of(
                one,
                loaded.codes.get(one.unit, ""),
                otherwise.get((one.person, one.month, one.version), ()),
                exported=loaded.month.month,
            )
            for one in loaded.counted
        )
        return ExportedMonth(loaded.month.month, loaded.codes.get(unit, ""), tuple(people), tuple(adjustments))

    def _overtime(self, loaded: _Loaded, one: Judged, plans: Mapping[bytes, PlanBody]) -> Iterator[OvertimeFound]:
        agreed = loaded.agreed.get(one.person.person, ())
        if not agreed:
            return
        closed, days = one.person.person in loaded.month.closed, self.overtime_days.days_of(loaded.month, one, plans)
        for asked in agreed:
            found = days.found(asked)
            yield overtime_of(asked, 0 if one.refusal else found.minutes, final=closed or found.settled)


def _codes_by_person(loaded: _Loaded) -> Iterator[tuple[UUID, str]]:
    for unit, people in loaded.found.people.items():
        yield from ((one.person, loaded.codes.get(unit, "")) for one in people)


def _version(loaded: LoadedMonth, person: KnownPerson) -> int:
    closed = loaded.closed.get(person.person)
    return closed.version if closed else 0


def _totals(loaded: LoadedMonth, one: Judged) -> SheetTotals:
    if one.refusal:
        return SheetTotals(*one.totals)
    return SheetTotals(*with_outside(one.totals, minutes_of(loaded.excused.get(one.person.person, ()), loaded.month)))


def _days(loaded: LoadedMonth, one: Judged, plans: Mapping[bytes, PlanBody]) -> tuple[ExportedDay, ...]:
    sheet = None if one.refusal else one.fresh or one.kept
    if sheet is None:
        return ()
    shown = shown_sheet(loaded.month, SheetBody.unpack(sheet.body), plans)
    return days_of(with_excused(shown, loaded.excused.get(one.person.person, ())))
