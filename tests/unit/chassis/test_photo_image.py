"""Sentences about what an image is: whole, JPEG or PNG, and kept without what it says beside its pixels."""

import pytest
from bylaw_chassis.photos.image import LONGEST_SIDE, NotImage, plain_image
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.images import ON_ITS_SIDE, PLACE, chunk, jpeg, png, segment, tags

UPRIGHT_AGAIN = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
"""Exif's shortest way to say that an image is to be turned by a quarter: one tag, and no directory after it."""


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


def test_a_photo_that_a_phone_took_upright_is_still_shown_upright_and_without_its_place() -> None:
    sent = ON_ITS_SIDE.read_bytes()
    before, exif, pixels = sent.partition(b"\xff\xe1")
    length = int.from_bytes(pixels[:2])
    assert b"Phone" in pixels[:length]
    kept = plain_image(sent).content
    assert kept == before + segment(exif[1], b"Exif\0\0" + UPRIGHT_AGAIN) + pixels[length:]
    assert plain_image(kept).content == kept


@pytest.mark.parametrize("order", [">", "<"])
def test_which_way_up_an_image_is_is_kept_in_one_form_and_the_rest_of_exif_dropped(order: str) -> None:
    exif = tags(6, order=order)
    beside = segment(0xE1, b"Exif\0\0" + exif)
    assert plain_image(jpeg(beside=beside)).content == jpeg(beside=segment(0xE1, b"Exif\0\0" + UPRIGHT_AGAIN))
    assert plain_image(jpeg(beside=beside + segment(0xE1, b"Exif\0\0" + tags(3)))).content.count(b"Exif") == 1
    assert plain_image(png(beside=chunk(b"eXIf", exif))).content == png(beside=chunk(b"eXIf", UPRIGHT_AGAIN))


@pytest.mark.parametrize(
    "exif",
    [
        tags(1),
        tags(0),
        tags(9),
        tags(6)[:20],
        b"MM\0*\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff",
        b"ZZ" + tags(6)[2:],
    ],
    ids=["upright", "no way", "a ninth way", "cut off", "a directory beyond its end", "entries beyond", "no order"],
)
def test_what_says_nothing_of_the_way_up_is_dropped_whole(exif: bytes) -> None:
    assert plain_image(jpeg(beside=segment(0xE1, b"Exif\0\0" + exif))).content == jpeg()
    assert plain_image(png(beside=chunk(b"eXIf", exif))).content == png()


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
