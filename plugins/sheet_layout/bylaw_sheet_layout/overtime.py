"""The table `overtime`: a row for each agreed overtime, with what the punches bear out of it (HRS-7)."""

from bylaw_hooks import Both
from bylaw_hooks.exporting import Adjustment, Cell, Column, ExportedMonth, ExportTable, OvertimeFound, PersonMonth

from bylaw_sheet_layout.whose import WHOSE, whose

DAYS = {150: "working-day", 200: "rest-day", 300: "statutory-holiday"}
COLUMNS = (
    *WHOSE,
    Column("work_date", Both("日期", "Day")),
    Column("day_kind", Both("日期类型", "What the day is")),
    Column("percent", Both("计酬比例", "Per cent")),
    Column("compensation", Both("补偿方式", "Compensation")),
    Column("agreed_minutes", Both("批准分钟", "Minutes agreed")),
    Column("found_minutes", Both("认定分钟", "Minutes found")),
    Column("final", Both("已定", "Final")),
)


def overtime_table(layout: str, month: ExportedMonth) -> ExportTable:
    """By employee number, then by time; what is found otherwise since a correction behind them."""
    every: tuple[PersonMonth | Adjustment, ...] = (*month.people, *month.adjustments)
    rows = (_row(whose(layout, month, one), done) for one in every for done in one.overtime)
    return ExportTable("overtime", COLUMNS, tuple(rows))


def _row(begins: tuple[Cell, ...], done: OvertimeFound) -> tuple[Cell, ...]:
    day = (done.work_date.isoformat(), DAYS.get(done.percent, ""), done.percent, done.compensation)
    return (*begins, *day, done.agreed_minutes, done.found_minutes, "yes" if done.final else "no")
