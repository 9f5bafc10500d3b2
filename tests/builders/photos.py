"""Photos as tests take them, review them and read them, in the shop of corrections, with a folder for the images."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bylaw.attendance.v1 import feed_pb2, punches_pb2
from bylaw.attendance.v1 import photos_pb2 as photos
from google.api.httpbody_pb2 import HttpBody

from tests.builders.corrections import Shop, shop_of
from tests.builders.images import jpeg
from tests.databases import Databases

WAITING, ACCEPTED, REFUSED, WITHDRAWN, EXPIRED = (
    photos.SIGN_IN_PHOTO_STATE_WAITING,
    photos.SIGN_IN_PHOTO_STATE_ACCEPTED,
    photos.SIGN_IN_PHOTO_STATE_REFUSED,
    photos.SIGN_IN_PHOTO_STATE_WITHDRAWN,
    photos.SIGN_IN_PHOTO_STATE_EXPIRED,
)


@dataclass
class Studio:
    """The shop, at noon on 2026-03-02, and the folder where its photos lie."""

    shop: Shop
    folder: Path

    def __post_init__(self) -> None:
        self.attendance = self.shop.attendance
        self.calls = self.attendance.photos

    def take(self, image: bytes = b"", *, person: str = "", direction: int = 0, key: str = "") -> photos.SignInPhoto:
        """Somebody signs in by a photo, Anna where nobody else is named."""
        request = photos.CreateSignInPhotoRequest(
            image=HttpBody(data=image or jpeg()),
            direction=punches_pb2.Direction.ValueType(direction),
            request_id=key,
        )
        made: photos.SignInPhoto = self.calls.CreateSignInPhoto(
            request, metadata=self.shop.oneself(person or self.shop.anna)
        )
        return made

    def accept(self, name: str, caller: Any = None) -> photos.SignInPhoto:
        """Accepts a photo, as the head where nobody else is named."""
        request = photos.AcceptSignInPhotoRequest(name=name, text="it is her")
        made: photos.SignInPhoto = self.calls.AcceptSignInPhoto(request, metadata=caller or self.shop.head)
        return made

    def refuse(self, name: str, text: str = "somebody else", caller: Any = None) -> photos.SignInPhoto:
        """Refuses a photo, as the head where nobody else is named."""
        request = photos.RefuseSignInPhotoRequest(name=name, text=text)
        made: photos.SignInPhoto = self.calls.RefuseSignInPhoto(request, metadata=caller or self.shop.head)
        return made

    def withdraw(self, name: str, person: str = "") -> photos.SignInPhoto:
        """Takes a photo back, as Anna where nobody else is named."""
        request = photos.WithdrawSignInPhotoRequest(name=name)
        made: photos.SignInPhoto = self.calls.WithdrawSignInPhoto(
            request, metadata=self.shop.oneself(person or self.shop.anna)
        )
        return made

    def get(self, name: str, caller: Any = None) -> photos.SignInPhoto:
        """What is on record of a photo."""
        found: photos.SignInPhoto = self.calls.GetSignInPhoto(
            photos.GetSignInPhotoRequest(name=name), metadata=caller or self.shop.head
        )
        return found

    def image(self, name: str, caller: Any = None) -> HttpBody:
        """The image itself."""
        request = photos.GetSignInPhotoImageRequest(name=name)
        found: HttpBody = self.calls.GetSignInPhotoImage(request, metadata=caller or self.shop.head)
        return found

    def names(self, caller: Any = None, **more: Any) -> list[str]:
        """What a page lists, in its order."""
        request = photos.ListSignInPhotosRequest(**more)
        answer = self.calls.ListSignInPhotos(request, metadata=caller or self.shop.head)
        return [one.name for one in answer.sign_in_photos]

    def files(self) -> list[Path]:
        """The images in the folder."""
        return sorted(file for file in self.folder.rglob("*") if file.is_file())

    def told(self) -> list[photos.SignInPhotoChanged]:
        """What the feed has told of photos."""
        request = feed_pb2.ListEventsRequest(page_size=1000)
        events = self.attendance.feed.ListEvents(request, metadata=self.attendance.everything).events
        kind = "sign_in_photo_changed"
        return [event.sign_in_photo_changed for event in events if event.WhichOneof("change") == kind]

    def purge(self) -> None:
        """Lets the timer come that purges images."""
        self.attendance.service.runner.write_timers()
        with self.attendance.service.database.work() as work:
            work.connection.exec_driver_sql("update jobs set run_at = now() where kind = 'purge-photos'")
        assert self.attendance.service.runner.run_one(["purge-photos"])


@contextmanager
def studio_of(postgres: Databases, folder: Path, **more: Any) -> Iterator[Studio]:
    """The shop with a folder for photos."""
    with shop_of(postgres, photo_folder=folder, **more) as shop:
        yield Studio(shop, folder)
