"""Images made from scratch: as small as an image can be, and with what cameras write beside the pixels."""

import struct
import zlib
from pathlib import Path

ON_ITS_SIDE = Path(__file__).with_name("photo_on_its_side.jpg")
"""A real JPEG as a phone held upright writes it: pixels lying on their side, orientation 6, and the place beside it."""

PLACE = b"GPS 31.2304 N 121.4737 E"
"""What a camera says of where it was."""


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def tags(orientation: int, *, order: str = ">") -> bytes:
    """Exif with a camera's name, which way up the image is, and where it was."""
    head = struct.pack(f"{order}2sHI", b"MM" if order == ">" else b"II", 42, 8)
    maker = struct.pack(f"{order}HHI4s", 0x010F, 2, 4, b"Phon")
    turned = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return head + struct.pack(f"{order}H", 2) + maker + turned + bytes(4) + PLACE


def jpeg(*, shade: int = 0, width: int = 8, height: int = 8, beside: bytes = b"") -> bytes:
    """A JPEG of one shade: enough of it that whoever reads it finds a frame, a scan and an end."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + bytes([1, 0x11, 0]))
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + bytes([shade, 0xFF, 0x00, 0x2A, 0xFF, 0xD0, 0x3F])
    tables = segment(0xDB, bytes(65)) + segment(0xC4, bytes(17 + 1))
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0" + bytes(9)) + beside + tables + frame + scan + b"\xff\xd9"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*, shade: int = 0, width: int = 1, height: int = 1, beside: bytes = b"") -> bytes:
    """A grey PNG."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + bytes([shade]) * width) * height))
    return b"\x89PNG\r\n\x1a\n" + head + beside + pixels + chunk(b"IEND", b"")
