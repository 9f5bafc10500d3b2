"""Which way up a photo is: the one thing that is read and kept of what a camera writes beside the pixels (Exif)."""

import struct

EXIF = b"Exif\0\0"
"""Before the tags in a JPEG; a PNG has the tags alone."""

ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
TAG, SHORT, ENTRY_BYTES = 0x0112, 3, 12
TURNED = range(2, 9)
"""Eight ways; the first is upright, and needs no saying."""


def orientation_alone(tags: bytes) -> bytes:
    """Tags that say which way up an image is and nothing else; empty where it is upright, or cannot be told."""
    order = ORDERS.get(tags[:4])
    if order is None:
        return b""
    try:
        turned = _orientation(tags, order)
    except struct.error:
        return b""
    return struct.pack(">4sIHHHIHHI", b"MM\0*", 8, 1, TAG, SHORT, 1, turned, 0, 0) if turned in TURNED else b""


def _orientation(tags: bytes, order: str) -> int:
    """What the first directory says; 0 where it says nothing. Raises struct.error where the tags are cut off."""
    (first,) = struct.unpack_from(f"{order}I", tags, 4)
    (count,) = struct.unpack_from(f"{order}H", tags, first)
    for place in range(first + 2, first + 2 + count * ENTRY_BYTES, ENTRY_BYTES):
        tag, kind, length, value = struct.unpack_from(f"{order}HHIH", tags, place)
        if (tag, kind, length) == (TAG, SHORT, 1):
            return int(value)
    return 0
