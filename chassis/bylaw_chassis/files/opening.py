"""From the bytes of a file to its text: unpacking with a limit, encodings, and what is no text at all."""

import codecs
import zlib

from bylaw_chassis.files.refused import FileReason, FileRefused

SIZE_LIMIT_BYTES = 64 * 1024 * 1024
LINE_LIMIT = 3_000_000
GZIP_START = b"\x1f\x8b"
CONTROL_BYTES = bytes(code for code in range(0x20) if code not in b"\t\n\r") + b"\x7f"
DOS_END_OF_FILE = b"\x1a"
WIDE_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
KNOWN_STARTS = (
    (b"PK\x03\x04", "xlsx / zip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)


def open_text(data: bytes, *, size_limit_bytes: int = SIZE_LIMIT_BYTES, in_one_encoding: bool = False) -> str:
    """Unpack and decode a file; line ends become LF. Raises FileRefused for whatever is no text.

    Where it must be `in_one_encoding`, the first line that is written otherwise than those above it is named.
    """
    if len(data) > size_limit_bytes:
        raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(size_limit_bytes))
    plain = unpack(data, size_limit_bytes) if data.startswith(GZIP_START) else data
    if in_one_encoding and (line := other_encoding(plain)):
        raise FileRefused(FileReason.ENCODING_MIXED, line_number=str(line))
    text = decode(plain.rstrip(DOS_END_OF_FILE))
    if not text.strip():
        raise FileRefused(FileReason.EMPTY)
    if text.count("\n") > LINE_LIMIT:
        raise FileRefused(FileReason.TOO_MANY_LINES, limit_lines=str(LINE_LIMIT))
    return text.replace("\r\n", "\n")


def unpack(data: bytes, size_limit_bytes: int) -> bytes:
    """Unpack gzip, member after member, and stop at the limit: a small file can unpack to a huge one."""
    parts: list[bytes] = []
    room_bytes = size_limit_bytes
    rest = data
    while rest:
        part, rest = _unpack_member(rest, room_bytes)
        room_bytes -= len(part)
        if room_bytes < 0:
            raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(size_limit_bytes))
        parts.append(part)
    return b"".join(parts)


def _unpack_member(data: bytes, room_bytes: int) -> tuple[bytes, bytes]:
    member = zlib.decompressobj(wbits=31)
    try:
        part = member.decompress(data, room_bytes + 1)
    except zlib.error as error:
        raise FileRefused(FileReason.DAMAGED, line_number="1") from error
    if not member.eof and len(part) <= room_bytes:
        raise FileRefused(FileReason.TRUNCATED)
    return part, member.unused_data.lstrip(b"\0")


def decode(data: bytes) -> str:
    """Decode UTF-8 or else GB18030; a name that a device cut in mid-character does not spoil the file."""
    _refuse_what_is_no_text(data)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        # No byte of a GB18030 character is a tab, a comma or a line end, so columns stay where they are.
        return data.decode("gb18030", errors="replace")


def other_encoding(data: bytes) -> int:
    """The number of the first line that is in another encoding than the lines above it; 0 where all are in one.

    A line counts as UTF-8 where it can be read so and Chinese comes of it: GB18030 hardly ever looks like that.
    """
    if _is_utf_8(data):
        return 0
    first: bool | None = None
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if line.isascii():
            continue
        is_utf_8 = _is_utf_8(line)
        if is_utf_8 and not any("\u2e80" <= one <= "\uffef" for one in line.decode()):
            continue  # two bytes of GB18030 may well be a letter with an accent
        if first is None:
            first = is_utf_8
        elif first is not is_utf_8:
            return number
    return 0


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_what_is_no_text(data: bytes) -> None:
    for start, encoding in WIDE_ENCODINGS:
        if data.startswith(start):
            raise FileRefused(FileReason.ENCODING_REFUSED, seen=encoding)
    zeros = sorted((data[0::2].count(0), data[1::2].count(0))) if b"\0" in data else [0, 0]
    if zeros[0] == 0 and zeros[1] * 10 > len(data) * 4:
        raise FileRefused(FileReason.ENCODING_REFUSED, seen="UTF-16")
    if len(data.translate(None, CONTROL_BYTES)) != len(data):
        raise FileRefused(FileReason.NOT_RECOGNISED, seen=_looks_like(data))


def _looks_like(data: bytes) -> str:
    names = [name for start, name in KNOWN_STARTS if data.startswith(start)]
    return names[0] if names else "binary"
