"""Local times of many lines: regular ones as one matrix of digits, odd ones by the rule for one text."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bylaw_attendance.formats.columns import NO_OFFSET_MINUTES, Integers
from bylaw_attendance.rules.judging.punch import (
    LocalTime,
    PunchReason,
    read_local_time,
    second_of_day,
)

NO_TIME = np.iinfo(np.int64).min
REGULAR_LENGTH, MINUTE_LENGTH = len("2026-01-31 08:25:00"), len("2026-01-31 08:25")
DIGITS = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]
SEPARATORS = [4, 7, 10, 13, 16]
FEW = 8
"""Up to so many texts are read one by one: a matrix costs as much as this."""

DAYS_PER_YEAR_OF_TABLE, DAYS_PER_MONTH_OF_TABLE = 12 * 31, 31


class LocalTimes(NamedTuple):
    """The reading of each text; faults name, by position, the texts that are none."""

    seconds: Integers
    offsets_minutes: Integers
    faults: dict[int, PunchReason]


def read_local_times(texts: Sequence[str]) -> LocalTimes:
    """Read many local times; seconds are NO_TIME where the text is faulty."""
    seconds = regular_seconds(texts) if len(texts) > FEW else np.full(len(texts), NO_TIME, np.int64)
    offsets = np.full(len(texts), NO_OFFSET_MINUTES, np.int64)
    faults: dict[int, PunchReason] = {}
    known: dict[str, LocalTime | PunchReason] = {}
    for position in np.flatnonzero(seconds == NO_TIME).tolist():
        text = texts[position]
        reading = known[text] if text in known else known.setdefault(text, read_local_time(text.strip()))
        if isinstance(reading, PunchReason):
            faults[position] = reading
            continue
        seconds[position] = reading.local_second
        if reading.sent_offset_minutes is not None:
            offsets[position] = reading.sent_offset_minutes
    return LocalTimes(seconds, offsets, faults)


def regular_seconds(texts: Sequence[str]) -> Integers:
    """Read the texts that are exactly `YYYY-MM-DD HH:MM[:SS]`; the others get NO_TIME."""
    if not texts:
        return np.empty(0, np.int64)
    matrix = _as_matrix(texts)
    digits = matrix[:, DIGITS].astype(np.int64) - ord("0")
    right = ((digits >= 0) & (digits <= 9)).all(axis=1)
    right &= _separated(matrix[:, SEPARATORS])
    digits[~right] = 0
    pairs = digits[:, 0::2] * 10 + digits[:, 1::2]
    hour, minute, second = pairs[:, 4], pairs[:, 5], pairs[:, 6]
    starts = _day_starts(pairs[:, 0] * 100 + pairs[:, 1], pairs[:, 2], pairs[:, 3])
    right &= (starts != NO_TIME) & (hour < 24) & (minute < 60) & (second < 60)
    return np.where(right, starts + hour * 3600 + minute * 60 + second, NO_TIME)


def _as_matrix(texts: Sequence[str]) -> NDArray[np.uint8]:
    filled = [_filled(text) for text in texts] if set(map(len, texts)) != {REGULAR_LENGTH} else texts
    letters = "".join(filled).encode("ascii", errors="replace")
    return np.frombuffer(letters, np.uint8).reshape(len(texts), REGULAR_LENGTH)


def _filled(text: str) -> str:
    if len(text) == MINUTE_LENGTH:
        return text + ":00"
    return text if len(text) == REGULAR_LENGTH else "?" * REGULAR_LENGTH


def _separated(marks: NDArray[np.uint8]) -> NDArray[np.bool_]:
    dashes, gap, colons = marks[:, :2], marks[:, 2], marks[:, 3:]
    in_order = (dashes == ord("-")).all(axis=1) & (colons == ord(":")).all(axis=1)
    return np.asarray(in_order & ((gap == ord(" ")) | (gap == ord("T"))))


def _day_starts(years: Integers, months: Integers, days: Integers) -> Integers:
    """Give each day's first second from a table of the days that occur: a month has only 30 of them."""
    in_table = (months >= 1) & (months <= 12) & (days >= 1) & (days <= 31)
    places = np.where(in_table, (years * 12 + months - 1) * DAYS_PER_MONTH_OF_TABLE + days - 1, -1)
    first = int(places.min())
    present = np.flatnonzero(np.bincount(places - first))
    table = np.full(int(present[-1]) + 1, NO_TIME, np.int64)
    for place in present.tolist():
        start = _start_of_place(place + first)
        table[place] = NO_TIME if start is None else start
    return np.asarray(table[places - first])


def _start_of_place(place: int) -> int | None:
    year, rest = divmod(place, DAYS_PER_YEAR_OF_TABLE)
    month, day = divmod(rest, DAYS_PER_MONTH_OF_TABLE)
    return second_of_day(year, month + 1, day + 1)
