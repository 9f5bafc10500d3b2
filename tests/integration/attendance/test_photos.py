"""Photos by which people sign in: taken for oneself and now, accepted by the head, and then proof of presence."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bylaw_chassis.caller import Scope

from tests.builders.closing import Months
from tests.builders.corrections import IN, OUT, refusal, shop_of
from tests.builders.images import PLACE, jpeg, png, segment
from tests.builders.photos import ACCEPTED, REFUSED, WAITING, WITHDRAWN, Studio, studio_of
from tests.databases import Databases


@pytest.fixture
def studio(postgres: Databases, tmp_path: Path) -> Iterator[Studio]:
    with studio_of(postgres, tmp_path / "photos") as made:
        yield made


@pytest.mark.postgresql15
@pytest.mark.clause("ATT-1")
def test_an_accepted_photo_covers_a_missing_punch(studio: Studio) -> None:
    shop = studio.shop
    taken = studio.take(direction=OUT)
    assert (taken.state, taken.person, taken.local_time) == (WAITING, shop.anna, "2026-03-02 12:00:00")
    assert shop.punches() == [], "what waits is no punch"

    accepted = studio.accept(taken.name)

    assert (accepted.state, accepted.ended_by, accepted.end_text) == (ACCEPTED, shop.heidi, "it is her")
    (punch,) = shop.punches()
    assert (punch.name, punch.source, punch.direction) == (accepted.punch, "photo", OUT)
    assert (punch.sign_in_photo, punch.punch_correction) == (taken.name, "")
    assert punch.local_time == "2026-03-02 12:00:00"
    assert [card.punch_time for card in shop.cards("2026-03-02", "2026-03")][1] == "2026-03-02 12:00:00"


@pytest.mark.clause("ATT-1")
def test_a_photo_beside_a_punch_confirms_it_and_adds_none(studio: Studio) -> None:
    punch = studio.attendance.punch(studio.shop.anna, "2026-03-02 11:55:00")
    accepted = studio.accept(studio.take().name)

    assert accepted.punch == punch.name
    assert [one.name for one in studio.shop.punches()] == [punch.name]


@pytest.mark.clause("ATT-1")
def test_a_missing_or_refused_photo_voids_no_punch(studio: Studio) -> None:
    punch = studio.attendance.punch(studio.shop.anna, "2026-03-02 11:59:00")
    refused = studio.refuse(studio.take().name)

    assert (refused.state, refused.end_text, refused.punch) == (REFUSED, "somebody else", "")
    assert [one.name for one in studio.shop.punches()] == [punch.name]


@pytest.mark.clause("ATT-1")
def test_two_heads_who_accept_at_once_make_one_punch(studio: Studio) -> None:
    taken = studio.take(direction=IN)
    studio.accept(taken.name)
    again = refusal(studio.accept, taken.name, studio.attendance.everything)

    assert again.reason == "PHOTO_OVER"
    assert len(studio.shop.punches()) == 1


@pytest.mark.clause("ATT-1")
def test_an_accepted_photo_and_an_accepted_correction_of_one_stamp_make_one_punch(studio: Studio) -> None:
    asked = studio.shop.ask("2026-03-02 11:58", OUT)
    studio.accept(studio.take(direction=OUT).name)

    assert refusal(studio.shop.accept, asked.name).reason == "PUNCH_ON_RECORD"
    assert len(studio.shop.punches()) == 1


@pytest.mark.clause("SEC-1")
def test_the_image_is_kept_without_its_place_and_shown_to_the_head_and_its_owner_alone(studio: Studio) -> None:
    taken = studio.take(jpeg(beside=segment(0xE1, b"Exif\0\0" + PLACE)))
    shop = studio.shop

    shown = studio.image(taken.name)
    assert (shown.content_type, shown.data, taken.size_bytes) == ("image/jpeg", jpeg(), len(jpeg()))
    assert studio.image(taken.name, shop.oneself(shop.anna)) == shown
    for stranger in (shop.oneself(shop.ben), studio.attendance.caller(Scope.UNIT, unit=shop.store, person=shop.cleo)):
        assert refusal(studio.image, taken.name, stranger).reason == "PHOTO_NOT_FOUND"
        assert refusal(studio.get, taken.name, stranger).reason == "PHOTO_NOT_FOUND"
        assert studio.names(stranger) == []
    (file,) = studio.files()
    assert file.stat().st_mode & 0o077 == 0
    assert PLACE not in file.read_bytes()


@pytest.mark.clause("ORG-3")
def test_nobody_reviews_a_photo_of_their_own_whatever_they_hold(studio: Studio) -> None:
    shop = studio.shop
    own = studio.take(person=shop.heidi)
    for caller in (shop.head, studio.attendance.caller(Scope.COMPANY, person=shop.heidi)):
        assert refusal(studio.accept, own.name, caller).reason == "PHOTO_OWN"
        assert refusal(studio.refuse, own.name, caller=caller).reason == "PHOTO_OWN"
    assert refusal(studio.withdraw, own.name).reason == "PHOTO_NOT_FOUND"


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (b"%PDF-1.7", "PHOTO_NOT_IMAGE"),
        (jpeg()[:-1], "PHOTO_NOT_IMAGE"),
        (b"\xff\xd8" + bytes(5 * 1024 * 1024), "PHOTO_TOO_LARGE"),
    ],
    ids=["a PDF", "cut off", "beyond five mebibytes"],
)
@pytest.mark.clause("ATT-1")
def test_what_is_no_photo_is_refused_and_nothing_is_kept(studio: Studio, image: bytes, reason: str) -> None:
    told = refusal(studio.take, image)

    assert (told.reason, told.clause) == (reason, "ATT-1")
    assert (studio.names(), studio.files(), studio.told()) == ([], [], [])


def test_the_same_image_again_is_the_same_photo_and_another_is_another(studio: Studio) -> None:
    first, other = studio.take(), studio.take(png())
    assert studio.take() == first
    assert studio.take(person=studio.shop.ben).name != first.name, "of somebody else it is a photo of its own"
    assert len(studio.files()) == 3
    assert studio.names(parent=studio.shop.anna) == [other.name, first.name]


def test_a_day_takes_twenty_photos_of_somebody(studio: Studio) -> None:
    for shade in range(20):
        studio.take(png(shade=shade))
    told = refusal(studio.take, png(shade=20))

    assert (told.reason, told.variables["limit"]) == ("PHOTO_QUOTA_USED", "20")
    assert studio.take(person=studio.shop.ben).state == WAITING


def test_what_waits_stands_first_and_the_newest_first(studio: Studio) -> None:
    first, second, third = (studio.take(png(shade=shade)).name for shade in range(3))
    studio.refuse(third)
    studio.withdraw(first)

    assert studio.names() == [second, third, first]
    assert studio.names(state=WITHDRAWN) == [first]
    assert studio.names(parent=studio.shop.shop) == [second, third, first]
    told = [(one.name, one.month, one.state) for one in studio.told() if one.name == first]
    assert told == [(first, "2026-03", WAITING), (first, "2026-03", WITHDRAWN)]


@pytest.mark.clause("SHT-3")
def test_a_photo_of_a_closed_month_is_not_accepted_any_more(studio: Studio) -> None:
    studio.attendance.clock.now = datetime(2026, 2, 27, 4, tzinfo=UTC)
    taken, months = studio.take(), Months(studio.shop)
    months.at(2026, 3, 6, 4)
    months.finish()

    assert refusal(studio.accept, taken.name).reason == "MONTH_CLOSED"
    assert studio.shop.punches() == []
    assert studio.refuse(taken.name, "the month is closed").state == REFUSED


def test_without_a_folder_photos_are_refused_and_said_what_to_set(postgres: Databases) -> None:
    with shop_of(postgres, photo_folder=None) as shop:
        told = refusal(Studio(shop, Path()).take)
        assert told.reason == "PHOTOS_NOT_KEPT"
        assert "BYLAW_PHOTO_FOLDER" in told.message_en


@pytest.mark.clause("SEC-2")
def test_images_are_purged_in_time_and_what_was_decided_stays(studio: Studio) -> None:
    accepted, withdrawn = studio.accept(studio.take().name), studio.withdraw(studio.take(png()).name)
    waiting = studio.take(png(shade=9))
    studio.purge()
    assert len(studio.files()) == 2, "what was withdrawn goes at once"
    assert refusal(studio.image, withdrawn.name).reason == "PHOTO_PURGED"

    with studio.attendance.service.database.work() as work:
        work.connection.exec_driver_sql(
            "update sign_in_photos set received_at = received_at - interval '61 days',"
            " ended_at = ended_at - interval '61 days'"
        )
    studio.purge()

    assert studio.files() == []
    kept = studio.get(accepted.name)
    assert (kept.state, kept.punch, kept.HasField("purge_time")) == (ACCEPTED, accepted.punch, True)
    assert studio.get(waiting.name).ended_by == ""
    assert refusal(studio.accept, waiting.name).reason == "PHOTO_OVER"


def test_an_image_that_was_left_over_without_a_record_goes_and_others_stay(studio: Studio) -> None:
    taken = studio.take()
    left = studio.folder / "00" / ("0" * 32)
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"x")
    (kept,) = (file for file in studio.files() if file != left)
    for file in (left, kept):
        os.utime(file, (0, 0))
    studio.purge()

    assert studio.files() == [kept]
    assert studio.image(taken.name).data == jpeg()
