"""Sentences about telling formats apart, and the promise that no bytes do more than be refused."""

import gzip
from collections.abc import Callable

import pytest
from bylaw_attendance.formats.attlog import read_attlog
from bylaw_attendance.formats.columns import DIRECTION_IN, PunchFile
from bylaw_attendance.formats.csv_punches import read_csv_punches
from bylaw_attendance.formats.sniff import FileFormat, read_punches, recognise
from bylaw_attendance.formats.wide import read_wide
from bylaw_attendance.rules.judging.punch import file_words
from bylaw_chassis.files.refused import FileReason, FileRefused
from hypothesis import example, given
from hypothesis import strategies as st

from .clock_files import PUBLISHED, named_export, usb_export

WIDE = ",01/01/2015,02/01/2015\r\n1,NA,02/01/2015 09:43\r\n"
CSV = "employee_number,local_time,direction\n7,2026-09-01 08:20,in\n"


@pytest.mark.parametrize("body", [*PUBLISHED.values(), usb_export(), named_export(), "SN9\n" + usb_export() + "AB12\n"])
def test_every_log_of_a_clock_is_recognised(body: str) -> None:
    assert recognise(body) is FileFormat.ATTLOG


def test_the_wide_file_and_our_csv_are_recognised_with_and_without_packing() -> None:
    assert recognise(WIDE) is FileFormat.WIDE
    assert recognise(CSV) is FileFormat.CSV
    for data in (WIDE.encode(), gzip.compress(WIDE.encode())):
        assert len(read_punches(data, direction=DIRECTION_IN).columns) == 1


def test_a_wide_file_without_its_direction_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        read_punches(WIDE.encode())
    assert caught.value.reason is FileReason.DIRECTION_MISSING


@pytest.mark.parametrize("text", ["Dear colleagues,\nplease find attached\n", "{}", "order,price\n1,2\n", "<html>"])
def test_a_text_that_holds_no_punches_is_not_recognised(text: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_punches(text.encode())
    assert caught.value.reason is FileReason.NOT_RECOGNISED
    assert caught.value.variables["seen"] in text


PIECES = st.sampled_from([
    b"\n", b"\r\n", b"\r", b"\t", b",", b'"', b" ", b"\0", b"\x1f\x8b", b"\xef\xbb\xbf", b"\xff\xfe", b"\xd5",
    b"PIN=", b"Time=", b"data=", b"&", b"%09", b"SN=1", b"table=ATTLOG", b"NA", b"01/01/2015", b"01/01/2015 09:30",
    b"31/02/2015", b"employee_number", b"local_time", b"status", b"2026-09-01 08:20:01", b"2026-09-31 08:20:01",
    "姓名,工号,日期,上班1打卡时间,下班1打卡时间\n".encode(), "姓名".encode(), "次日 00:30".encode(), b"PK\x03\x04",
    b"9999-12-31 23:59:59", b"0001-01-01 00:00", b"+08:00", b"+28800", b"0", b"101", b"7",
])  # fmt: skip
BYTES = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=40).map(b"".join))


def outcome(reader: Callable[[], PunchFile]) -> tuple[object, ...]:
    try:
        read = reader()
    except FileRefused as refused:
        return refused.reason, *file_words(refused)
    return (
        list(read.columns.rows()), read.refusals, read.repeated_lines.tolist(), read.complete_until,
        [(refusal.zh, refusal.en) for refusal in read.refusals],
    )  # fmt: skip


@example(data=b'""', pushed=False, packing="plain")
@given(data=BYTES, pushed=st.booleans(), packing=st.sampled_from(["plain", "packed"]))
def test_any_bytes_are_read_or_refused_and_read_twice_are_the_same(*, data: bytes, pushed: bool, packing: str) -> None:
    sent = gzip.compress(data, mtime=0) if packing == "packed" else data
    for reader in (
        lambda: read_punches(sent, direction=DIRECTION_IN),
        lambda: read_attlog(sent, device="D", pushed=pushed),
        lambda: read_csv_punches(sent, device="D"),
        lambda: read_wide(sent, direction=DIRECTION_IN),
    ):
        assert outcome(reader) == outcome(reader)


@given(st.lists(st.sampled_from(PUBLISHED["adms_10col_two_lines"].split("\n")), max_size=6), st.integers(1, 9))
def test_a_line_number_points_at_the_line_it_was_read_from(lines: list[str], blanks: int) -> None:
    text = "\n" * blanks + "\n".join([*lines, "7\t2026-09-01 08:20:01\t0\t1\t0\t0\t0\t0\t0\t0"])
    for row in read_attlog(text.encode()).columns.rows():
        line = text.split("\n")[row.line_number - 1]
        assert line.startswith(f"{row.person_number}\t{row.local_text}\t{row.status}\t{row.verify}")
