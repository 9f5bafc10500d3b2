"""What a month's export holds: the facts a layout is given of each sheet, and the versions that the host adds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from bylaw_hooks import Both, Kind
from bylaw_hooks.exporting import (
    Adjustment,
    Cell,
    Column,
    ExportedDay,
    ExportedHalf,
    ExportedMonth,
    ExportTable,
    LeaveSum,
    LeaveTaken,
    OvertimeFound,
    PersonMonth,
    SheetTotals,
)
from bylaw_hooks.exporting.answers import Encoding
from bylaw_hooks.exporting.facts import DayIs
from bylaw_kit.export_rules import VERSIONS
from bylaw_kit.reading import Side

from bylaw_attendance.rules.closing.closing import ShownVersion
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.leave.leave_days import ExcusedDay
from bylaw_attendance.rules.leave.shown_leave import with_outside
from bylaw_attendance.rules.overtime.overtime import Compensation, OvertimeRequest
from bylaw_attendance.rules.sheets.export_refusals import ExportTableNotFound, ExportTableUnversioned
from bylaw_attendance.rules.sheets.sheet_changes import LeaveMoved
from bylaw_attendance.rules.sheets.shown_sheet import ShownCard, ShownDay, ShownHalf, ShownKind, ShownSheet

COLLECTION = "exportLayouts"
SHIPPED = "bylaw-sheets@1"
"""The layout of whoever names none."""
DAYS: Mapping[ShownKind, DayIs] = {
    ShownKind.UNASSIGNED: "unassigned",
    ShownKind.WORK: "work",
    ShownKind.REST: "rest",
    ShownKind.HOLIDAY: "holiday",
    ShownKind.MAKE_UP_WORK: "make-up-work",
    ShownKind.NOT_EMPLOYED: "not-employed",
}
SAYING = ("employee_number", "version", "inputs_digest")
"""The columns by which a row says of which version of which sheet it is."""


class ExportFormat(IntEnum):
    """As what a month is exported; the numbers are the contract's."""

    UNSPECIFIED = 0
    CSV = 1
    XLSX = 2
    ZIP = 3


class OfferedLayout(NamedTuple):
    """A version of a layout that a distribution ("name version") offers."""

    layout: str
    title_zh: str
    title_en: str
    encoding: Encoding
    with_days: bool
    distribution: str


class Exported(NamedTuple):
    """A month in a layout: its tables, the versions of what they are of behind them."""

    month: ExportedMonth
    layout: OfferedLayout
    tables: Sequence[ExportTable]

    def alone(self, name: str) -> ExportTable:
        """One table, the first where none is named; refuses one there is not, or that does not say its versions."""
        layout = self.layout.layout
        found = next((table for table in self.tables if name in {"", table.name}), None)
        if found is None:
            raise ExportTableNotFound(layout=layout, table=name, known=[table.name for table in self.tables])
        if not says_versions(found, self.month):
            raise ExportTableUnversioned(layout=layout, table=found.name)
        return found


def says_versions(table: ExportTable, month: ExportedMonth) -> bool:
    """Whether each row says, in columns named so, of which version of which sheet it is, and it is one of them."""
    places = {column.name: place for place, column in enumerate(table.columns)}
    if not places.keys() >= set(SAYING):
        return False
    number, version, digest = (places[name] for name in SAYING)
    held: tuple[PersonMonth | Adjustment, ...] = (*month.people, *month.adjustments)
    known = {(one.number, one.version, one.digest) for one in held}
    return all((row[number], row[version], row[digest] or "") in known for row in table.rows)


def versions_table(layout: OfferedLayout, month: ExportedMonth) -> ExportTable:
    """Which version of which sheet an export holds: no layout can leave it out (SHT-1)."""
    of = (layout.layout, layout.distribution)
    counted = f"{month.month:%Y-%m}"
    sheets = ((*of, "sheet", counted, counted, *_version(one), one.fault) for one in month.people)
    corrected = (
        (*of, one.row(month.month), counted, f"{one.month:%Y-%m}", *_version(one), one.reason)
        for one in month.adjustments
    )
    return ExportTable(VERSIONS, _VERSION_COLUMNS, (*sheets, *corrected))


def _version(one: PersonMonth | Adjustment) -> tuple[Cell, ...]:
    state = "closed" if one.version else "open"
    return one.unit_code, one.number, one.display_name, one.version, state, one.digest


_VERSION_COLUMNS = tuple(
    Column(name, Both(zh, en))
    for name, zh, en in (
        ("layout", "版式", "Layout"),
        ("distribution", "发行包", "Distribution"),
        ("row", "行类型", "Row"),
        ("counted_month", "计入月份", "Counts in"),
        ("sheet_month", "考勤月份", "Month of the sheet"),
        ("unit_code", "单位", "Unit"),
        ("employee_number", "工号", "Employee number"),
        ("display_name", "姓名", "Name"),
        ("version", "考勤表版本", "Version of the sheet"),
        ("state", "状态", "State"),
        ("inputs_digest", "依据摘要", "Digest of inputs"),
        ("remark", "备注", "Remark"),
    )
)


def adjustment_of(
    one: ShownVersion, unit_code: str, overtime: Iterable[OvertimeFound], *, exported: date
) -> Adjustment:
    """A correction as a layout is told of it; one of the exported month itself counts later, and is taken out here."""
    whose = (one.number, one.display_name, unit_code, one.month, one.version, one.digest.hex(), one.reason)
    added = Adjustment(
        *whose,
        SheetTotals(*with_outside(one.difference, one.more_excused)),
        leave_moved(one.changes.leave),
        tuple(overtime),
    )
    return added.taken_out() if one.month == exported else added


def leave_moved(moved: Iterable[LeaveMoved]) -> tuple[LeaveSum, ...]:
    """What a correction put onto days, less what it took off, by kind."""
    kinds: dict[tuple[str, Both, bool | None, bool], tuple[int, Fraction]] = {}
    for one in moved:
        kind, sign = (one.kind, Both(*one.title), one.paid, one.counts_as_worked), -1 if one.taken_off else 1
        minutes, days = kinds.get(kind, (0, Fraction(0)))
        kinds[kind] = (minutes + sign * one.minutes, days + sign * Fraction(one.days))
    return tuple(LeaveSum(*kind, *kinds[kind]) for kind in sorted(kinds, key=lambda one: (one[0], str(one[1:]))))


def leave_of(days: Iterable[ExcusedDay], month: date) -> tuple[LeaveTaken, ...]:
    """What was taken of the month's days."""
    last = last_day(month)
    return tuple(
        LeaveTaken(
            one.day.work_date,
            one.kind,
            Both(*one.title),
            one.day.part,
            one.day.minutes,
            one.day.days,
            one.paid,
            one.counts_as_worked,
            one.clause,
        )
        for one in days
        if month <= one.day.work_date <= last
    )


def overtime_of(asked: OvertimeRequest, found: int, *, final: bool) -> OvertimeFound:
    """Agreed overtime with what was found of it."""
    return OvertimeFound(
        asked.wish.work_date,
        int(asked.day.percent),
        "time-off" if asked.wish.compensation is Compensation.TIME_OFF else "pay",
        asked.minutes,
        found,
        final,
    )


def days_of(sheet: ShownSheet) -> tuple[ExportedDay, ...]:
    """Every day of a month."""
    return tuple(_day(day) for day in sheet.days)


def _day(day: ShownDay) -> ExportedDay:
    halves = tuple(map(_half, day.halves))
    return ExportedDay(day.work_date, DAYS[day.kind], day.pattern, day.clause, halves)


def _half(half: ShownHalf) -> ExportedHalf:
    cards = {card.side: card for card in half.cards}
    return ExportedHalf(
        half.start[11:16],
        half.end[11:16],
        _punch(cards.get(Side.IN)),
        _punch(cards.get(Side.OUT)),
        half.verdict,
        sum(card.minutes for card in half.cards if card.kind is Kind.LATE),
        sum(card.minutes for card in half.cards if card.kind is Kind.EARLY),
        half.clause,
    )


def _punch(card: ShownCard | None) -> str:
    return card.punch[11:16] if card else ""
