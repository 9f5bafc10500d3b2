"""Photos by which people sign in, as a caller walks them and asks about them."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import photos_pb2 as photos
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.integration.lists import Listing, Walk

Ask = Callable[..., Any]


def of_photos(attendance: AttendanceService) -> Listing:
    """All of them, each with its single read."""
    stub, request = attendance.photos, photos.GetSignInPhotoRequest
    return Listing(
        Walk(stub.ListSignInPhotos, photos.ListSignInPhotosRequest(), "sign_in_photos"),
        lambda reads, thing: reads.read(stub.GetSignInPhoto, request(name=thing.name)),
    )


def photos_of(attendance: AttendanceService, name: str) -> tuple[Ask, Message]:
    """Those of a person, or of a unit's people."""
    return attendance.photos.ListSignInPhotos, photos.ListSignInPhotosRequest(parent=name)


def about_photo(attendance: AttendanceService, name: str) -> list[tuple[Ask, Message]]:
    """Reading it, its image, and turning it down without saying why."""
    stub = attendance.photos
    return [
        (stub.GetSignInPhoto, photos.GetSignInPhotoRequest(name=name)),
        (stub.GetSignInPhotoImage, photos.GetSignInPhotoImageRequest(name=name)),
        (stub.RefuseSignInPhoto, photos.RefuseSignInPhotoRequest(name=name)),
    ]
