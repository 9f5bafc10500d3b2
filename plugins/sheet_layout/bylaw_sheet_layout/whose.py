"""The columns with which every row of every table begins: whose sheet it is of, and in which version."""

from bylaw_hooks import Both
from bylaw_hooks.exporting import Adjustment, Cell, Column, ExportedMonth, PersonMonth

SHEET = "sheet"
OPEN, CLOSED = "open", "closed"
WHOSE = (
    Column("layout", Both("版式", "Layout")),
    Column("row", Both("行类型", "Row")),
    Column("counted_month", Both("计入月份", "Counts in")),
    Column("sheet_month", Both("考勤月份", "Month of the sheet")),
    Column("unit_code", Both("单位", "Unit")),
    Column("employee_number", Both("工号", "Employee number")),
    Column("display_name", Both("姓名", "Name")),
    Column("version", Both("考勤表版本", "Version of the sheet")),
    Column("state", Both("状态", "State")),
    Column("inputs_digest", Both("依据摘要", "Digest of inputs")),
)


def whose(layout: str, month: ExportedMonth, one: PersonMonth | Adjustment) -> tuple[Cell, ...]:
    """The cells of a person's row."""
    row, sheet = (one.row(month.month), one.month) if isinstance(one, Adjustment) else (SHEET, month.month)
    state = CLOSED if one.version else OPEN
    of = (layout, row, f"{month.month:%Y-%m}", f"{sheet:%Y-%m}", one.unit_code, one.number, one.display_name)
    return (*of, one.version, state, one.digest)
