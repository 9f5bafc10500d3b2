"""The distribution's entry point: registers every version of the layouts that ship."""

from bylaw_hooks import hookimpl
from bylaw_hooks.exporting import ExportLayout

from bylaw_sheet_layout.layout import DayLayout, SheetLayout

__all__ = ["DayLayout", "SheetLayout", "bylaw_api", "register_export_layouts"]
bylaw_api = 1


@hookimpl
def register_export_layouts() -> list[ExportLayout]:
    """For payroll, and day by day; version 1 of each."""
    return [SheetLayout(), DayLayout()]
