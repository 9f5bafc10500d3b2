"""The table `leave`: a row for each kind of leave, trip or duty outside that a person took in the month.

Days are told twice: as a number of six places to add up, and exactly, as a fraction of two whole numbers. Written as
`3/2` a spreadsheet would take it for a date.
"""

from fractions import Fraction

from bylaw_hooks import Both
from bylaw_hooks.exporting import Cell, Column, ExportedMonth, ExportTable, LeaveSum

from bylaw_sheet_layout.whose import WHOSE, whose

PLACES = 6
PAID = {True: "yes", False: "no", None: ""}
COLUMNS = (
    *WHOSE,
    Column("kind", Both("假种代码", "Code of the kind")),
    Column("kind_title_zh", Both("假种", "Kind, in Chinese")),
    Column("kind_title_en", Both("假种(英文)", "Kind, in English")),
    Column("paid", Both("带薪", "Paid")),
    Column("counts_as_worked", Both("视同出勤", "Counts as worked")),
    Column("minutes", Both("分钟", "Minutes")),
    Column("days", Both("天数", "Days")),
    Column("days_numerator", Both("天数分子", "Days, numerator")),
    Column("days_denominator", Both("天数分母", "Days, denominator")),
)


def leave_table(layout: str, month: ExportedMonth) -> ExportTable:
    """By employee number, then by the kind's code; what corrections put on or took off behind them."""
    sheets = (_row(whose(layout, month, one), kind) for one in month.people for kind in one.leave_by_kind())
    corrected = (_row(whose(layout, month, one), kind) for one in month.adjustments for kind in one.leave)
    return ExportTable("leave", COLUMNS, (*sheets, *corrected))


def _row(begins: tuple[Cell, ...], kind: LeaveSum) -> tuple[Cell, ...]:
    said = (kind.kind, kind.title.zh, kind.title.en, PAID[kind.paid], PAID[kind.counts_as_worked])
    return (*begins, *said, kind.minutes, number(kind.days), *kind.days.as_integer_ratio())


def number(amount: Fraction) -> int | float:
    """As a spreadsheet adds it up, to six places."""
    return amount.numerator if amount.denominator == 1 else round(float(amount), PLACES)
