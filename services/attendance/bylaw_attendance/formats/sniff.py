"""Which of our formats a file is in, told from its first lines, and the one call that reads any of them."""

from enum import Enum

from bylaw_chassis.files.csv_rows import numbered_rows
from bylaw_chassis.files.opening import GZIP_START, SIZE_LIMIT_BYTES, open_text, unpack
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import ZIP_START, Sheet, sheets_of

from bylaw_attendance.formats.attlog import read_attlog_text
from bylaw_attendance.formats.attlog_line import KEYED_START, TIME
from bylaw_attendance.formats.chat_export import Vendor, open_export, vendor_of
from bylaw_attendance.formats.chat_punches import read_chat_export
from bylaw_attendance.formats.columns import DIRECTION_UNCERTAIN, PunchFile
from bylaw_attendance.formats.csv_punches import OPTIONAL, REQUIRED, read_csv_text
from bylaw_attendance.formats.named_columns import NAME
from bylaw_attendance.formats.push_body import is_form
from bylaw_attendance.formats.wide import read_wide_text

LINES_LOOKED_AT = 20
HEADINGS_LOOKED_AT = 40


class FileFormat(Enum):
    """The formats that can be told apart."""

    WIDE = "wide"
    ATTLOG = "attlog"
    CSV = "csv"
    DINGTALK = "dingtalk"
    WECOM = "wecom"


VENDORS = {Vendor.DINGTALK: FileFormat.DINGTALK, Vendor.WECOM: FileFormat.WECOM}
Opened = str | tuple[Sheet, ...]
"""A file once opened: its text, or its sheets."""


def opened(data: bytes, *, size_limit_bytes: int = SIZE_LIMIT_BYTES) -> Opened:
    """Unpack a file and open it; raises FileRefused for whatever is neither text nor a workbook."""
    if len(data) > size_limit_bytes:
        raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(size_limit_bytes))
    plain = unpack(data, size_limit_bytes) if data.startswith(GZIP_START) else data
    if plain.startswith(ZIP_START):
        return sheets_of(plain, size_limit_bytes=size_limit_bytes)
    return open_text(plain, size_limit_bytes=size_limit_bytes)


def read_punches(
    data: bytes,
    *,
    direction: int = DIRECTION_UNCERTAIN,
    device: str = "",
    file_name: str = "",
    size_limit_bytes: int = SIZE_LIMIT_BYTES,
) -> PunchFile:
    """Read a file of any known format. A wide file needs its `direction`, 1 in or 2 out."""
    found = opened(data, size_limit_bytes=size_limit_bytes)
    match recognise(found), found:
        case FileFormat.WIDE, str(text):
            return read_wide_text(text, direction=direction)
        case FileFormat.CSV, str(text):
            return read_csv_text(text, device=device)
        case FileFormat.ATTLOG, str(text):
            return read_attlog_text(text, device=device)
        case _:
            return read_chat_export(_sheets(found), device=device, file_name=file_name)


def check_heading(found: Opened, file_name: str) -> None:
    """Raises FileRefused where an export's columns are not there by their names; the rows are not read."""
    if recognise(found) in VENDORS.values():
        open_export(_sheets(found), file_name)


def recognise(found: Opened) -> FileFormat:
    """Tell the format; raises FileRefused where it is none of ours."""
    if not isinstance(found, str):
        return _recognised_sheets(found)
    lines = [line for line in found[: 2**20].split("\n") if line.strip()][:LINES_LOOKED_AT]
    headings = [cell.strip().strip('"').lower() for cell in lines[0].split(",", HEADINGS_LOOKED_AT)]
    if any(NAME in line for line in lines) and (vendor := vendor_of(_sheets(found))):
        return VENDORS[vendor]
    if len(headings) > 1 and not headings[0]:
        return FileFormat.WIDE
    if set(headings) & {*REQUIRED, *OPTIONAL}:
        return FileFormat.CSV
    if is_form(found) or any(TIME.search(line) or KEYED_START.match(line) for line in lines):
        return FileFormat.ATTLOG
    raise FileRefused(FileReason.NOT_RECOGNISED, seen=lines[0].strip()[:40])


def _recognised_sheets(sheets: tuple[Sheet, ...]) -> FileFormat:
    vendor = vendor_of(sheets)
    if vendor is None:
        titles = "、".join(sheet.title for sheet in sheets)
        raise FileRefused(FileReason.NOT_RECOGNISED, seen=f"xlsx {titles}"[:40])
    return VENDORS[vendor]


def _sheets(found: Opened) -> tuple[Sheet, ...]:
    return (Sheet("", lambda: numbered_rows(found)),) if isinstance(found, str) else found
