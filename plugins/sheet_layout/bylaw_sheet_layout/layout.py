"""The layouts `bylaw-sheets@1`, a row a sheet with leave and overtime beside it, and `bylaw-days@1`, a row a day."""

from bylaw_hooks import Both
from bylaw_hooks.exporting import ExportedMonth, ExportLayout, ExportTable

from bylaw_sheet_layout.days import day_table
from bylaw_sheet_layout.leave import leave_table
from bylaw_sheet_layout.overtime import overtime_table
from bylaw_sheet_layout.sheets import sheet_table


class SheetLayout(ExportLayout):
    """Its columns, their order and their meaning never change: another form is another version."""

    name, version, title = "bylaw-sheets", 1, Both("考勤结算", "Attendance for payroll")

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        return tuple(table(self.identity, month) for table in (sheet_table, leave_table, overtime_table))


class DayLayout(ExportLayout):
    """Likewise; apart, for it is thirty times as long."""

    name, version, title = "bylaw-days", 1, Both("考勤日明细", "Attendance day by day")
    with_days = True

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        return (day_table(self.identity, month),)
