"""Sentences about what an image is: whole, JPEG or PNG, and kept without what it says beside its pixels."""

import pytest
from bylaw_attendance.rules.photo_image import LONGEST_SIDE, NotImage, plain_image
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.images import PLACE, chunk, jpeg, png, segment


def test_an_image_is_told_by_its_bytes_and_kept_as_it_is() -> None:
    assert plain_image(jpeg()) == ("image/jpeg", jpeg())
    assert plain_image(png()) == ("image/png", png())


@pytest.mark.parametrize(
    "beside",
    [segment(0xE1, b"Exif\0\0" + PLACE), segment(0xED, PLACE), segment(0xFE, PLACE), b"\xff" + segment(0xE2, PLACE)],
    ids=["Exif", "Photoshop", "a comment", "a colour profile behind filling"],
)
def test_the_place_that_a_camera_wrote_beside_the_pixels_is_not_kept(beside: bytes) -> None:
    sent = jpeg(beside=beside)
    assert PLACE in sent
    assert plain_image(sent).content == jpeg()


def test_of_a_png_only_what_its_pixels_need_is_kept() -> None:
    needed = chunk(b"tRNS", b"\0\0")
    beside = chunk(b"tEXt", b"Comment\0" + PLACE) + needed + chunk(b"eXIf", PLACE) + chunk(b"tIME", bytes(7))
    assert plain_image(png(beside=beside)).content == png(beside=needed)


def test_a_second_image_behind_the_end_of_the_first_is_not_kept() -> None:
    assert plain_image(jpeg() + jpeg(beside=segment(0xE1, PLACE))).content == jpeg()
    assert plain_image(png() + PLACE).content == png()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + segment(0xC0, bytes(15)) + b"\xff\xd9",
        jpeg()[:-2],
        jpeg()[:60],
        png()[:-4],
        png().replace(b"IDAT", b"IDAX"),
        jpeg(width=LONGEST_SIDE + 1),
        jpeg(height=0),
        png(width=LONGEST_SIDE + 1),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=[
        "nothing", "GIF", "no pixels", "a frame alone", "a JPEG cut at its end", "a JPEG cut early", "a PNG cut off",
        "a PNG that was changed", "too wide", "no height", "a PNG too wide", "SVG",
    ],
)  # fmt: skip
def test_what_is_no_whole_image_is_refused(data: bytes) -> None:
    with pytest.raises(NotImage):
        plain_image(data)


@given(
    st.one_of(st.binary(max_size=80), st.binary(max_size=60).map(lambda more: jpeg()[:40] + more)), st.integers(0, 160)
)
def test_any_bytes_are_an_image_or_none_and_what_is_kept_is_an_image_again(data: bytes, cut: int) -> None:
    for sent in (data, jpeg()[:cut] + data, png()[:cut] + data):
        try:
            kept = plain_image(sent)
        except NotImage:
            continue
        assert plain_image(kept.content) == kept
