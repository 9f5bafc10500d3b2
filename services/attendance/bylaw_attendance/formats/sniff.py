"""Which of our formats a file is in, told from its first lines, and the one call that reads any of them."""

from enum import Enum

from bylaw_attendance.formats.attlog import read_attlog_text
from bylaw_attendance.formats.attlog_line import KEYED_START, TIME
from bylaw_attendance.formats.columns import DIRECTION_UNCERTAIN, PunchFile
from bylaw_attendance.formats.csv_punches import OPTIONAL, REQUIRED, read_csv_text
from bylaw_attendance.formats.opening import SIZE_LIMIT_BYTES, open_text
from bylaw_attendance.formats.push_body import is_form
from bylaw_attendance.formats.wide import read_wide_text
from bylaw_attendance.rules.punch import FileReason, FileRefused

LINES_LOOKED_AT = 20
HEADINGS_LOOKED_AT = 40


class FileFormat(Enum):
    """The formats that can be told apart."""

    WIDE = "wide"
    ATTLOG = "attlog"
    CSV = "csv"


def read_punches(
    data: bytes,
    *,
    direction: int = DIRECTION_UNCERTAIN,
    device: str = "",
    size_limit_bytes: int = SIZE_LIMIT_BYTES,
) -> PunchFile:
    """Read a file of any known format. A wide file needs its `direction`, 1 in or 2 out."""
    text = open_text(data, size_limit_bytes=size_limit_bytes)
    match recognise(text):
        case FileFormat.WIDE:
            return read_wide_text(text, direction=direction)
        case FileFormat.CSV:
            return read_csv_text(text, device=device)
        case FileFormat.ATTLOG:
            return read_attlog_text(text, device=device)


def recognise(text: str) -> FileFormat:
    """Tell the format; raises FileRefused where it is none of ours."""
    lines = [line for line in text[: 2**20].split("\n") if line.strip()][:LINES_LOOKED_AT]
    headings = [cell.strip().strip('"').lower() for cell in lines[0].split(",", HEADINGS_LOOKED_AT)]
    if len(headings) > 1 and not headings[0]:
        return FileFormat.WIDE
    if set(headings) & {*REQUIRED, *OPTIONAL}:
        return FileFormat.CSV
    if is_form(text) or any(TIME.search(line) or KEYED_START.match(line) for line in lines):
        return FileFormat.ATTLOG
    raise FileRefused(FileReason.NOT_RECOGNISED, seen=lines[0].strip()[:40])
