"""Exports a month of a unit and those below it: every sheet with its version, and what counts in the month (SHT-1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.closing_ports import ClosedSheetStore
from bylaw_attendance.ports import OrganisationStore
from bylaw_attendance.rules.closing import ShownVersion
from bylaw_attendance.rules.exported_month import ExportedMonth, ExportedRow
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.use_cases.finding import Finding
from bylaw_attendance.use_cases.judge_month import Judged
from bylaw_attendance.use_cases.load_month import LoadedMonth, LoadMonth
from bylaw_attendance.use_cases.unit_month import JudgeAndKeep
from bylaw_attendance.use_cases.unit_people import FindUnitPeople, UnitPeople

MOST_ADJUSTMENTS = 100_000


@dataclass(frozen=True, slots=True)
class ExportMonth:
    """Exports what a caller's reach holds."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    people: FindUnitPeople
    closed_sheets: ClosedSheetStore
    loader: LoadMonth
    judging: JudgeAndKeep

    def export(self, unit: UUID, month: date, reach: Reach) -> ExportedMonth:
        """The rows of a month; refuses UNIT_NOT_FOUND."""
        day = min(last_day(month), max(month, self.finding.today))
        self.finding.unit(reach, unit, day)
        with self.database.read() as connection:
            found = self.people.at_or_below(connection, unit, month, reach)
            every = sorted({one for people in found.people.values() for one in people}, key=lambda one: one.number)
            loaded = self.loader.load(connection, month, every, shown=())
            versions = self.organisation.unit_versions(connection, month, last_day(month))
            page = (None, MOST_ADJUSTMENTS)
            counted = self.closed_sheets.adjustments(connection, month, reach, unit=unit, day=day, page=page)
        codes = {one.unit: one.code for one in sorted(versions, key=lambda one: one.first_day)}
        units = _codes_by_person(found, codes)
        judged = self.judging.results(loaded).judged
        rows = [_sheet_row(one, loaded, units[one.person.person]) for one in judged]
        adjusted = [_adjustment_row(one, codes.get(one.unit, "")) for one in counted]
        return ExportedMonth(codes.get(unit, ""), month, len(loaded.closed), [*rows, *adjusted])


def _codes_by_person(found: UnitPeople, codes: dict[UUID, str]) -> dict[UUID, str]:
    return dict(_pairs(found, codes))


def _pairs(found: UnitPeople, codes: dict[UUID, str]) -> Iterator[tuple[UUID, str]]:
    for unit, people in found.people.items():
        yield from ((one.person, codes.get(unit, "")) for one in people)


def _sheet_row(one: Judged, loaded: LoadedMonth, unit_code: str) -> ExportedRow:
    closed = loaded.closed.get(one.person.person)
    return ExportedRow(
        is_adjustment=False,
        month=loaded.month,
        unit_code=unit_code,
        number=one.person.number,
        display_name=one.person.display_name,
        version=closed.version if closed else 0,
        digest=one.digest,
        totals=one.totals,
        remark=one.refusal.reason if one.refusal else "",
    )


def _adjustment_row(one: ShownVersion, unit_code: str) -> ExportedRow:
    return ExportedRow(
        is_adjustment=True,
        month=one.month,
        unit_code=unit_code,
        number=one.number,
        display_name=one.display_name,
        version=one.version,
        digest=one.digest,
        totals=one.difference,
        remark=one.reason,
    )
