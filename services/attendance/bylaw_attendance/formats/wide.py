"""The wide in/out files: a row per employee, a column per day, in each cell one time in or out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from bylaw_chassis.files.csv_rows import header_and_rows
from bylaw_chassis.files.opening import SIZE_LIMIT_BYTES, open_text
from bylaw_chassis.files.refused import FileReason, FileRefused

from bylaw_attendance.formats.columns import (
    DIRECTION_IN,
    DIRECTION_OUT,
    NO_OFFSET_MINUTES,
    PunchColumns,
    PunchFile,
    TextColumn,
)
from bylaw_attendance.rules.judging.punch import SECONDS_PER_DAY, LineRefusal, PunchReason, second_of_day

DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})")
NO_PUNCH = frozenset({"NA", ""})
DIRECTION_TEXTS = {DIRECTION_IN: "in", DIRECTION_OUT: "out"}
LONGEST_NUMBER = 64
EMPTY_CELL = ("空白(其下为员工编号)", "nothing (employee numbers stand below)")
NEW_DAY = ("日期 DD/MM/YYYY，不重复", "a day DD/MM/YYYY that has no column yet")


class DayColumn(dict[str, "int | PunchReason | None"]):
    """One day's column: what each cell text in it means, read once however many employees share it."""

    def __init__(self, heading: str, start_second: int) -> None:
        super().__init__(dict.fromkeys(NO_PUNCH))
        self.heading, self.start_second = heading, start_second

    def __missing__(self, cell: str) -> "int | PunchReason | None":
        text = cell.strip()
        self[cell] = meaning = None if text in NO_PUNCH else self._second(text)
        return meaning

    def _second(self, text: str) -> "int | PunchReason":
        day_text, _, clock_text = text.partition(" ")
        clock = CLOCK.fullmatch(clock_text)
        if clock is None or DAY.fullmatch(day_text) is None:
            return PunchReason.LINE_MALFORMED
        hour, minute = int(clock[1]), int(clock[2])
        start_second = _day_start(day_text)
        if start_second is None or hour > 23 or minute > 59:
            return PunchReason.DATE_IMPOSSIBLE
        same_day = start_second == self.start_second
        return start_second + hour * 3600 + minute * 60 if same_day else PunchReason.DAY_MISMATCH


class _Taken(NamedTuple):
    """The punches found so far, one entry each in every list."""

    line_numbers: list[int]
    persons: list[str]
    seconds: list[int]
    texts: list[str]
    refusals: list[LineRefusal]


def read_wide(data: bytes, *, direction: int, size_limit_bytes: int = SIZE_LIMIT_BYTES) -> PunchFile:
    """Read one file; `direction` says whether it holds the times in (1) or out (2)."""
    return read_wide_text(open_text(data, size_limit_bytes=size_limit_bytes), direction=direction)


def read_wide_text(text: str, *, direction: int) -> PunchFile:
    """Read the text of one file; it is complete until the end of its last day."""
    if direction not in DIRECTION_TEXTS:
        raise FileRefused(FileReason.DIRECTION_MISSING)
    line_number, header, rows = header_and_rows(text)
    days = _days(line_number, header)
    taken, seen = _Taken([], [], [], [], []), set[str]()
    for number, row in rows:
        person = row[0].strip()
        refusal = _row_refusal(number, row, days=days, seen=seen)
        seen.add(person)
        if refusal is None:
            _take_row(taken, number, person, days=days, cells=row[1:])
        else:
            taken.refusals.append(refusal)
    last_day = max(day.start_second for day in days)
    return PunchFile(
        _columns(taken, direction),
        tuple(taken.refusals),
        np.empty(0, np.int64),
        {"": last_day + SECONDS_PER_DAY},
    )


def _days(line_number: int, header: Sequence[str]) -> list[DayColumn]:
    if header[0].strip():
        raise _wrong_header(line_number, 1, header[0], expected=EMPTY_CELL)
    days: list[DayColumn] = []
    starts: set[int | None] = {None}
    for place, heading in enumerate([*header[1:]] or [""]):
        start_second = _day_start(heading.strip())
        if start_second is None or start_second in starts:
            raise _wrong_header(line_number, place + 2, heading, expected=NEW_DAY)
        starts.add(start_second)
        days.append(DayColumn(heading.strip(), start_second))
    return days


def _wrong_header(line_number: int, column_number: int, seen: str, *, expected: tuple[str, str]) -> FileRefused:
    return FileRefused(
        FileReason.HEADER_WRONG,
        line_number=str(line_number),
        column_number=str(column_number),
        seen=seen[:40],
        expected_zh=expected[0],
        expected_en=expected[1],
    )


def _day_start(text: str) -> int | None:
    match = DAY.fullmatch(text)
    return None if match is None else second_of_day(int(match[3]), int(match[2]), int(match[1]))


def _row_refusal(
    line_number: int, row: Sequence[str], *, days: Sequence[DayColumn], seen: set[str]
) -> LineRefusal | None:
    person = row[0].strip()
    if not person:
        return LineRefusal.of(line_number, "employee_number", PunchReason.PERSON_MISSING, seen="")
    if len(person) > LONGEST_NUMBER or not person.isprintable() or "\ufffd" in person:
        return LineRefusal.of(line_number, "employee_number", PunchReason.LINE_MALFORMED, seen=person)
    if person in seen:
        return LineRefusal.of(line_number, "employee_number", PunchReason.PERSON_REPEATED, seen=person)
    if len(row) == len(days) + 1:
        return None
    # Where a row is short, nobody knows which cell is missing: it is named at the column where it stops.
    place = min(len(row) - 1, len(days))
    heading = days[place].heading if place < len(days) else "line"
    return LineRefusal.of(line_number, heading, PunchReason.LINE_MALFORMED, seen=row[-1])


def _take_row(taken: _Taken, line_number: int, person: str, *, days: Sequence[DayColumn], cells: Sequence[str]) -> None:
    meanings = [day[cell] for day, cell in zip(days, cells, strict=True)]
    for place, meaning in enumerate(meanings):
        if isinstance(meaning, PunchReason):
            taken.refusals.append(LineRefusal.of(line_number, days[place].heading, meaning, seen=cells[place]))
    found = [place for place, meaning in enumerate(meanings) if isinstance(meaning, int)]
    taken.line_numbers.extend([line_number] * len(found))
    taken.persons.extend([person] * len(found))
    taken.seconds.extend(meaning for meaning in meanings if isinstance(meaning, int))
    taken.texts.extend(cells[place].strip() for place in found)


def _columns(taken: _Taken, direction: int) -> PunchColumns:
    length = len(taken.seconds)
    blank = TextColumn.constant("", length)
    directions = TextColumn.constant(DIRECTION_TEXTS[direction], length)
    return PunchColumns(
        np.array(taken.line_numbers, np.int64),
        TextColumn.of(taken.persons),
        np.array(taken.seconds, np.int64),
        np.full(length, NO_OFFSET_MINUTES, np.int64),
        directions,
        np.full(length, direction, np.int64),
        directions,
        blank,
        blank,
        taken.texts,
    )
