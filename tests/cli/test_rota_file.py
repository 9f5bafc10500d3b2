"""A rota as a file: what it changes of what is published, and every fault of it by its cell."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from bylaw_cli.rota_changes import Changes, compare
from bylaw_cli.rota_file import column_letters, read, write

ZHAO = {"name": "people/z", "number": "1008", "login": "zhao.yifan", "displayName": "赵一帆"}
SUN = {"name": "people/s", "number": "1020", "login": "sun.ning", "displayName": "孙宁"}
NAMESAKE = {"name": "people/n", "number": "1022", "login": "sun.ning.2", "displayName": "孙宁"}
REST: Any = {"person": "people/z", "workDate": "2026-12-02", "code": "rest", "shiftPattern": ""}
PUBLISHED = {("people/z", "2026-12-02"): REST}


def held(file: Path, published: Any = PUBLISHED, people: Any = (ZHAO, SUN, NAMESAKE)) -> Changes:
    return compare(read(file, "en"), people, published, "en")


def typed(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = folder / "rota.csv"
    file.write_text("\n".join([*lines, ""]), encoding=encoding)
    return file


def cells(told: Changes) -> list[tuple[str, str, str, str]]:
    return [(one.place, str(one.person["number"]), one.day, one.word) for one in told.changes]


@pytest.mark.clause("HRS-2")
def test_what_a_file_changes_is_read_cell_by_cell_and_what_it_leaves_empty_stays(tmp_path: Path) -> None:
    told = held(typed(tmp_path, "number,name,2026-12-01,2026/12/2 Wed", "1008,,rest,", "sun.ning,,,floating"))
    assert cells(told) == [("C2", "1008", "2026-12-01", "rest"), ("D3", "1020", "2026-12-02", "floating")]
    assert (told.kept, told.faults) == (1, [])


def test_what_is_published_already_changes_nothing_and_a_dash_takes_it_back(tmp_path: Path) -> None:
    assert cells(held(typed(tmp_path, "number,name,2026-12-02", "1008,,rest"))) == []
    (back,) = held(typed(tmp_path, "number,name,2026-12-02", "赵一帆,,-")).changes
    assert (back.back, back.published) == (True, REST)
    assert held(typed(tmp_path, "number,name,2026-12-02", "1020,,-")).changes == []


def test_a_day_with_a_pattern_of_its_own_is_kept_by_a_star(tmp_path: Path) -> None:
    own = {("people/z", "2026-12-02"): {**REST, "code": "", "shiftPattern": "shiftPatterns/crews@1"}}
    file = typed(tmp_path, "number,name,2026-12-02", "1008,,*")
    assert held(file, own) == Changes([], [], 0)
    assert held(file).faults == ["C2: * keeps a day that a pattern of its own decides, and there is none."]


def test_every_fault_is_named_by_its_cell(tmp_path: Path) -> None:
    head = "number,name,2026-12-01,2026-12-32,2026-12-01"
    told = held(typed(tmp_path, head, "1008,,rest,rest,rest", "1999,,rest", "孙宁,,rest", "赵一帆,,rest", ",,rest"))
    assert told.faults == [
        "D1: the heading is no day such as 2026-12-01.",
        "E1: the day 2026-12-01 is there twice.",
        "A3: nobody called 1999 works in the unit or below it in these months.",
        "A4: several are called 孙宁; type the number.",
        "A5: 赵一帆 is there twice, before in row 2.",
        "A6: the row names nobody.",
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_that_is_handed_in_as_it_is_changes_nothing(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"rota.{ending}"
    rows = [["1008", "赵一帆", "", "rest"], ["1020", "孙宁", "", ""]]
    write(file, ["2026-12-01", "2026-12-02"], rows, made=datetime(2026, 11, 27, tzinfo=UTC), language="zh")
    assert held(file, people=(ZHAO, SUN)) == Changes([], [], 0)


def test_what_a_spreadsheet_makes_of_it_is_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["工号", "姓名", date(2026, 12, 1)])
    book.active.append([1008, "赵一帆", "rest"])
    content = io.BytesIO()
    book.save(content)
    file = tmp_path / "rota.xlsx"
    file.write_bytes(content.getvalue())
    assert cells(held(file)) == [("C2", "1008", "2026-12-01", "rest")]
    chinese = typed(tmp_path, "工号,姓名,2026/12/1 周二", "赵一帆,,rest", encoding="gb18030")
    assert cells(held(chinese)) == [("C2", "1008", "2026-12-01", "rest")]


@pytest.mark.parametrize("content", [b"%PDF-1.7\x00\xff", b"PK\x03\x04broken", b" \n"])
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "rota.csv"
    file.write_bytes(content)
    with pytest.raises(click.ClickException) as refused:
        read(file, "en")
    assert refused.value.message.startswith("rota.csv: ")
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (32, "AG"), (702, "AAA")])
def test_columns_are_called_as_a_spreadsheet_calls_them(place: int, letters: str) -> None:
    assert column_letters(place) == letters
