"""Refused lines come back exactly, files of rows hold no formula, and amounts are read as people type them."""

import gzip
import io

import openpyxl
import pytest
from bylaw_console.selling.money import mean, money, plain, smallest_of
from bylaw_console.selling.refused_lines import cut
from bylaw_console.selling.rows_file import rows_file

TEXT = '编号,留言\n1,"甲\n乙"\n2,丙\n\n3,"丁,戊"\n'


def test_a_refused_line_comes_back_as_it_was_with_the_heading_above() -> None:
    assert cut(TEXT.encode(), {2}, 2).decode("utf-8-sig") == '编号,留言\r\n1,"甲\n乙"\r\n'
    assert cut(TEXT.encode(), {6}, 2).decode("utf-8-sig") == '编号,留言\r\n3,"丁,戊"\r\n'


def test_a_packed_file_of_another_encoding_comes_back_as_text() -> None:
    packed = gzip.compress(TEXT.encode("gb18030"))
    assert cut(packed, {4}, 2).decode("utf-8-sig") == "编号,留言\r\n2,丙\r\n"


def test_lines_of_a_workbook_come_back_as_csv() -> None:
    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in (("编号", "留言"), ("1", "甲"), ("2", "乙")):
        book.active.append(row)
    book.save(written)
    assert cut(written.getvalue(), {3}, 2).decode("utf-8-sig") == "编号,留言\r\n2,乙\r\n"


def test_no_cell_of_a_file_of_rows_is_a_formula() -> None:
    written = rows_file("订单.csv", ["a", "b"], [["=1+1", "-12.50"], ["@x", "+8613812345678"]])
    assert written.get_data().decode("utf-8-sig") == "a,b\r\n'=1+1,-12.50\r\n'@x,'+8613812345678\r\n"


def test_amounts_are_read_and_written_as_people_do() -> None:
    assert money(123450, "CNY") == "1,234.50"
    assert money("12.5", "CNY") == "0.125"
    assert plain(123450, "CNY") == "1234.50"
    assert money(1200, "JPY") == "1,200"
    assert mean("90742.86", "CNY") == "907.43"
    assert smallest_of("1，234.50", "CNY") == 123450
    with pytest.raises(ValueError, match="一百"):
        smallest_of("一百", "CNY")
