"""Our own simple punch file: `employee_number,local_time[,direction,device,status]`, one punch a line."""

from collections.abc import Sequence

from bylaw_chassis.files.csv_rows import header_and_rows
from bylaw_chassis.files.opening import SIZE_LIMIT_BYTES, open_text
from bylaw_chassis.files.refused import FileReason, FileRefused

from bylaw_attendance.formats.checking import RawColumns, check
from bylaw_attendance.formats.columns import PunchFile
from bylaw_attendance.formats.lines import MOST_FIELDS, cut, separators_per_line
from bylaw_attendance.rules.judging.punch import LineRefusal, PunchReason

REQUIRED = ("employee_number", "local_time")
OPTIONAL = ("direction", "device", "status")


def read_csv_punches(data: bytes, *, device: str = "", size_limit_bytes: int = SIZE_LIMIT_BYTES) -> PunchFile:
    """Read the file; where a line names no device it is `device`."""
    return read_csv_text(open_text(data, size_limit_bytes=size_limit_bytes), device=device)


def read_csv_text(text: str, *, device: str = "", bulk: bool = True) -> PunchFile:
    """Read the text of the file; without `bulk` every row takes the careful path (the result is the same)."""
    raw, refused = _cut_lines(text) if bulk and _is_plain(text) else _walk_rows(text)
    if device:
        raw.devices = [sent.strip() or device for sent in raw.devices]
    return check(raw, refused)


def _is_plain(text: str) -> bool:
    """Tell whether lines can be cut at commas: no quotes, no bare carriage returns, the header first."""
    return '"' not in text and "\r" not in text and text.split("\n", 1)[0].strip() != ""


def _cut_lines(text: str) -> tuple[RawColumns, list[LineRefusal]]:
    head, _, rest = text.partition("\n")
    header = _header(1, head.split(",", MOST_FIELDS))
    lines = rest.split("\n")
    pieces = cut(lines, ",", counts=separators_per_line(lines, ","), usual=len(header) - 1, first_number=2)
    raw = RawColumns()
    if pieces.line_numbers:
        raw.extend(pieces.line_numbers, _columns(header, pieces.fields, len(pieces.line_numbers)))
    return raw, [_malformed(number, line) for number, line in pieces.odd if line]


def _walk_rows(text: str) -> tuple[RawColumns, list[LineRefusal]]:
    line_number, head, rows = header_and_rows(text)
    header = _header(line_number, head)
    raw, refused = RawColumns(), []
    for number, row in rows:
        if len(row) == len(header):
            texts = _columns(header, [[cell] for cell in row], 1)
            raw.append(number, [column[0] for column in texts])
        else:
            refused.append(_malformed(number, ",".join(row)))
    return raw, refused


def _header(line_number: int, cells: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    for place, name in enumerate(names):
        if name not in REQUIRED + OPTIONAL or name in names[:place]:
            raise _wrong_header(line_number, place + 1, seen=name)
    for name in REQUIRED:
        if name not in names:
            raise _wrong_header(line_number, len(names) + 1, seen="")
    return names


def _wrong_header(line_number: int, column_number: int, *, seen: str) -> FileRefused:
    expected = ",".join(REQUIRED) + "[," + ",".join(OPTIONAL) + "]"
    return FileRefused(
        FileReason.HEADER_WRONG,
        line_number=str(line_number),
        column_number=str(column_number),
        seen=seen[:40],
        expected_zh=expected,
        expected_en=expected,
    )


def _columns(header: Sequence[str], fields: Sequence[list[str]], length: int) -> tuple[list[str], ...]:
    named = dict(zip(header, fields, strict=True))
    blank = [""] * length
    status, direction = named.get("status"), named.get("direction")
    return (
        named["employee_number"],
        named["local_time"],
        direction or status or blank,
        status or direction or blank,
        blank,
        named.get("device", blank),
        blank,
    )


def _malformed(line_number: int, seen: str) -> LineRefusal:
    return LineRefusal.of(line_number, "line", PunchReason.LINE_MALFORMED, seen=seen)
