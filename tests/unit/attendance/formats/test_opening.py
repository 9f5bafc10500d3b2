"""Sentences about whole files: which are opened, which are refused, and by what name."""

import gzip
import tracemalloc
import zlib

import pytest
from bylaw_attendance.rules.judging.punch import file_words
from bylaw_chassis.files.opening import open_text
from bylaw_chassis.files.refused import FileReason, FileRefused


def refusal(data: bytes, *, size_limit_bytes: int = 100_000) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        open_text(data, size_limit_bytes=size_limit_bytes)
    return caught.value


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", gzip.compress(b"")])
def test_a_file_without_anything_in_it_is_empty(data: bytes) -> None:
    assert refusal(data).reason is FileReason.EMPTY


def test_a_file_over_the_limit_is_refused_and_one_of_just_the_limit_is_read() -> None:
    assert open_text(b"x" * 1000, size_limit_bytes=1000) == "x" * 1000
    said = refusal(b"x" * 1001, size_limit_bytes=1000)
    assert (said.reason, said.variables["limit_bytes"]) == (FileReason.TOO_LARGE, "1000")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_without_unpacking_it() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 100_000
    tracemalloc.start()
    assert refusal(bomb).reason is FileReason.TOO_LARGE
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 5_000_000


def test_many_packed_members_count_together() -> None:
    member = gzip.compress(b"0" * 60_000)
    assert len(open_text(member, size_limit_bytes=100_000)) == 60_000
    assert refusal(member + member).reason is FileReason.TOO_LARGE


def test_packed_members_one_after_the_other_are_one_text() -> None:
    assert open_text(gzip.compress("工号".encode()) + gzip.compress(b",7") + b"\0\0") == "工号,7"


def test_a_packed_file_that_stops_early_is_truncated_wherever_it_stops() -> None:
    whole = gzip.compress(b"101\t2026-09-01 08:20:01\t0\t1\n" * 50)
    for length in range(2, len(whole)):
        assert refusal(whole[:length]).reason is FileReason.TRUNCATED, length


def test_a_packed_file_with_a_wrong_checksum_or_rubbish_behind_is_damaged() -> None:
    whole = bytearray(gzip.compress(b"101\t2026-09-01 08:20:01\t0\t1\n"))
    assert refusal(bytes(whole) + b"rubbish").reason is FileReason.DAMAGED
    whole[-8] ^= 1
    assert refusal(bytes(whole)).reason is FileReason.DAMAGED


@pytest.mark.parametrize(
    ("data", "name"),
    [("工号,时间".encode("utf-16"), "UTF-16"), ("a,b".encode("utf-16-be"), "UTF-16"), (b"a\0,\0b\0", "UTF-16"),
     ("a,b".encode("utf-32"), "UTF-32")],
)  # fmt: skip
def test_a_file_in_utf_16_is_refused_by_that_name(data: bytes, name: str) -> None:
    said = refusal(data)
    assert (said.reason, said.variables["seen"]) == (FileReason.ENCODING_REFUSED, name)
    assert name in file_words(said).zh


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [(b"PK\x03\x04" + bytes(60), "xlsx / zip"), (b"%PDF-1.7\n\x00\x01", "PDF"), (b"101\t2026\x00", "binary"),
     (zlib.compress(b"x" * 500), "binary")],
)  # fmt: skip
def test_what_is_no_text_is_not_recognised_and_said_what_it_looks_like(data: bytes, looks_like: str) -> None:
    said = refusal(data)
    assert (said.reason, said.variables["seen"]) == (FileReason.NOT_RECOGNISED, looks_like)


def test_a_file_of_millions_of_blank_lines_is_refused_before_they_are_walked() -> None:
    said = refusal(gzip.compress(b"7\t2026-09-01 08:20\n" + b"\n" * 3_000_000), size_limit_bytes=10**7)
    assert (said.reason, said.variables["limit_lines"]) == (FileReason.TOO_MANY_LINES, "3000000")


def test_the_byte_that_old_programs_end_a_file_with_is_no_rubbish() -> None:
    assert open_text(b"a\r\nb\r\n\x1a") == "a\nb\n"
