"""Sentences about workbooks: what a cell shows is what openpyxl, the reference, says of it; what no program writes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import sheets_of
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

LIMIT_BYTES = 10_000_000
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHOWN = [
    ("王五", "王五"),
    ("  with spaces ", "with spaces"),
    (1004, "1004"),
    (1004.0, "1004"),
    (0.5, "0.5"),
    (-3, "-3"),
    (True, "True"),
    (datetime(2026, 2, 2, 8, 25), "2026-02-02 08:25:00"),  # noqa: DTZ001 - the wall's
    (date(2026, 2, 2), "2026-02-02 00:00:00"),
    (time(8, 25), "08:25:00"),
    (timedelta(hours=32, minutes=25), "32:25:00"),
]


def packed(made: Workbook) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def rows(data: bytes) -> list[tuple[int, list[str]]]:
    (sheet,) = sheets_of(data, size_limit_bytes=LIMIT_BYTES)
    return list(sheet.rows())


def by_hand(sheet: str, *, texts: Sequence[str] = (), book: str = "", head: str = "") -> bytes:
    """A workbook of one sheet, its parts written out."""
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{TYPES}/{kind}" Target="{target}"/>'
        for kind, target in (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "/xl/sharedStrings.xml"))
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} {RELATED}>{book}<sheets><sheet name="一" r:id="rworksheet"/></sheets></workbook>',
        )
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        )
        made.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{''.join(f'<si>{text}</si>' for text in texts)}</sst>")
        made.writestr("xl/worksheets/sheet1.xml", f"{head}<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>")
    return held.getvalue()


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_a_cell_shows_what_people_see_in_it(epoch: datetime) -> None:
    made = Workbook()
    made.epoch = epoch
    made.active.append([value for value, _ in SHOWN])

    assert rows(packed(made)) == [(1, [text for _, text in SHOWN])]


def test_rows_keep_their_numbers_and_cells_their_columns_whatever_is_empty_between() -> None:
    made = Workbook()
    made.active["C2"], made.active["AB5"] = "a", "b"

    assert rows(packed(made)) == [(2, ["", "", "a"]), (5, [*[""] * 27, "b"])]


def test_a_shared_text_is_its_runs_joined_without_how_it_is_pronounced() -> None:
    texts = ["<r><t>打卡</t></r><r><t>时间</t></r><rPh><t>daka</t></rPh><phoneticPr/>", "<t>工号</t>"]
    inline = '<c t="inlineStr"><is><t>日</t><rPh><t>ri</t></rPh></is></c>'
    cells = f'<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c>{inline}</row>'

    assert rows(by_hand(cells, texts=texts)) == [(1, ["工号", "打卡时间", "日"])]


def test_what_a_formula_came_to_is_shown_and_not_the_formula() -> None:
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1</f><v>08:25</v></c><c r="C1" t="e"><v>#N/A</v></c>'

    assert rows(by_hand(f'<row r="1">{cells}</row>')) == [(1, ["2", "08:25", "#N/A"])]


@pytest.mark.parametrize(
    "broken",
    [
        by_hand("", head="<!DOCTYPE x [<!ENTITY y 'z'>]>"),
        by_hand('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'),
        by_hand('<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>'),
        by_hand('<row r="1"><c r="a1"><v>1</v></c></row>'),
        by_hand('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
        by_hand('<row r="1"><c r="PA1"><v>1</v></c></row>'),
        by_hand('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
        by_hand('<row r="1"><c r="A1"><v>eight</v></c></row>'),
        by_hand('<row r="1"><c r="A1"><v>1</v>'),
    ],
    ids=["entities", "rows back", "a cell twice", "no column", "far column", "wide", "no text", "no number", "cut off"],
)  # fmt: skip
def test_what_no_program_for_spreadsheets_writes_is_damaged(broken: bytes) -> None:
    with pytest.raises(FileRefused) as caught:
        rows(broken)

    assert caught.value.reason is FileReason.DAMAGED


def test_a_sheet_that_is_read_to_its_heading_alone_can_be_read_again_from_its_beginning() -> None:
    made = Workbook()
    for number in range(1, 2_001):
        made.active.append([number])
    (sheet,) = sheets_of(packed(made), size_limit_bytes=LIMIT_BYTES)

    assert next(sheet.rows()) == (1, ["1"])
    assert [texts for _, texts in sheet.rows()] == [[str(number)] for number in range(1, 2_001)]
