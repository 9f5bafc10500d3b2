"""Bodies that clocks push wrapped as a form: the device's serial number and the lines inside."""

from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from bylaw_chassis.files.opening import decode
from bylaw_chassis.files.refused import FileReason, FileRefused

PUNCH_TABLE = "ATTLOG"
HEAD_CHARACTERS = 400
# A clock sends at most 900 KB; taking quoted text apart costs eighty times its size in memory.
QUOTED_LIMIT_CHARACTERS = 4 * 1024 * 1024


class FormBody(NamedTuple):
    """The device as the form names it ("" where it does not) and the punch lines."""

    device: str
    data: str


def unwrap_form(text: str) -> FormBody | None:
    """Take `SN=..&table=ATTLOG&..&data=<lines>` apart; None where the text is no form."""
    if not is_form(text):
        return None
    fields = dict(_field(part) for part in text.split("&", HEAD_CHARACTERS))
    table = fields.get("table", PUNCH_TABLE)
    if table.upper() != PUNCH_TABLE:
        raise FileRefused(FileReason.NOT_RECOGNISED, seen=f"table={table[:20]}")
    if not fields["data"].strip():
        raise FileRefused(FileReason.EMPTY)
    return FormBody(fields.get("sn", "").strip(), fields["data"])


def is_form(text: str) -> bool:
    """Tell whether a text starts as a form with the field `data`, before any line has begun."""
    start = text.lstrip()[:HEAD_CHARACTERS]
    head = start.split("data=", 1)[0]
    return "data=" in start and (not head or head.endswith("&")) and "\t" not in head and "\n" not in head


def _field(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    packed = "%" in value and "\t" not in value
    return name.strip().lower(), _unquoted(value) if packed else value


def _unquoted(value: str) -> str:
    if len(value) > QUOTED_LIMIT_CHARACTERS:
        raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(QUOTED_LIMIT_CHARACTERS))
    return decode(unquote_to_bytes(value.replace("+", " "))).replace("\r\n", "\n")
