"""Pictures of goods: JPEG, PNG and WebP, whole, and without what was written beside their pixels."""

import pytest
from bylaw_chassis.photos.image import NotImage
from bylaw_chassis.photos.pictures import plain_picture
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.images import PLACE, jpeg, png

LOSSY = b"\x10\x00\x00\x9d\x01\x2a" + (8).to_bytes(2, "little") + (6).to_bytes(2, "little") + b"pixels"
LOSSLESS = b"\x2f" + (7 | 5 << 14).to_bytes(4, "little") + b"pixels!"
EXTENDED = bytes([0b0000_1100, 0, 0, 0]) + (7).to_bytes(3, "little") + (5).to_bytes(3, "little")


def part(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def webp(*parts: bytes, behind: bytes = b"") -> bytes:
    content = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(content).to_bytes(4, "little") + content + behind


def test_a_webp_keeps_its_pixels_and_loses_place_and_camera() -> None:
    sent = webp(part(b"VP8X", EXTENDED), part(b"VP8 ", LOSSY), part(b"EXIF", PLACE), part(b"XMP ", PLACE), behind=PLACE)
    kept = plain_picture(sent)
    assert kept.content_type == "image/webp"
    assert PLACE not in kept.content
    assert kept.content == webp(part(b"VP8X", bytes(4) + EXTENDED[4:]), part(b"VP8 ", LOSSY))
    assert plain_picture(kept.content) == kept


@pytest.mark.parametrize("content", [webp(part(b"VP8 ", LOSSY)), webp(part(b"VP8L", LOSSLESS))])
def test_both_kinds_of_webp_are_kept_as_they_are(content: bytes) -> None:
    assert plain_picture(content).content == content


def test_jpeg_and_png_are_kept_as_photos_are() -> None:
    assert plain_picture(jpeg()).content_type == "image/jpeg"
    assert plain_picture(png()).content_type == "image/png"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"RIFF\0\0\0\0WAVE",
        webp(),
        webp(part(b"EXIF", PLACE)),
        webp(part(b"VP8 ", LOSSY))[:-3],
        webp(part(b"VP8 ", LOSSY[:2] + b"..." + LOSSY[5:])),
        webp(part(b"VP8 ", LOSSY[:6] + bytes(4))),
        webp(part(b"VP8L", b"x" + LOSSLESS[1:])),
        webp(part(b"VP8L", b"\x2f" + b"\xff" * 5)),
        webp(part(b"VP8X", EXTENDED[:4] + b"\xff" * 6), part(b"VP8 ", LOSSY)),
        webp(part(b"VP8X", b""), part(b"VP8 ", LOSSY)),
        b"GIF89a",
    ],
)
def test_what_is_no_whole_picture_is_none(content: bytes) -> None:
    with pytest.raises(NotImage):
        plain_picture(content)


@given(st.binary(max_size=200), st.integers(0, 60), st.binary(min_size=1, max_size=3))
def test_damage_is_a_picture_or_none_and_never_a_crash(data: bytes, place: int, damage: bytes) -> None:
    sound = webp(part(b"VP8X", EXTENDED), part(b"VP8 ", LOSSY))
    for content in (b"RIFF" + data, sound[:place] + damage + sound[place + len(damage) :]):
        try:
            assert plain_picture(content).content.startswith(b"RIFF")
        except NotImage:
            continue
