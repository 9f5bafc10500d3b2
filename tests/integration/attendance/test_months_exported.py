"""A month as a file for payroll: a row for each sheet with its version, and for each correction that counts in it."""

from collections.abc import Iterator

import pytest

from tests.builders.closing import FEBRUARY, MARCH, Months, months_of
from tests.builders.corrections import refusal
from tests.builders.exports import SHIPPED, XLSX, ZIP, files, pages, rows
from tests.databases import Databases

FRIDAY = "2026-02-27"
WHOSE = [
    *("row", "counted_month", "sheet_month", "unit_code", "employee_number", "display_name", "version", "state"),
    "inputs_digest",
]
TOTALS = [
    *("planned_days", "worked_days", "planned_halves", "worked_halves", "late_count", "late_minutes", "early_count"),
    *("early_minutes", "leave_required_count", "missing_card_count", "absent_halves", "pending_count"),
    "worked_minutes",
]
OVERTIME = [
    *("overtime_150_pay_minutes", "overtime_150_time_off_minutes", "overtime_200_pay_minutes"),
    *("overtime_200_time_off_minutes", "overtime_300_pay_minutes"),
]
LEAVE = ["paid_leave_minutes", "unpaid_leave_minutes", "outside_minutes"]
LAYOUT = {
    "sheets": ["layout", *WHOSE, *TOTALS, *OVERTIME, *LEAVE, "remark"],
    "leave": [
        *("layout", *WHOSE, "kind", "kind_title_zh", "kind_title_en", "paid", "counts_as_worked"),
        *("minutes", "days", "days_numerator", "days_denominator"),
    ],
    "overtime": [
        *("layout", *WHOSE, "work_date", "day_kind", "percent", "compensation"),
        *("agreed_minutes", "found_minutes", "final"),
    ],
    "versions": ["layout", "distribution", *WHOSE, "remark"],
}
DAYS = {
    "days": [
        *("layout", *WHOSE, "work_date", "day_kind", "day_clause", "shift_pattern", "planned", "punches"),
        *("findings", "finding_clauses", "late_minutes", "early_minutes", "leave_kinds", "leave_minutes"),
        "overtime_minutes",
    ],
    "versions": LAYOUT["versions"],
}
"""The layouts `bylaw-sheets@1` and `bylaw-days@1`, with what the host adds: another form is another version."""
BY_DAY = "exportLayouts/bylaw-days@1"


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres) as made:
        yield made


@pytest.mark.clause("SHT-1", "SHT-3")
def test_an_export_says_of_each_sheet_which_version_it_holds(months: Months) -> None:
    shop = months.shop
    open_ones = rows(months.exported().data)
    assert [(one["employee_number"], one["version"], one["state"]) for one in open_ones] == [
        ("A-1", "0", "open"),
        ("B-1", "0", "open"),
        ("H-1", "0", "open"),
    ]
    months.finish()
    months.correct(shop.anna, "the gate's book", punches=[f"{FRIDAY} 08:21", f"{FRIDAY} 12:01"])

    file = months.exported(unit=months.company)

    assert file.content_type == "text/csv; charset=utf-8"
    assert file.data.startswith(b"\xef\xbb\xbflayout,row,")
    shown = [(one["row"], one["unit_code"], one["employee_number"], one["version"]) for one in rows(file.data)]
    assert shown == [
        ("sheet", "shop", "A-1", "2"),
        ("sheet", "shop", "B-1", "1"),
        ("sheet", "store", "C-1", "0"),
        ("sheet", "shop", "H-1", "1"),
        ("counted-later", "shop", "A-1", "2"),
    ]
    anna, sheet = rows(file.data)[0], shop.attendance.sheet(shop.anna, FEBRUARY)
    assert (anna["inputs_digest"], anna["layout"], anna["state"]) == (sheet.inputs_digest, "bylaw-sheets@1", "closed")
    assert anna["worked_halves"] == str(sheet.totals.worked_halves)
    assert months.exported(unit=months.company) == file, "the same is the same to the byte"


@pytest.mark.clause("SHT-3")
def test_what_was_corrected_is_a_row_of_the_month_in_which_it_counts(months: Months) -> None:
    shop = months.shop
    months.finish()
    months.correct(shop.anna, "=HYPERLINK(1)", punches=[f"{FRIDAY} 08:21", f"{FRIDAY} 12:01"])
    *_, last = rows(months.exported(MARCH).data)
    assert (last["row"], last["counted_month"], last["sheet_month"]) == ("adjustment", MARCH, FEBRUARY)
    assert (last["employee_number"], last["version"], last["worked_halves"]) == ("A-1", "2", "1")
    assert last["remark"] == "'=HYPERLINK(1)", "nothing is a formula"
    *_, version = rows(months.exported(MARCH, table="versions").data)
    assert (version["row"], version["sheet_month"], version["version"]) == ("adjustment", FEBRUARY, "2")


@pytest.mark.clause("SHT-3")
def test_a_closed_month_adds_up_to_what_was_closed_however_often_it_is_corrected(months: Months) -> None:
    shop = months.shop
    months.finish()
    closed, next_month = _sums(months.exported().data), _sums(months.exported(MARCH).data)
    months.correct(shop.anna, "the gate's book", punches=[f"{FRIDAY} 08:21", f"{FRIDAY} 12:01"])
    months.correct(shop.anna, "the gate's book, its next page", punches=[f"{FRIDAY} 13:55", f"{FRIDAY} 18:01"])

    again = rows(months.exported().data)
    told = [(one["row"], one["version"], one["worked_halves"]) for one in again if one["employee_number"] == "A-1"]

    sheet, *later = told
    assert sheet[:2] == ("sheet", "3")
    assert later == [("counted-later", "2", "-1"), ("counted-later", "3", "-1")]
    assert _sums(months.exported().data) == closed
    counted = _sums(months.exported(MARCH).data)["A-1"]
    assert counted["worked_halves"] == next_month["A-1"]["worked_halves"] + 2, "it is paid once, where it counts"


def _sums(data: bytes) -> dict[str, dict[str, int]]:
    """What the rows of each person come to."""
    every = rows(data)
    people = sorted({one["employee_number"] for one in every})
    return {
        person: {name: sum(int(one[name]) for one in every if one["employee_number"] == person) for name in TOTALS}
        for person in people
    }


@pytest.mark.clause("SHT-1")
def test_a_workbook_and_a_zip_hold_every_table_and_the_versions_behind_them(months: Months) -> None:
    months.finish()
    book, archive = pages(months.exported(format=XLSX).data), files(months.exported(format=ZIP).data)
    assert list(book) == list(LAYOUT)
    assert list(archive) == [f"{name}.csv" for name in LAYOUT]
    assert [row[5] for row in book["sheets"][:2]] == ["工号", "Employee number"]
    for name, columns in LAYOUT.items():
        _, _, *found = book[name]
        told = [
            {key: "" if value is None else str(value) for key, value in zip(columns, row, strict=True)} for row in found
        ]
        assert told == rows(archive[f"{name}.csv"])
    assert archive["sheets.csv"] == months.exported().data
    assert months.exported(format=ZIP) == months.exported(format=ZIP), "the same is the same to the byte"


@pytest.mark.clause("SHT-1")
def test_the_layouts_are_those_that_are_documented(months: Months) -> None:
    for layout, tables in ((SHIPPED, LAYOUT), (BY_DAY, DAYS)):
        for name, columns in tables.items():
            first, *_ = months.exported(layout=layout, table=name).data.decode("utf-8-sig").splitlines()
            assert first.split(",") == columns


@pytest.mark.clause("SHT-1")
def test_every_day_of_everybody_is_a_row_with_its_plan_punches_and_findings(months: Months) -> None:
    months.finish()
    days = rows(months.exported(layout=BY_DAY).data)
    anna = [one for one in days if one["employee_number"] == "A-1"]
    assert [one["work_date"] for one in anna] == [f"2026-02-{day:02}" for day in range(1, 29)]
    friday = anna[26]
    assert (friday["day_kind"], friday["planned"]) == ("work", "08:30-12:00 14:00-18:00")
    assert friday["shift_pattern"] == "fixed-week@1"
    assert {one["version"] for one in days} == {"1"}


@pytest.mark.clause("SEC-1")
def test_a_head_exports_the_own_unit_alone(months: Months) -> None:
    shop = months.shop
    assert len(rows(months.exported(caller=shop.head).data)) == 3
    assert refusal(months.exported, unit=months.company, caller=shop.head).reason == "UNIT_NOT_FOUND"


def test_what_there_is_not_is_refused_and_said(months: Months) -> None:
    assert refusal(months.exported, format=9).reason == "FIELD_INVALID"
    assert refusal(months.exported, layout="bylaw-sheets@1").reason == "FIELD_INVALID"
    assert refusal(months.exported, format=XLSX, table="leave").reason == "FIELD_INVALID"
    unknown = refusal(months.exported, layout="exportLayouts/acme-payroll@1")
    assert (unknown.reason, unknown.variables["known"]) == ("EXPORT_LAYOUT_NOT_FOUND", "bylaw-days@1, bylaw-sheets@1")
    table = refusal(months.exported, table="payroll")
    assert (table.reason, table.variables["known"]) == (
        "EXPORT_TABLE_NOT_FOUND",
        "sheets, leave, overtime, versions",
    )
