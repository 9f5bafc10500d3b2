"""Lines of catalogues and stock lists, whatever stands in them: each is taken, passed over or named, and counted."""

import csv
import io

import pytest
from bylaw_chassis.files.refused import FileRefused
from bylaw_inventory.rules.goods_files.catalogue import NAMES, Catalogue, read_catalogue
from bylaw_inventory.rules.goods_files.table import rows_of
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("GDS-1")
HEADING = ["SKU", "Name", "Category", "Barcode", "update_time"]
CELLS = st.sampled_from(
    [
        "",
        " ",
        "A",
        "a",
        "B ",
        "#REF!",
        "Nill",
        "x" * 250,
        "96385074",
        "6901234567893",
        "2016/2/30",
        "2016-02-28",
        "茶",
        '"',
        ",",
    ]
)


def read(data: bytes) -> Catalogue:
    return read_catalogue(rows_of(data, NAMES, needed=["code"]))


def written(rows: list[list[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([HEADING, *rows])
    return target.getvalue().encode()


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=12))
def test_every_line_is_taken_passed_over_or_named(rows: list[list[str]]) -> None:
    found = read(written(rows))
    there = [row for row in rows if any(cell.strip() for cell in row)]
    faulty = {one.line for one in found.faults}
    assert found.lines == len(there) == len(found.items) + found.passed_over + len(faulty)
    assert all(one.column in HEADING and one.fault.zh and one.fault.en for one in found.faults)


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    try:
        found = read(data)
    except FileRefused:
        return
    assert found.lines == len(found.items) + found.passed_over + len({one.line for one in found.faults})


def test_columns_are_found_by_their_names_wherever_they_stand() -> None:
    found = read(" 类目 ,Ignored,商品编码\n茶 ,x, T-1 \n".encode())
    (item,) = found.items.values()
    assert (item.code, item.category, item.display_name) == ("T-1", "茶", "")
