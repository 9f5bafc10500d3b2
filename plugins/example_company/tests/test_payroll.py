"""October as the payroll program reads it: a row each, worked out by hand; nothing but `bylaw-hooks` is installed."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from bylaw_hooks.exporting import ExportedMonth
from bylaw_kit.export_months import HOSTILE, NOTHING, adjustment, month_of, overtime, person, taken

from example_company import Payroll, register_export_layouts

FIFTH, SIXTH = date(2026, 10, 5), date(2026, 10, 6)
LI = person(
    "E-1",
    display_name="李梅",
    totals=replace(NOTHING, worked_days=21, late_count=2),
    leave=(taken(FIFTH, 100, kind="personal", paid=False), taken(SIXTH, 450, kind="sick")),
    overtime=(overtime(FIFTH, 150, 95), overtime(FIFTH, 200, 120, compensation="time-off"), overtime(SIXTH, 300, 60)),
)
CORRECTED = adjustment("E-1", worked_days=1, absent_halves=-2)
GONE = adjustment("E-0", late_count=-1)
MONTH = month_of(LI, person("E-2", display_name=HOSTILE), adjustments=(CORRECTED, GONE))
GOLDEN = Path(__file__).parents[1] / "golden/example-payroll@1.csv"


def read(month: ExportedMonth) -> str:
    """The table as a CSV."""
    (table,) = Payroll().tables(month)
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerows([[column.name for column in table.columns], *table.rows])
    return target.getvalue()


def test_a_row_has_days_and_hours_and_what_was_corrected_of_earlier_months() -> None:
    (table,) = Payroll().tables(MONTH)
    li = dict(zip((column.name for column in table.columns), table.rows[0], strict=True))
    assert (li["员工编号"], li["期间"], li["出勤天数"], li["迟到次数"], li["旷工半天"]) == ("E-1", "202610", 22, 2, -2)
    assert (li["事假小时"], li["病假小时"]) == (1.67, 7.5)
    assert (li["平日加班"], li["休息日加班"], li["法定加班"]) == (1.58, 0.0, 1.0)
    assert [row[-1] for row in table.rows] == ["是", "", "是"]


def test_who_has_left_and_is_corrected_has_a_row() -> None:
    (table,) = Payroll().tables(MONTH)
    assert table.rows[-1][:5] == ("E-0", "Name of E-0", "202610", 0, -1)


def test_version_1_is_as_it_was() -> None:
    assert read(MONTH) == GOLDEN.read_text(encoding="utf-8"), "another form is a version 2 beside it"


def test_the_layout_is_registered() -> None:
    assert [layout.identity for layout in register_export_layouts()] == ["example-payroll@1"]
