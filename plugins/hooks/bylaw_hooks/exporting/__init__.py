"""What an export layout is written with: a closed or open month as payroll counts it in, tables of plain cells out."""

from bylaw_hooks.exporting.answers import Cell, Column, Encoding, ExportTable
from bylaw_hooks.exporting.facts import (
    Adjustment,
    ExportedDay,
    ExportedHalf,
    ExportedMonth,
    LeaveSum,
    LeaveTaken,
    OvertimeFound,
    PersonMonth,
    SheetTotals,
)
from bylaw_hooks.exporting.layouts import ExportLayout

__all__ = ["Adjustment", "Cell", "Column", "Encoding", "ExportLayout", "ExportTable", "ExportedDay", "ExportedHalf"]
__all__ += ["ExportedMonth", "LeaveSum", "LeaveTaken", "OvertimeFound", "PersonMonth", "SheetTotals"]
