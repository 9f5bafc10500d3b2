"""Sentences about a single punch: what its local time means, and when it is refused."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from bylaw_attendance.rules.judging.punch import (
    FILE_WORDING,
    PUNCH_WORDING,
    LineRefusal,
    LocalTime,
    Located,
    PunchReason,
    file_words,
    localise,
    read_local_time,
)
from bylaw_chassis.files.refused import FileReason, FileRefused
from hypothesis import given
from hypothesis import strategies as st

SHANGHAI, BERLIN, APIA = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")
RECEIVED = int(datetime(2026, 10, 30, 12, 0, tzinfo=UTC).timestamp())


def located(text: str, zone: ZoneInfo, *, received: int = RECEIVED) -> Located | PunchReason:
    reading = read_local_time(text)
    assert isinstance(reading, LocalTime)
    return localise(
        reading.local_second, zone, received_second=received, sent_offset_minutes=reading.sent_offset_minutes
    )


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_a_punch_in_shanghai_is_eight_hours_ahead_of_utc() -> None:
    assert located("2026-10-12 08:25:00", SHANGHAI) == Located(instant("2026-10-12T00:25:00Z"), 480)


def test_an_hour_that_the_clocks_repeat_is_read_as_its_first_pass() -> None:
    assert located("2026-10-25 02:30:00", BERLIN) == Located(instant("2026-10-25T02:30:00+02:00"), 120)


def test_the_second_pass_of_a_repeated_hour_can_be_said_with_its_offset() -> None:
    assert located("2026-10-25 02:30:00+01:00", BERLIN) == Located(instant("2026-10-25T02:30:00+01:00"), 60)


def test_a_time_that_the_clocks_skip_does_not_exist() -> None:
    assert located("2026-03-29 02:00:00", BERLIN) is PunchReason.TIME_SKIPPED
    assert located("2026-03-29 02:59:59", BERLIN) is PunchReason.TIME_SKIPPED


def test_the_seconds_around_a_skipped_hour_exist() -> None:
    assert located("2026-03-29 01:59:59", BERLIN) == Located(instant("2026-03-29T00:59:59Z"), 60)
    assert located("2026-03-29 03:00:00", BERLIN) == Located(instant("2026-03-29T01:00:00Z"), 120)


def test_a_whole_day_that_samoa_skipped_does_not_exist() -> None:
    assert located("2011-12-30 12:00:00", APIA) is PunchReason.TIME_SKIPPED
    assert located("2011-12-31 00:00:00", APIA) == Located(instant("2011-12-30T10:00:00Z"), 840)


def test_a_clock_may_be_five_minutes_ahead_and_not_a_second_more() -> None:
    assert isinstance(located("2026-10-30 20:05:00", SHANGHAI), Located)
    assert located("2026-10-30 20:05:01", SHANGHAI) is PunchReason.IN_FUTURE


def test_the_year_9999_is_in_the_future_and_breaks_nothing() -> None:
    assert located("9999-12-31 23:59:59", SHANGHAI) is PunchReason.IN_FUTURE


def test_a_clock_that_fell_back_to_1999_is_refused_and_2000_is_taken() -> None:
    assert located("1999-12-31 23:59:59", SHANGHAI) is PunchReason.TOO_OLD
    assert isinstance(located("2000-01-01 00:00:00", SHANGHAI), Located)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29 08:00:00",
        "2026-13-01 08:00",
        "2026-00-10 08:00",
        "0000-01-01 08:00",
        "2026-01-01 24:00",
        "2026-01-01 08:60",
        "2026-01-01 08:00:60",
    ],
)
def test_a_date_or_time_that_no_calendar_has_is_impossible(text: str) -> None:
    assert read_local_time(text) is PunchReason.DATE_IMPOSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8:25",
        "2026-1-2 08:00",
        "2026-01-02",
        "2026-01-02 08:00:00+25:00",
        "2026-01-02 08:00+08:75",
        "２０２６-01-02 08:00",
        "2026-01-02 08:00:00 yesterday",
    ],
)
def test_a_text_that_is_no_time_is_malformed(text: str) -> None:
    assert read_local_time(text) is PunchReason.LINE_MALFORMED


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2026-01-02 08:00", None),
        ("2026-01-02T08:00:00Z", 0),
        ("2026-01-02 08:00:00+0530", 330),
        ("2026-01-02 08:00:00 -03:30", -210),
    ],
)
def test_an_offset_is_read_where_it_is_sent(text: str, minutes: int | None) -> None:
    reading = read_local_time(text)
    assert isinstance(reading, LocalTime)
    assert reading.sent_offset_minutes == minutes
    assert reading.local_second % 86_400 == 8 * 3600


@given(
    st.datetimes(datetime(2000, 1, 2), datetime(2026, 10, 1)),  # noqa: DTZ001 - readings of a wall clock
    st.sampled_from(
        [
            "Asia/Shanghai",
            "Europe/Berlin",
            "America/Sao_Paulo",
            "Africa/Casablanca",
            "Pacific/Apia",
            "Australia/Lord_Howe",
            "America/Havana",
        ]
    ),
)
def test_a_located_punch_reads_the_same_on_the_wall_clock_of_its_zone(wall: datetime, name: str) -> None:
    found = located(wall.strftime("%Y-%m-%d %H:%M:%S"), ZoneInfo(name))
    if isinstance(found, Located):
        shown = datetime.fromtimestamp(found.instant_second, ZoneInfo(name))
        assert shown.replace(tzinfo=None, fold=0) == wall.replace(microsecond=0)
        assert shown.utcoffset().total_seconds() == found.utc_offset_minutes * 60  # type: ignore[union-attr]
    else:
        assert found is PunchReason.TIME_SKIPPED


@pytest.mark.parametrize("reason", list(PunchReason))
def test_every_refused_line_says_what_was_seen_in_chinese_and_english(reason: PunchReason) -> None:
    refusal = LineRefusal(7, "local_time", reason, "2026-02-30 08:00 {braces}")
    assert refusal.zh != refusal.en
    shown = "2026-02-30 08:00 {braces}" in refusal.zh and "2026-02-30 08:00 {braces}" in refusal.en
    assert shown or reason is PunchReason.PERSON_MISSING


def test_a_long_line_is_shown_cut() -> None:
    assert "x" * 40 + "…" in LineRefusal.of(1, "line", PunchReason.LINE_MALFORMED, seen="x" * 5000).en


OF_PUNCH_FILES = [reason for reason in FileReason if reason is not FileReason.ENCODING_MIXED]
"""In one encoding are files of orders alone asked to be."""


@pytest.mark.parametrize("reason", OF_PUNCH_FILES)
def test_every_refused_file_has_a_sentence_in_chinese_and_english(reason: FileReason) -> None:
    said = FileRefused(
        reason,
        limit_bytes="9",
        limit_lines="9",
        line_number="9",
        column_number="9",
        heading="9",
        seen="9",
        expected_zh="9",
        expected_en="9",
        **dict.fromkeys(("said_zh", "said_en", "seen_zh", "seen_en"), "9"),
    )
    words = file_words(said)
    assert words.zh != words.en
    assert "{" not in words.zh + words.en


def test_no_reason_is_without_words() -> None:
    assert set(PUNCH_WORDING) == set(PunchReason)
    assert set(FILE_WORDING) == set(OF_PUNCH_FILES)
