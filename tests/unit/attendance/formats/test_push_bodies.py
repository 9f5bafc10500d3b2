"""Sentences about the bodies clocks push: all published ones read right, wrapped and unwrapped."""

from urllib.parse import quote_plus

import pytest
from bylaw_attendance.formats.attlog import read_attlog
from bylaw_attendance.formats.columns import NO_OFFSET_MINUTES, PunchRow
from bylaw_attendance.rules.judging.punch import PunchReason, file_words
from bylaw_chassis.files.refused import FileReason, FileRefused

from .clock_files import published_bodies

EXPECTED = {
    "adms_query_table_5col": [("78979877", "2026-07-11 10:15:00", "0", "1", "K40")],
    "adms_10col_two_lines": [
        ("11", "2025-08-27 10:57:49", "0", "25", "K40"),
        ("11", "2025-08-27 10:58:58", "1", "1", "K40"),
    ],
    "adms_4col_trailing_newline": [("9999", "2026-08-12 08:53:23", "0", "1", "K40")],
    "adms_form_encoded": [("EMP001", "2026-05-16 09:02:15", "0", "1", "DEV001")],
    "push_v3_key_value": [("99", "2026-10-04 09:00:00", "0", "2", "K40")],
    "rfid_reader_spaces": [("1234567890", "2025-01-05 08:30:15", "0", "0", "K40")],
}


def pushed(body: str) -> list[PunchRow]:
    read = read_attlog(body.encode(), device="K40", pushed=True)
    assert read.refusals == ()
    return list(read.columns.rows())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_published_body_reads_right(name: str) -> None:
    rows = pushed(published_bodies()[name])
    assert [(r.person_number, r.local_text, r.status, r.verify, r.device) for r in rows] == EXPECTED[name]


def test_no_published_body_is_left_out() -> None:
    assert set(published_bodies()) == set(EXPECTED)


def test_the_direction_is_kept_as_sent_and_never_made_certain() -> None:
    (row,) = pushed("9\t2026-08-12 08:53:23\t255\t1")
    assert (row.direction, row.status, row.certain_direction) == ("255", "255", 0)


def test_a_form_that_is_percent_encoded_reads_like_the_plain_one() -> None:
    plain = "E1\t2026-05-16 09:02:15\t0\t1\t0\t0\nE2\t2026-05-16 09:02:16\t1\t1\t0\t0"
    assert pushed(f"SN=D&table=ATTLOG&data={quote_plus(plain)}") == pushed(f"SN=D&table=ATTLOG&data={plain}")


def test_six_fields_of_a_pushed_body_have_no_device_but_six_of_an_export_have() -> None:
    line = b"5\t2026-05-16 09:02:15\t1\t0\t4\t0"
    (sent,) = read_attlog(line, device="K40", pushed=True).columns.rows()
    (exported,) = read_attlog(line).columns.rows()
    assert (sent.device, sent.status, sent.verify) == ("K40", "1", "0")
    assert (exported.device, exported.status, exported.verify) == ("1", "0", "4")


def test_the_offset_a_clock_sends_in_seconds_becomes_minutes() -> None:
    start = "5\t2026-05-16 09:02:15\t0\t1\t0\t0\t0\t0\t36.2\t36.5"
    assert [row.sent_offset_minutes for row in pushed(f"{start}\t+28800\tabc\n{start[:-1]}6\t-12600\t")] == [480, -210]
    assert [row.sent_offset_minutes for row in pushed(f"{start}\t\tabc")] == [NO_OFFSET_MINUTES]


def test_pushed_lines_of_different_length_are_read_because_their_fields_stay_in_place() -> None:
    rows = pushed("5\t2026-05-16 09:02:15\t0\t1\n6\t2026-05-16 09:02:15\t0\t1\n7\t2026-05-16 09:02:15\t1\t4\t0\t0")
    assert [(row.person_number, row.status, row.verify) for row in rows] == [
        ("5", "0", "1"),
        ("6", "0", "1"),
        ("7", "1", "4"),
    ]


@pytest.mark.parametrize("offset", ["+28801", "tomorrow", "999999", "90000"])
def test_an_offset_that_cannot_be_is_refused_by_its_name(offset: str) -> None:
    body = f"5\t2026-05-16 09:02:15\t0\t1\t0\t0\t0\t0\t0\t0\t{offset}\t"
    (refusal,) = read_attlog(body.encode(), pushed=True).refusals
    assert (refusal.column, refusal.reason) == ("time_offset", PunchReason.LINE_MALFORMED)


def test_a_body_of_operations_is_no_punch_file() -> None:
    with pytest.raises(FileRefused) as caught:
        read_attlog(b"SN=D&table=OPERLOG&data=OPLOG 4\t0\t2026-01-01 00:00:00\t0\t0\t0\t0")
    assert caught.value.reason is FileReason.NOT_RECOGNISED
    assert "OPERLOG" in file_words(caught.value).en


def test_a_quoted_form_larger_than_any_clock_sends_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        read_attlog(b"data=" + b"%09" * 1_500_000)
    assert caught.value.reason is FileReason.TOO_LARGE


def test_a_form_without_lines_is_empty() -> None:
    with pytest.raises(FileRefused) as caught:
        read_attlog(b"SN=D&table=ATTLOG&data=\n")
    assert caught.value.reason is FileReason.EMPTY
