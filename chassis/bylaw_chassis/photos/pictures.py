"""What a picture of goods is: JPEG, PNG or WebP from its first byte to its last; what stands beside its pixels goes."""

from bylaw_chassis.photos.image import LONGEST_SIDE, Image, NotImage, plain_image

WEBP_START, WEBP_KIND = b"RIFF", b"WEBP"
EXTENDED, LOSSY, LOSSLESS = b"VP8X", b"VP8 ", b"VP8L"
NEEDED = frozenset({EXTENDED, LOSSY, LOSSLESS, b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
"""What a picture is drawn from; all others (Exif, XMP, what nobody knows) are dropped."""

FRAMES = frozenset({LOSSY, LOSSLESS, b"ANMF"})
SAYS_WHAT_IS_DROPPED = 0b0000_1100
"""Flags of an extended picture for Exif and XMP."""


def plain_picture(data: bytes) -> Image:
    """The picture without place, camera, comments and whatever follows its end; raises NotImage."""
    if not data.startswith(WEBP_START):
        return plain_image(data)
    try:
        return Image("image/webp", _webp(data))
    except IndexError:
        raise NotImage from None


def _webp(data: bytes) -> bytes:
    end = 8 + int.from_bytes(data[4:8], "little")
    if data[8:12] != WEBP_KIND or end > len(data):
        raise NotImage
    kept, at, frames = bytearray(), 12, 0
    while at < end:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        behind = at + 8 + length
        if behind > end:
            raise NotImage
        if kind in NEEDED:
            content = _checked(kind, data[at + 8 : behind])
            kept += kind + length.to_bytes(4, "little") + content + b"\0" * (length % 2)
            frames += kind in FRAMES
        at = behind + length % 2
    if not frames:
        raise NotImage
    return WEBP_START + (len(kept) + len(WEBP_KIND)).to_bytes(4, "little") + WEBP_KIND + bytes(kept)


def _checked(kind: bytes, content: bytes) -> bytes:
    """The content of a part, of a size that is drawn, and not saying what is no longer there."""
    width, height = 1, 1
    if kind == EXTENDED:
        width, height = (1 + int.from_bytes(content[start : start + 3], "little") for start in (4, 7))
        content = bytes([content[0] & ~SAYS_WHAT_IS_DROPPED]) + content[1:]
    elif kind == LOSSY:
        if content[3:6] != b"\x9d\x01\x2a":
            raise NotImage
        width, height = (int.from_bytes(content[start : start + 2], "little") & 0x3FFF for start in (6, 8))
    elif kind == LOSSLESS:
        if content[0] != 0x2F:
            raise NotImage
        sides = int.from_bytes(content[1:5], "little")
        width, height = 1 + (sides & 0x3FFF), 1 + (sides >> 14 & 0x3FFF)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise NotImage
    return content
