"""The table `days`: a row for each day of each person, with plan, punches, findings, leave and overtime."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bylaw_hooks import Both
from bylaw_hooks.exporting import (
    Cell,
    Column,
    ExportedDay,
    ExportedMonth,
    ExportTable,
    LeaveTaken,
    OvertimeFound,
    PersonMonth,
)

from bylaw_sheet_layout.whose import WHOSE, whose

FINDINGS = {
    0: "unasked",
    1: "on-time",
    2: "early",
    3: "late",
    4: "missing-card",
    5: "leave-required",
    6: "absent",
    7: "pending",
}
COLUMNS = (
    *WHOSE,
    Column("work_date", Both("日期", "Day")),
    Column("day_kind", Both("日期类型", "What the day is")),
    Column("day_clause", Both("日期依据", "Clause of the day")),
    Column("shift_pattern", Both("班制", "Shift pattern")),
    Column("planned", Both("计划", "Planned")),
    Column("punches", Both("打卡", "Punches")),
    Column("findings", Both("结论", "Findings")),
    Column("finding_clauses", Both("结论依据", "Clauses of the findings")),
    Column("late_minutes", Both("迟到分钟", "Minutes late")),
    Column("early_minutes", Both("早退分钟", "Minutes left early")),
    Column("leave_kinds", Both("假种", "Kinds of leave")),
    Column("leave_minutes", Both("请假分钟", "Minutes of leave")),
    Column("overtime_minutes", Both("加班分钟", "Minutes of overtime")),
)


def day_table(layout: str, month: ExportedMonth) -> ExportTable:
    """By employee number, then by day; halves of a day stand in their order, apart by blanks."""
    return ExportTable("days", COLUMNS, tuple(row for one in month.people for row in _rows(layout, month, one)))


def _rows(layout: str, month: ExportedMonth, one: PersonMonth) -> Iterator[tuple[Cell, ...]]:
    begins = whose(layout, month, one)
    leave, overtime = _leave_by_day(one.leave), _overtime_by_day(one.overtime)
    for day in one.days:
        taken = leave.get(day.work_date, ())
        kinds, minutes = _together(each.kind for each in taken), sum(each.minutes for each in taken)
        yield (*begins, *_day(day), kinds, minutes, overtime.get(day.work_date, 0))


def _day(day: ExportedDay) -> tuple[Cell, ...]:
    halves = day.halves
    return (
        day.work_date.isoformat(),
        day.kind,
        day.clause,
        day.pattern,
        " ".join(f"{half.start}-{half.end}" for half in halves),
        " ".join(f"{half.arrived or '?'}-{half.left or '?'}" for half in halves),
        " ".join(FINDINGS[half.finding] for half in halves),
        _together(half.clause for half in halves),
        sum(half.late_minutes for half in halves),
        sum(half.early_minutes for half in halves),
    )


def _together(names: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, names)))


def _leave_by_day(leave: Iterable[LeaveTaken]) -> Mapping[date, Sequence[LeaveTaken]]:
    found: dict[date, list[LeaveTaken]] = defaultdict(list)
    for one in leave:
        found[one.work_date].append(one)
    return found


def _overtime_by_day(overtime: Iterable[OvertimeFound]) -> Mapping[date, int]:
    found: dict[date, int] = defaultdict(int)
    for one in overtime:
        found[one.work_date] += one.found_minutes
    return found
