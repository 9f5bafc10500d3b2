"""What an image is: JPEG or PNG from its first byte to its last; of what stands beside its pixels, the way up alone."""

import re
import zlib
from typing import NamedTuple

from bylaw_chassis.photos.orientation import EXIF, orientation_alone

LARGEST_PHOTO_BYTES = 5 * 1024 * 1024
LONGEST_SIDE = 12_000
JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
PNG_START = b"\x89PNG\r\n\x1a\n"
SCAN, SCAN_END = 0xDA, re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
NEEDED_APPLICATIONS = frozenset({0xE0, 0xEE})
"""JFIF and Adobe say how colours are meant; all others (XMP, previews) are dropped, and Exif but for the way up."""

COMMENT, APPLICATIONS, EXIF_SEGMENT = 0xFE, frozenset(range(0xE0, 0xF0)), 0xE1
NEEDED_CHUNK, EXIF_CHUNK = b"tRNS", b"eXIf"


class NotImage(Exception):  # noqa: N818 - it says what a file is not; the use case answers it
    """A file that is no JPEG or PNG, or one that is cut off or damaged."""


class Image(NamedTuple):
    """An image as it may be kept."""

    content_type: str
    content: bytes


def plain_image(data: bytes) -> Image:
    """The image without place, camera, comments and whatever follows its end; raises NotImage."""
    try:
        if data.startswith(JPEG_START):
            return Image("image/jpeg", _jpeg(data))
        if data.startswith(PNG_START):
            return Image("image/png", _png(data))
    except IndexError:
        raise NotImage from None
    raise NotImage


def _jpeg(data: bytes) -> bytes:
    kept, at, frames, scans, turned = bytearray(JPEG_START), len(JPEG_START), 0, 0, b""
    while data[at : at + 2] != JPEG_END:
        if data[at] != 0xFF:
            raise NotImage
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1  # filling between two segments
            continue
        end = _segment_end(data, at)
        if marker in FRAMES:
            _check_size(int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7]))
            frames += 1
        if marker == SCAN:
            scans += 1
            end = _scan_end(data, end)
        if marker == EXIF_SEGMENT and not turned:
            turned = _turned(data[at + 4 : end])
            kept += turned
        if marker != COMMENT and (marker not in APPLICATIONS or marker in NEEDED_APPLICATIONS):
            kept += data[at:end]
        at = end
    if not (frames and scans):
        raise NotImage
    return bytes(kept + JPEG_END)


def _turned(content: bytes) -> bytes:
    """A segment that says which way up the image is; empty where this one does not."""
    alone = orientation_alone(content[len(EXIF) :]) if content.startswith(EXIF) else b""
    length = (2 + len(EXIF) + len(alone)).to_bytes(2)
    return bytes([0xFF, EXIF_SEGMENT]) + length + EXIF + alone if alone else b""


def _segment_end(data: bytes, at: int) -> int:
    length = int.from_bytes(data[at + 2 : at + 4])
    end = at + 2 + length
    if length < 2 or end >= len(data):
        raise NotImage
    return end


def _scan_end(data: bytes, at: int) -> int:
    """Where the pixels of a scan end: an end that merely stands somewhere may be that of another image behind it."""
    found = SCAN_END.search(data, at)
    if found is None:
        raise NotImage
    return found.start()


def _png(data: bytes) -> bytes:
    kept, at, kind, pixels, turned = bytearray(PNG_START), len(PNG_START), b"", False, b""
    while kind != b"IEND":
        length = int.from_bytes(data[at : at + 4])
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise NotImage
        if at == len(PNG_START):
            if kind != b"IHDR" or length != 13:
                raise NotImage
            _check_size(int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 12 : at + 16]))
        pixels = pixels or kind == b"IDAT"
        if kind == EXIF_CHUNK and not turned:
            turned = _chunk(EXIF_CHUNK, orientation_alone(data[at + 8 : end - 4]))
            kept += turned
        if kind[:1].isupper() or kind == NEEDED_CHUNK:
            kept += data[at:end]
        at = end
    if not pixels:
        raise NotImage
    return bytes(kept)


def _chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG; none where it would be empty."""
    if not content:
        return b""
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise NotImage
