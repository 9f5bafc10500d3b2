"""What our payroll program reads: number, days worked, hours of overtime to be paid, and what was corrected."""

from bylaw_hooks import Both, hookimpl
from bylaw_hooks.exporting import Adjustment, Cell, Column, ExportedMonth, ExportLayout, ExportTable, PersonMonth

bylaw_api = 1
COLUMNS = (Column("工号"), Column("类型"), Column("出勤天数"), Column("加班小时"))


class Payroll(ExportLayout):
    """Version 1; another form is a version 2 beside it."""

    name, version, title, encoding = "acme-payroll", 1, Both("薪资接口", "Payroll"), "gb18030"

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        sheets = (row("本月", one, one.totals.worked_days) for one in month.people)
        corrected = (row("更正", one, one.difference.worked_days) for one in month.adjustments)
        return (ExportTable("payroll", COLUMNS, (*sheets, *corrected)),)


def row(kind: str, one: PersonMonth | Adjustment, days: int) -> tuple[Cell, ...]:
    """A person's row; a correction of an earlier month has its own."""
    minutes = sum(one.overtime_minutes(percent, "pay") for percent in (150, 200, 300))
    return (one.number, kind, days, round(minutes / 60, 2))


@hookimpl
def register_export_layouts() -> list[ExportLayout]:
    """Payroll."""
    return [Payroll()]
