"""A month in a layout: which tables are files by themselves, what the service adds to all, and how it writes."""

import csv
import io
from fractions import Fraction
from uuid import UUID

import pytest
from bylaw_attendance.exported_files import exported_file
from bylaw_attendance.rules.sheets.export_refusals import ExportTableNotFound, ExportTableUnversioned
from bylaw_attendance.rules.sheets.exported_month import (
    Exported,
    ExportFormat,
    OfferedLayout,
    leave_moved,
    says_versions,
    versions_table,
)
from bylaw_attendance.rules.sheets.sheet_changes import LeaveMoved
from bylaw_hooks import Both
from bylaw_hooks.exporting import Cell, Column, ExportTable
from bylaw_kit.export_months import OCTOBER, adjustment, month_of, person

from tests.builders.exports import pages

LAYOUT = OfferedLayout("acme-payroll@1", "薪资", "Payroll", "gb18030", with_days=False, distribution="acme-payroll 1.0")
LI, CORRECTED = person("A-1", version=3), adjustment("A-1", late_count=-1)
MONTH = month_of(LI, person("A-2", version=0, digest="", fault="NO_POLICY"), adjustments=(CORRECTED,))
SAYING = ("employee_number", "version", "inputs_digest")


def table(*rows: tuple[Cell, ...], columns: tuple[str, ...] = SAYING) -> ExportTable:
    return ExportTable("payroll", tuple(map(Column, columns)), rows)


def exported(*tables: ExportTable) -> Exported:
    return Exported(MONTH, LAYOUT, [*tables, versions_table(LAYOUT, MONTH)])


def written(one: ExportTable, form: ExportFormat = ExportFormat.CSV) -> bytes:
    return exported_file(exported(one), form, "")[0]


@pytest.mark.clause("SHT-1", "SHT-3")
def test_the_service_says_of_every_sheet_and_every_correction_which_version_it_is() -> None:
    added = versions_table(LAYOUT, MONTH)
    names = [column.name for column in added.columns]
    rows = [dict(zip(names, row, strict=True)) for row in added.rows]
    assert [(one["row"], one["sheet_month"], one["version"], one["state"], one["remark"]) for one in rows] == [
        ("sheet", "2026-10", 3, "closed", ""),
        ("sheet", "2026-10", 0, "open", "NO_POLICY"),
        ("adjustment", "2026-09", 2, "closed", "the gate's book"),
    ]
    assert {(one["layout"], one["distribution"]) for one in rows} == {("acme-payroll@1", "acme-payroll 1.0")}


@pytest.mark.clause("SHT-1")
def test_a_table_is_a_file_by_itself_only_where_each_row_names_a_sheet_that_the_export_holds() -> None:
    own, corrected = (LI.number, 3, LI.digest), (CORRECTED.number, 2, CORRECTED.digest)
    assert says_versions(table(own, corrected, ("A-2", 0, "")), MONTH)
    assert says_versions(table(own, ("A-2", 0, None)), MONTH), "nothing is an empty digest"
    assert not says_versions(table(own, (LI.number, 2, LI.digest)), MONTH), "another version than it holds"
    assert not says_versions(table(own[:2], columns=SAYING[:2]), MONTH)
    with pytest.raises(ExportTableUnversioned):
        exported(table(("A-9", 1, "ff"))).alone("")
    with pytest.raises(ExportTableNotFound):
        exported(table(own)).alone("days")
    assert exported(table(own)).alone("versions").name == "versions"


def test_a_csv_keeps_texts_from_being_formulas_in_the_layouts_own_encoding() -> None:
    of_li = (LI.number, 3, LI.digest)
    written_rows = written(table((*of_li, "=1+1"), (*of_li, "李"), (*of_li, -1.5), columns=(*SAYING, "备注")))
    read = list(csv.reader(io.StringIO(written_rows.decode("gb18030"), newline="")))
    assert [row[-1] for row in read] == ["备注", "'=1+1", "李", "-1.5"]


def test_a_workbook_has_one_line_of_headings_or_one_a_language() -> None:
    plain = pages(written(table(), ExportFormat.XLSX))
    assert plain["payroll"] == [SAYING]
    titled = ExportTable("payroll", (Column("number", Both("工号", "Number")), Column("x")), (("A-1", None),))
    assert pages(written(titled, ExportFormat.XLSX))["payroll"] == [("工号", "x"), ("Number", "x"), ("A-1", None)]


@pytest.mark.clause("SHT-3", "LVE-1")
def test_leave_that_a_correction_moves_is_told_by_kind_exactly() -> None:
    request = UUID(int=1)

    def moved(kind: str, minutes: int, days: str, *, off: bool = False) -> LeaveMoved:
        return LeaveMoved(request, kind, ("假", "leave"), OCTOBER, minutes, days, False, off, True)

    found = leave_moved([moved("sick", 450, "1"), moved("annual", 210, "1/2", off=True), moved("sick", 70, "7/45")])
    assert [(one.kind, one.minutes, one.days) for one in found] == [
        ("annual", -210, Fraction(-1, 2)),
        ("sick", 520, Fraction(52, 45)),
    ]
