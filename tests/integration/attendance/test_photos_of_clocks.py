"""Photos that clocks send: asked for where they are set, kept where no punch proves the same, and never in the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bylaw.attendance.v1 import photos_pb2, pushing_pb2

from tests.builders.attendance import attendance_service
from tests.builders.images import jpeg, png
from tests.databases import Databases
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in

pytestmark = pytest.mark.clause("ATT-1")


@pytest.fixture
def office(postgres: Databases, tmp_path: Path) -> Iterator[PushingOffice]:
    with (
        attendance_service(postgres, fill=pushing_office_in, photo_folder=tmp_path, clock_photos=True) as attendance,
        pushing_office(attendance) as made,
    ):
        made.register()
        yield made


def pushed(office: PushingOffice, name: str, image: bytes) -> tuple[int, str]:
    head = f"PIN={name}\nSN={office.terminal.serial_number}\nsize={len(image)}\nCMD=uploadphoto\0"
    return office.terminal.push(head.encode() + image, table="ATTPHOTO")


def listed(office: PushingOffice) -> list[photos_pb2.SignInPhoto]:
    request = photos_pb2.ListSignInPhotosRequest()
    return list(
        office.attendance.photos.ListSignInPhotos(request, metadata=office.attendance.everything).sign_in_photos
    )


def test_a_photo_without_a_punch_waits_for_review_and_then_proves_presence(office: PushingOffice) -> None:
    assert "AttPhoto" in office.terminal.hello()["TransFlag"]
    assert pushed(office, "20260302082500-1001.jpg", jpeg()) == (200, "OK\n")
    assert pushed(office, "20260302082500-1001.jpg", jpeg()) == (200, "OK\n")

    (photo,) = listed(office)
    assert (photo.person, photo.local_time, photo.device) == (office.anna, "2026-03-02 08:25:00", "BYLAW0001")
    request = photos_pb2.AcceptSignInPhotoRequest(name=photo.name)
    office.attendance.photos.AcceptSignInPhoto(request, metadata=office.attendance.everything)
    (punch,) = office.punches()
    assert (punch.source, punch.local_time, punch.device) == ("photo", "2026-03-02 08:25:00", "BYLAW0001")


def test_a_photo_beside_a_punch_is_not_kept_and_one_whose_punch_comes_later_is_forgotten(
    office: PushingOffice, tmp_path: Path
) -> None:
    office.terminal.punch("1001", "2026-03-02 08:25:00")
    office.terminal.upload()
    pushed(office, "20260302082501-1001.jpg", jpeg())
    assert listed(office) == []

    pushed(office, "20260302115900-1001.jpg", jpeg())
    office.terminal.punch("1001", "2026-03-02 11:59:00")
    office.terminal.upload()
    assert len(listed(office)) == 1
    runner = office.attendance.service.runner
    runner.write_timers()
    assert runner.run_one(["purge-photos"])
    assert listed(office) == []
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("name", ["20260302082500.jpg", "20260302082500-9999.jpg"], ids=["nobody", "unknown"])
def test_a_photo_of_nobody_who_is_known_is_let_go(office: PushingOffice, name: str) -> None:
    assert pushed(office, name, jpeg()) == (200, "OK\n")
    assert (listed(office), office.trouble_kinds()) == ([], [])


@pytest.mark.parametrize(
    ("name", "image"),
    [
        ("20260302082500-1001.jpg", b"\xff\xd8\xff\xd9"),
        ("20260230082500-1001.jpg", jpeg()),
        ("20270302082500-1001.jpg", jpeg()),
        ("../../etc/passwd", png()),
    ],
    ids=["no image", "an impossible day", "the future", "a path"],
)
def test_what_is_no_photo_is_a_trouble_of_the_clock_and_it_goes_on(
    office: PushingOffice, name: str, image: bytes
) -> None:
    assert pushed(office, name, image) == (200, "OK\n")
    assert (listed(office), office.trouble_kinds()) == ([], [pushing_pb2.CLOCK_TROUBLE_KIND_BODY_REFUSED])


@pytest.mark.clause("ATT-4")
def test_photos_do_not_keep_a_quiet_clock_from_deciding_a_day(office: PushingOffice) -> None:
    office.terminal.hello()
    office.stay_in_touch(11)
    before = office.clock.report_time.ToDatetime()
    pushed(office, "20260302120900-1001.jpg", jpeg())
    pushed(office, "20260302121000-1001.jpg", b"nothing")
    office.stay_in_touch(1)

    assert office.clock.report_time.ToDatetime() > before
