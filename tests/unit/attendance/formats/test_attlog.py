"""Sentences about `attlog.dat`: the layouts of real clocks, their quirks, and the lines that cannot be read."""

import pytest
from bylaw_attendance.formats.attlog import read_attlog, read_attlog_text
from bylaw_attendance.formats.columns import PunchFile
from bylaw_attendance.rules.judging.punch import PunchReason
from bylaw_chassis.files.refused import FileRefused
from hypothesis import given
from hypothesis import strategies as st

from .clock_files import named_export, usb_export


def refused(read: PunchFile) -> list[tuple[int, str, PunchReason]]:
    return [(refusal.line_number, refusal.column, refusal.reason) for refusal in read.refusals]


def test_an_export_of_six_fields_names_device_status_and_verification() -> None:
    read = read_attlog(usb_export().encode())
    rows = list(read.columns.rows())
    assert len(rows) == 3 * 4 * 5
    assert rows[6][1:2] + rows[6][4:] == ("101", "1", 0, "1", "1", "7", "2026-09-01 12:01:01")
    assert [row.line_number for row in rows] == list(range(1, 61))


def test_pins_padded_and_unpadded_are_the_same_person() -> None:
    read = read_attlog(b"      200\t2020-08-26 23:08:49\t7\t0\t1\t53\n200\t2020-08-27 08:08:49\t7\t0\t1\t53\n")
    assert read.columns.person_numbers.values == ("200",)


def test_an_export_of_five_fields_has_status_verification_and_work_code() -> None:
    (row,) = read_attlog(b"14\t2026-09-01 08:20:01\t1\t3\t0\r\n").columns.rows()
    assert (row.person_number, row.status, row.verify, row.device) == ("14", "1", "3", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_export_with_names_reads_the_same_in_every_encoding(encoding: str) -> None:
    rows = list(read_attlog(named_export().encode(encoding)).columns.rows())
    assert [(row.person_number, row.status, row.verify) for row in rows] == [
        ("101", "0", "1"), ("101", "1", "1"), ("102", "0", "1"), ("102", "0", "1"),
    ]  # fmt: skip


def test_a_name_that_a_device_cut_in_mid_character_spoils_nothing() -> None:
    for whole in ("欧阳小明".encode("gb18030"), "欧阳小明".encode()):
        read = read_attlog(b"101\t" + whole[:5] + b"\t2026-09-01 08:20:01\t0\t1\n")
        assert [row.person_number for row in read.columns.rows()] == ["101"]


def test_serial_number_and_checksum_around_the_punches_are_no_punches_and_name_the_device() -> None:
    text = "3393080200123\r\n" + usb_export(line_end="\r\n") + "8F3A22C1\r\n"
    read = read_attlog(text.encode())
    assert (len(read.columns), read.refusals) == (60, ())
    assert read.columns.devices.values == ("3393080200123",)
    assert read.columns.line_numbers[0] == 2


def test_a_lone_number_at_the_end_without_a_serial_number_is_a_cut_line() -> None:
    assert refused(read_attlog((usb_export() + "      10").encode())) == [(61, "line", PunchReason.LINE_MALFORMED)]


def test_lines_with_spaces_instead_of_tabs_are_read() -> None:
    read = read_attlog(b"   101  2026-09-01 08:20:01  7  0  1  0\n   102  2026-09-01   08:21:01  7  1  1  0\n")
    assert [(r.person_number, r.device, r.status) for r in read.columns.rows()] == [
        ("101", "7", "0"),
        ("102", "7", "1"),
    ]


def test_the_same_punch_twice_counts_as_a_repeat_and_is_no_refusal() -> None:
    line = b"101\t2026-09-01 08:20:01\t7\t0\t1\t0\n"
    read = read_attlog(line + line + line.replace(b"08:20:01", b"08:20:02") + line)
    assert (len(read.columns), read.repeated_lines.tolist(), read.refusals) == (2, [2, 4], ())


def test_the_same_second_with_another_status_or_device_or_person_is_a_punch_of_its_own() -> None:
    lines = ["101\t2026-09-01 08:20:01\t7\t0", "101\t2026-09-01 08:20:01\t7\t1", "101\t2026-09-01 08:20:01\t8\t0",
             "102\t2026-09-01 08:20:01\t7\t0"]  # fmt: skip
    read = read_attlog("".join(line + "\t1\t0\n" for line in lines).encode())
    assert (len(read.columns), len(read.repeated_lines)) == (4, 0)


def test_every_faulty_line_is_named_and_the_others_are_taken() -> None:
    good = usb_export(days=1, people=2).splitlines()
    faulty = ["101\t2026-02-30 08:00:00\t7\t0\t1\t0", "  \t2026-09-01 08:00:00\t7\t0\t1\t0",
              "101\t2026-09-01 08\t7\t0\t1\t0", "101\t2026-09-01 08:00:00\t7\t0", "nonsense"]  # fmt: skip
    read = read_attlog("\n".join([*good[:2], *faulty, "", *good[2:]]).encode())
    assert len(read.columns) == len(good)
    assert refused(read) == [
        (3, "local_time", PunchReason.DATE_IMPOSSIBLE),
        (4, "employee_number", PunchReason.PERSON_MISSING),
        (5, "local_time", PunchReason.LINE_MALFORMED),
        (6, "line", PunchReason.LINE_MALFORMED),
        (7, "line", PunchReason.LINE_MALFORMED),
    ]


@pytest.mark.parametrize("clock", ["24:00:00", "08:60:00", "08:00:60"])
def test_a_time_of_day_that_no_clock_shows_is_impossible(clock: str) -> None:
    read = read_attlog((usb_export(days=1) + f"101\t2026-09-01 {clock}\t7\t0\t1\t0\n").encode())
    assert refused(read) == [(21, "local_time", PunchReason.DATE_IMPOSSIBLE)]


def test_the_log_of_each_device_is_complete_until_its_last_punch() -> None:
    read = read_attlog((usb_export(device="7") + usb_export(days=1, device="8")).encode())
    rows = list(read.columns.rows())
    assert read.complete_until == {
        device: max(row.local_second for row in rows if row.device == device) for device in ("7", "8")
    }


def test_a_last_line_cut_by_a_truncated_file_is_refused_whatever_is_missing() -> None:
    whole = usb_export(days=1, people=2)
    for missing in range(3, 30):
        read = read_attlog(whole[:-missing].encode())
        assert (len(read.columns), [refusal.line_number for refusal in read.refusals]) == (7, [8]), missing


FIELDS = st.sampled_from([
    "101", "  102", "", " ", "王", "2026-09-01 08:20:01", "2026-09-01 08:20", "2026-09-31 08:20:01",
    "2026-09-01T08:20:01", "2026-09-01 08:20:01+08:00", "２026-09-01 08:20:01", "0", "1", "7", "x" * 70, "PIN=9",
    "Time=2026-09-01 09:00:00", "\ufffd", "\r",
])  # fmt: skip
LINES = st.one_of(
    st.lists(FIELDS, min_size=1, max_size=7).map("\t".join),
    st.lists(FIELDS, min_size=1, max_size=7).map("  ".join),
    st.sampled_from([*usb_export(days=1, people=2).splitlines(), *named_export().splitlines()]),
)


@given(text=st.lists(LINES, max_size=12).map("\n".join), pushed=st.booleans())
def test_cutting_whole_columns_and_reading_line_by_line_give_the_same(*, text: str, pushed: bool) -> None:
    try:
        quick = read_attlog_text(text, device="D", pushed=pushed)
    except FileRefused:
        return
    careful = read_attlog_text(text, device="D", pushed=pushed, bulk=False)
    assert list(quick.columns.rows()) == list(careful.columns.rows())
    assert quick.refusals == careful.refusals
    assert quick.repeated_lines.tolist() == careful.repeated_lines.tolist()
    assert quick.complete_until == careful.complete_until
    filled = sum(1 for line in text.split("\n") if "\t" in line or line.strip())
    assert filled - 2 <= len(quick.columns) + len(quick.refusals) + len(quick.repeated_lines) <= filled
