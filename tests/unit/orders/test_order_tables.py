"""Files as tables: encodings, delimiters, headings below titles, and which importer knows them (ORD-1)."""

import csv
import gzip
import io
from dataclasses import dataclass
from typing import Any

import pytest
from bylaw_chassis.files import csv_rows
from bylaw_chassis.files.csv_rows import delimiter_of, numbered_rows
from bylaw_chassis.files.opening import open_text, other_encoding
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_hooks.orders import Header
from bylaw_orders.rules.order_files.choosing import choose
from bylaw_orders.rules.order_files.refusals import ImporterAmbiguous, ImporterNotFound
from bylaw_orders.rules.order_files.tables import candidates
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-1")
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=20)


@dataclass
class Known:
    """What an importer answers."""

    known: tuple[bool, ...]
    missing: tuple[str, ...]


class Importers:
    """Importers by the columns that each needs."""

    def __init__(self, most_tables: int = 1, **needed: set[str]) -> None:
        self._needed = needed
        self.most_tables = dict.fromkeys(needed, most_tables)

    def match(self, importer: str, headers: tuple[Header, ...]) -> Known:
        needed = self._needed[importer]
        known = tuple(needed <= set(header) for header in headers)
        there = {name for header in headers for name in header}
        return Known(known, tuple(sorted(needed - there)))


def refused(call: Any, *arguments: Any) -> FileRefused:
    with pytest.raises(FileRefused) as found:
        call(*arguments)
    return found.value


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a,b,c\n", ","), ("a\tb\tc\n1,2\t3\n", "\t"), ('"a,b";c;d\n', ";"), ("alone\n", ","), ("\n\na\tb\n", "\t")],
)
def test_what_stands_between_cells_is_seen_by_the_heading(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_between_tabs_a_quote_is_a_mark_of_inches_unless_it_stands_at_both_ends() -> None:
    rows = list(numbered_rows('a\tb\r\n5" cable\t"Best ""mug"""\n"half\tx\n', "\t"))
    assert rows == [(1, ["a", "b"]), (2, ['5" cable', 'Best "mug"']), (3, ['"half', "x"])]


@given(st.lists(CHINESE, min_size=1, max_size=8))
def test_a_file_in_one_encoding_is_never_taken_for_two(lines: list[str]) -> None:
    text = "\n".join(lines)
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert other_encoding(text.encode(encoding)) == 0


def test_the_first_line_in_another_encoding_is_named() -> None:
    plain, other = "订单编号,收货人\n1,李小明\n".encode(), "2,王芳芳\n".encode("gb18030")
    assert other_encoding(plain + other) == 3
    assert other_encoding(other + b"ascii\n" + plain) == 3
    assert refused(lambda: open_text(plain + other, in_one_encoding=True)).reason is FileReason.ENCODING_MIXED
    assert "李小明" in open_text(plain + b"3,ok\n", in_one_encoding=True)


def test_a_heading_may_stand_below_titles_and_rows_keep_the_numbers_of_their_lines() -> None:
    found = candidates(gzip.compress("\n导出,2026\n\nNo,Code\n1,A\n\n2,B\n".encode()))
    heading = next(one for one in found if one.header == ("No", "Code"))
    assert list(heading.table(1).rows()) == [(10_000_005, ["1", "A"]), (10_000_007, ["2", "B"])]
    assert list(heading.table(0).rows()) == [(5, ["1", "A"]), (7, ["2", "B"])]


def test_of_several_importers_the_only_one_that_knows_every_file_reads_them() -> None:
    one, other = candidates(b"No,Code\n1,A\n"), candidates(b"x,y\n1,2\n")
    importers = Importers(a={"No", "Code"}, b={"No", "Price"})
    assert choose([one], "", importers).importer == "a"
    assert refused(choose, [other], "", importers).reason is FileReason.NOT_RECOGNISED
    lacking = refused(choose, [one], "b", importers)
    assert (lacking.reason, lacking.variables["expected"]) == (FileReason.HEADER_WRONG, "Price")
    nearest = refused(choose, [candidates(b"No,x\n")], "", Importers(a={"No", "Code"}, c={"p", "q", "r"}))
    assert nearest.variables["expected"] == "Code"
    assert refused(choose, [one, one], "a", importers).reason is not FileReason.EMPTY


def test_where_several_know_a_file_one_must_be_named() -> None:
    file, importers = candidates(b"No,Code\n1,A\n"), Importers(a={"No"}, b={"Code"})
    with pytest.raises(ImporterAmbiguous) as ambiguous:
        choose([file], "", importers)
    assert "a, b" in ambiguous.value.message_en
    assert choose([file], "b", importers).importer == "b"
    with pytest.raises(ImporterNotFound):
        choose([file], "c", importers)


CELL = st.text(st.sampled_from('ab ,"\n\r\t;茶'), max_size=4)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=12)


@given(TABLE, st.sampled_from(["\n", "\r\n"]), st.integers(1, 40))
def test_rows_are_the_same_however_many_are_parsed_at_once(table: list[list[str]], end: str, at_once: int) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(table)
    whole = text.getvalue()
    one_by_one = [*csv_rows._row_by_row(whole, ",", 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_rows, "STRETCH", at_once)
        assert [*numbered_rows(whole, ",")] == one_by_one
