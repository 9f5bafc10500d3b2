"""Punches out of DingTalk's and WeCom's exports: rows to lines of punches, each refused with its reason."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

import numpy as np
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import Row, Sheet

from bylaw_attendance.formats.chat_cells import NOTHING, Unreadable, day_of, times_of
from bylaw_attendance.formats.chat_export import ByDay, Daily, Export, open_export
from bylaw_attendance.formats.checking import RawColumns, check
from bylaw_attendance.formats.columns import DIRECTION_IN, DIRECTION_OUT, DIRECTION_UNCERTAIN, PunchFile
from bylaw_attendance.rules.judging.punch import LineRefusal, PunchReason

DIRECTIONS = {"in": DIRECTION_IN, "out": DIRECTION_OUT}


class _Cell(NamedTuple):
    """A cell of a row that should hold times: of which column and day, and which way they go."""

    place: int
    day: date
    direction: str


class _Taken:
    """The punches and refusals of an export, and how often each column held what its heading says."""

    def __init__(self, export: Export) -> None:
        self.layout = export.layout
        self.raw, self.refusals = RawColumns(), list[LineRefusal]()
        self.read, self.faults, self.first = Counter[int](), Counter[int](), dict[int, tuple[int, str]]()

    def row(self, row: Row) -> None:
        """Takes the punches of a row: all of those that can be read."""
        line, texts = row
        person, found = texts[self.layout.number], dict[datetime, set[str]]()
        for cell in self._cells(row):
            for moment in self._times(line, texts[cell.place], cell):
                found.setdefault(moment, set()).add(cell.direction)
        for moment, directions in sorted(found.items()):
            direction = _one(directions)
            self.raw.append(line, (person, str(moment), direction, "", "", "", ""))

    def _cells(self, row: Row) -> Sequence[_Cell]:
        layout, (line, texts) = self.layout, row
        if isinstance(layout, ByDay):
            return [_Cell(place, day, "") for place, day in layout.days]
        if all(texts[slot.place] in NOTHING for slot in layout.slots):
            return ()
        try:
            day = day_of(texts[layout.day])
        except Unreadable as fault:
            self._refuse(line, layout.day, texts[layout.day], fault.reason)
            return ()
        self.read[layout.day] += 1
        return [_Cell(slot.place, day, slot.direction) for slot in layout.slots]

    def _times(self, line: int, text: str, cell: _Cell) -> list[datetime]:
        try:
            found = list(times_of(text, cell.day))
        except Unreadable as fault:
            self._refuse(line, cell.place, text, fault.reason)
            return []
        self.read[cell.place] += bool(found)
        return found

    def _refuse(self, line: int, place: int, seen: str, reason: PunchReason) -> None:
        heading = self.layout.table.columns[place].joined
        self.refusals.append(LineRefusal.of(line, heading, reason, seen=seen))
        if reason is PunchReason.LINE_MALFORMED:
            self.faults[place] += 1
            self.first.setdefault(place, (line, seen))

    def check_columns(self) -> None:
        """Refuses the file where a column mostly holds something else than its heading says: it was moved."""
        for place, (line, seen) in self.first.items():
            if self.faults[place] > self.read[place]:
                raise FileRefused(
                    FileReason.COLUMN_SHIFTED,
                    line_number=str(line),
                    heading=self.layout.table.columns[place].joined[:40],
                    seen=seen.strip()[:40],
                )


def read_chat_export(sheets: Sequence[Sheet], *, device: str = "", file_name: str = "") -> PunchFile:
    """Read an export; its punches come from `device`, or from a clock called after the vendor."""
    export = open_export(sheets, file_name)
    taken = _Taken(export)
    for row in _people(export.layout):
        taken.row(row)
    taken.check_columns()
    clock = device or export.vendor.value
    taken.raw.devices = [clock] * len(taken.raw.line_numbers)
    read = check(taken.raw, taken.refusals)
    columns = read.columns
    codes = np.array([DIRECTIONS.get(text, DIRECTION_UNCERTAIN) for text in columns.directions.values] or [0], np.int64)
    certain = replace(columns, certain_directions=codes[columns.directions.codes])
    until = export.complete_until
    complete = read.complete_until if until is None else {clock: _second(until)}
    return replace(read, columns=certain, complete_until=complete)


def _people(layout: Daily | ByDay) -> Iterator[Row]:
    """The rows below the heading that are somebody's; lines of signatures and totals name nobody."""
    for number, texts in layout.table.rows():
        if any(texts):
            yield number, texts


def _one(directions: set[str]) -> str:
    """The direction of a time that stands in one column, or in several that agree; else "": none is certain."""
    told = directions - {""}
    return told.pop() if len(told) == 1 else ""


def _second(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp())
