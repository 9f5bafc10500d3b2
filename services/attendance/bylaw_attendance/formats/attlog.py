"""`attlog.dat` from a clock's USB stick and the bodies that clocks push: one punch a line."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from bylaw_chassis.files.opening import SIZE_LIMIT_BYTES, open_text

from bylaw_attendance.formats.attlog_line import TAB, Layout, layout_of, read_line
from bylaw_attendance.formats.checking import RawColumns, check
from bylaw_attendance.formats.columns import PunchFile
from bylaw_attendance.formats.lines import cut, separators_per_line, usual_count
from bylaw_attendance.formats.push_body import unwrap_form
from bylaw_attendance.rules.judging.punch import LineRefusal, PunchReason

SAMPLE_LINES = 50
SERIAL_NUMBER, CHECKSUM = re.compile(r"[A-Za-z0-9_-]{4,32}"), re.compile(r"[A-Za-z0-9]{1,32}")
NEVER = -1


class _Body(NamedTuple):
    """The punch lines of a file without the serial number before and the checksum after them."""

    lines: Sequence[str]
    first_number: int
    serial: str


def read_attlog(
    data: bytes, *, device: str = "", pushed: bool = False, size_limit_bytes: int = SIZE_LIMIT_BYTES
) -> PunchFile:
    """Read an exported log or, with `pushed`, a body that a clock sent.

    The two differ from six fields on: an export has the device's number before the status, a body has not.
    A serial number in the first line names the device; where a line names none it is `device`.
    """
    text = open_text(data, size_limit_bytes=size_limit_bytes)
    return read_attlog_text(text, device=device, pushed=pushed)


def read_attlog_text(text: str, *, device: str = "", pushed: bool = False, bulk: bool = True) -> PunchFile:
    """Read the text of a log; without `bulk` every line takes the careful path (the result is the same)."""
    form = unwrap_form(text)
    if form is not None:
        text, device, pushed = form.data, form.device or device, True
    body = _without_frame(text.split("\n"))
    raw, refused = _read_lines(body, pushed=pushed, bulk=bulk)
    raw.devices = _named_devices(raw.devices, body.serial, device)
    return check(raw, refused)


def _read_lines(body: _Body, *, pushed: bool, bulk: bool) -> tuple[RawColumns, list[LineRefusal]]:
    counts = separators_per_line(body.lines, TAB)
    usual = usual_count(counts)
    regular = (line for line, count in zip(body.lines, counts, strict=True) if usual and count == usual)
    layout = layout_of(list(islice(regular, SAMPLE_LINES)), pushed=pushed)
    in_one_go = bulk and usual > 0 and not layout.keyed
    pieces = cut(body.lines, TAB, counts=counts, usual=usual if in_one_go else NEVER, first_number=body.first_number)
    raw = RawColumns()
    if pieces.line_numbers:
        raw.extend(pieces.line_numbers, layout.columns(pieces.fields, len(pieces.line_numbers)))
    return raw, _read_odd_lines(pieces.odd, layout, raw)


def _read_odd_lines(odd: Sequence[tuple[int, str]], layout: Layout, raw: RawColumns) -> list[LineRefusal]:
    refused: list[LineRefusal] = []
    for number, line in odd:
        texts = read_line(line, layout)
        if texts is None:
            refused.append(LineRefusal.of(number, "line", PunchReason.LINE_MALFORMED, seen=line))
        else:
            raw.append(number, texts)
    return refused


def _without_frame(lines: Sequence[str]) -> _Body:
    """Take off the serial number and the checksum that black-and-white units write around the punches."""
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if not SERIAL_NUMBER.fullmatch(lines[first].strip()):
        return _Body(lines, 1, "")
    last = next(place for place in range(len(lines) - 1, first - 1, -1) if lines[place].strip())
    end = last if CHECKSUM.fullmatch(lines[last].strip()) else last + 1
    return _Body(lines[first + 1 : end], first + 2, lines[first].strip())


def _named_devices(devices: list[str], serial: str, device: str) -> list[str]:
    if serial:
        return [serial] * len(devices)
    return [sent.strip() or device for sent in devices] if device else devices
