"""Where the fields of a clock's line are: in exports and pushed bodies, with names, keys or blanks."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bylaw_attendance.formats.lines import MOST_FIELDS

TAB = "\t"
TIME = re.compile(r"(?<!\S)([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?!\S)")
KEYED_START = re.compile(r"\s*(?:pin|time)=", re.IGNORECASE)
KEYS = {
    "pin": 0,
    "time": 1,
    "status": 2,
    "inoutstatus": 2,
    "verify": 3,
    "verifymode": 3,
    "verifytype": 3,
    "timeoffset": 5,
}
PUSH_BODY_FIELDS = 10


class LineTexts(NamedTuple):
    """The texts of one line (or, as lists, of many), in the order of `RawColumns`."""

    person: str
    time: str
    direction: str
    status: str
    verify: str
    device: str
    zone_offset: str


class Places(NamedTuple):
    """The position of each field in a line; None where lines of this kind have none."""

    time: int
    status: int
    verify: int
    device: int | None
    zone_offset: int | None


class Layout(NamedTuple):
    """How most lines of a file are built."""

    field_count: int
    named: bool
    keyed: bool
    pushed: bool

    def places(self, field_count: int) -> Places:
        """Find the fields of a line with this many of them."""
        time = 2 if self.named else 1
        rest_count = field_count - time - 1
        if self.pushed or field_count >= PUSH_BODY_FIELDS:
            return Places(time, time + 1, time + 2, None, time + 9)
        if rest_count >= 4:
            return Places(time, time + 2, time + 3, time + 1, None)
        return Places(time, time + 1, time + 2, None, None)

    def columns(self, fields: Sequence[list[str]], length: int) -> tuple[list[str], ...]:
        """Choose the columns of lines that were cut in one go."""
        places, blank = self.places(len(fields)), [""] * length
        status, verify, device, offset = (
            blank if place is None or place >= len(fields) else fields[place] for place in places[1:]
        )
        return fields[0], fields[places.time], status, status, verify, device, offset

    def line(self, fields: Sequence[str]) -> LineTexts | None:
        """Choose the texts of one line; None where it ends before its time."""
        places = self.places(len(fields))
        if places.time >= len(fields):
            return None
        status, verify, device, offset = (
            "" if place is None or place >= len(fields) else fields[place] for place in places[1:]
        )
        return LineTexts(fields[0], fields[places.time], status, status, verify, device, offset)


def layout_of(lines: Sequence[str], *, pushed: bool) -> Layout:
    """Tell from some regular lines how the file is built."""
    sample = [line.split(TAB) for line in lines]
    named = sum(len(fields) > 2 and not is_time(fields[1]) and is_time(fields[2]) for fields in sample)
    keyed = sum(KEYED_START.match(fields[0]) is not None for fields in sample)
    half = len(sample) / 2
    return Layout(len(sample[0]) if sample else 0, named > half, keyed > half, pushed)


def is_time(text: str) -> bool:
    """Tell whether a field has the shape of a time."""
    return TIME.fullmatch(text.strip()) is not None


def read_line(line: str, layout: Layout) -> LineTexts | None:
    """Read one line with care; None where it cannot be read."""
    if line.count(TAB) >= MOST_FIELDS:
        return None
    fields = line.split(TAB)
    if KEYED_START.match(line) and (layout.keyed or len(fields) == 1):
        return _keyed_line(fields)
    if len(fields) == 1:
        return _spaced_line(line, layout)
    # Only in pushed bodies does a missing field at the end leave the others where they are.
    if len(fields) == layout.field_count or layout.pushed:
        return layout.line(fields)
    return None


def _keyed_line(fields: Sequence[str]) -> LineTexts | None:
    texts = [""] * 6
    for field in fields:
        key, _, value = field.partition("=")
        place = KEYS.get(key.strip().lower())
        if place is not None:
            texts[place] = value
    person, time, status, verify, device, offset = texts
    return LineTexts(person, time, status, status, verify, device, offset)


def _spaced_line(line: str, layout: Layout) -> LineTexts | None:
    time = TIME.search(line)
    if time is None:
        return None
    person = line[: time.start()].split(maxsplit=1)[:1] or [""]
    fields = [*person, f"{time[1]} {time[2]}", *line[time.end() :].split()]
    return layout._replace(named=False).line(fields)
