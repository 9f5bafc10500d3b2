"""From columns of raw text to punches: every line is read, refused with its reason, or a repeat."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bylaw_attendance.formats.columns import (
    NO_OFFSET_MINUTES,
    Integers,
    Mask,
    PunchColumns,
    PunchFile,
    TextColumn,
    last_second_by_device,
)
from bylaw_attendance.formats.timestamps import read_local_times
from bylaw_attendance.rules.judging.punch import WIDEST_OFFSET_MINUTES, LineRefusal, PunchReason

LONGEST_TEXT = 64
DENSE_ENOUGH = 2**22


@dataclass(slots=True)
class RawColumns:
    """Text as sent, one entry a line in each list; `zone_offsets` are seconds from UTC, "" for none."""

    line_numbers: list[int] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    directions: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    verifies: list[str] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)
    zone_offsets: list[str] = field(default_factory=list)

    def lists(self) -> tuple[list[str], ...]:
        return (
            self.persons,
            self.times,
            self.directions,
            self.statuses,
            self.verifies,
            self.devices,
            self.zone_offsets,
        )

    def append(self, line_number: int, texts: Sequence[str]) -> None:
        """Add one line; texts in the order of the fields."""
        self.line_numbers.append(line_number)
        for column, text in zip(self.lists(), texts, strict=True):
            column.append(text)

    def extend(self, line_numbers: Sequence[int], texts: Sequence[Sequence[str]]) -> None:
        """Add many lines; texts column by column in the order of the fields."""
        self.line_numbers.extend(line_numbers)
        for column, more in zip(self.lists(), texts, strict=True):
            column.extend(more)


class _Verdicts:
    """Which lines stand, and why the first fault of each other one was refused."""

    def __init__(self, line_numbers: Integers) -> None:
        self.line_numbers = line_numbers
        self.stands: Mask = np.ones(len(line_numbers), np.bool_)
        self.refusals: list[LineRefusal] = []

    def refuse(self, position: int, column: str, reason: PunchReason, *, seen: str) -> None:
        if self.stands[position]:
            self.stands[position] = False
            self.refusals.append(LineRefusal.of(int(self.line_numbers[position]), column, reason, seen=seen))

    def check_text(self, name: str, column: TextColumn) -> None:
        """Refuse the lines whose text cannot be kept; only distinct texts are looked at."""
        odd = [code for code, value in enumerate(column.values) if not _keepable(value)]
        self.refuse_codes(name, column, odd, reason=PunchReason.LINE_MALFORMED)

    def refuse_codes(self, name: str, column: TextColumn, codes: list[int], *, reason: PunchReason) -> None:
        for position in np.flatnonzero(np.isin(column.codes, codes)).tolist() if codes else ():
            self.refuse(position, name, reason, seen=column.values[column.codes[position]])


def check(raw: RawColumns, refused: Sequence[LineRefusal] = ()) -> PunchFile:
    """Read the raw columns; `refused` are lines that never became columns."""
    line_numbers = np.array(raw.line_numbers, np.int64)
    verdicts = _Verdicts(line_numbers)
    persons = TextColumn.of(raw.persons)
    missing = [code for code, value in enumerate(persons.values) if not value]
    verdicts.refuse_codes("employee_number", persons, missing, reason=PunchReason.PERSON_MISSING)
    verdicts.check_text("employee_number", persons)
    times = read_local_times(raw.times)
    for position, reason in times.faults.items():
        verdicts.refuse(position, "local_time", reason, seen=raw.times[position])
    statuses = _text("status", raw.statuses, verdicts)
    alike = raw.directions == raw.statuses
    directions = statuses if alike else _text("direction", raw.directions, verdicts)
    verifies = _text("verify", raw.verifies, verdicts)
    devices = _text("device", raw.devices, verdicts)
    offsets = _with_zone_offsets(times.offsets_minutes, raw.zone_offsets, verdicts)
    columns = PunchColumns(
        line_numbers,
        persons,
        times.seconds,
        offsets,
        directions,
        np.zeros(len(line_numbers), np.int64),
        statuses,
        verifies,
        devices,
        list(map(str.strip, raw.times)),
    )
    return _finished(columns.keep(verdicts.stands), [*refused, *verdicts.refusals])


def _text(name: str, texts: Sequence[str], verdicts: _Verdicts) -> TextColumn:
    column = TextColumn.of(texts)
    verdicts.check_text(name, column)
    return column


def _keepable(value: str) -> bool:
    return len(value) <= LONGEST_TEXT and value.isprintable() and "\ufffd" not in value


def _with_zone_offsets(offsets: Integers, texts: Sequence[str], verdicts: _Verdicts) -> Integers:
    """Let the column `TimeOffset` (seconds from UTC, empty for none) decide where a line carries it."""
    column = TextColumn.of(texts)
    if column.values in {(), ("",)}:
        return offsets
    by_code = [_zone_offset_minutes(value) for value in column.values]
    odd = [code for code, minutes in enumerate(by_code) if minutes is None]
    verdicts.refuse_codes("time_offset", column, odd, reason=PunchReason.LINE_MALFORMED)
    known = [NO_OFFSET_MINUTES if minutes is None else minutes for minutes in by_code]
    told = np.array(known)[column.codes]
    return np.where(told == NO_OFFSET_MINUTES, offsets, told)


def _zone_offset_minutes(text: str) -> int | None:
    if not text:
        return NO_OFFSET_MINUTES
    digits = text.removeprefix("+").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 5):
        return None
    minutes, seconds = divmod(int(digits), 60)
    if seconds or minutes > WIDEST_OFFSET_MINUTES:
        return None
    return -minutes if text.startswith("-") else minutes


def _finished(columns: PunchColumns, refusals: list[LineRefusal]) -> PunchFile:
    ordered = in_line_order(columns)
    first = first_of_each(ordered)
    return PunchFile(
        columns=ordered.keep(first),
        refusals=tuple(sorted(refusals, key=lambda refusal: refusal.line_number)),
        repeated_lines=ordered.line_numbers[~first],
        complete_until=last_second_by_device(ordered),
    )


def in_line_order(columns: PunchColumns) -> PunchColumns:
    """Put lines that took the careful path back between the others."""
    if len(columns) < 2 or (np.diff(columns.line_numbers) >= 0).all():
        return columns
    return columns.taken(np.argsort(columns.line_numbers, kind="stable"))


def first_of_each(columns: PunchColumns) -> Mask:
    """Mark the first line of each natural key: device, person, second (and its offset), status."""
    if len(columns) < 2:
        return np.ones(len(columns), np.bool_)
    marked = np.zeros(len(columns), np.bool_)
    offsets = columns.sent_offsets_minutes - columns.sent_offsets_minutes.min()
    group = columns.person_numbers.codes
    for codes in (columns.statuses.codes, columns.devices.codes, offsets):
        group = _paired(group, codes)
    since_first = columns.local_seconds - columns.local_seconds.min()
    # The span of all years in seconds has 39 bits and a group stays below 2**24: the key fits an int64.
    marked[np.unique(since_first * (int(group.max()) + 1) + group, return_index=True)[1]] = True
    return marked


def _paired(left: Integers, right: Integers) -> Integers:
    """Number the pairs of two codes; packed again once the numbers would grow out of reach."""
    combined: NDArray[np.int64] = left * (int(right.max()) + 1) + right
    if int(combined.max()) < DENSE_ENOUGH:
        return combined
    return np.unique(combined, return_inverse=True)[1].astype(np.int64)
