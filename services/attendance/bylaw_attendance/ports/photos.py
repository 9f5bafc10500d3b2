"""What the use cases of photos need: the records in the database, and the folder for the images."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.photos.photo import Photo, PhotoEnding, PhotoWishes

Place = tuple[bool, UUID]
"""Where a photo stands in a list: whether it waits, and its identifier."""


class PhotoFolder(Protocol):
    """Where images lie; see `store.photo_folder`. A company may put another store behind it."""

    def keep(self, identifier: UUID, content: bytes) -> None:
        """Keeps an image, whole or not at all."""
        ...

    def read(self, identifier: UUID) -> bytes | None:
        """An image; None where there is none."""
        ...

    def drop(self, identifier: UUID) -> None:
        """Drops an image; nothing happens where there is none."""
        ...

    def kept_before(self, instant: datetime) -> list[UUID]:
        """The images that were kept before an instant."""
        ...


class PhotoStore(Protocol):
    """Photos on record; see `store.photos`."""

    def lock_person(self, connection: sa.Connection, person: UUID) -> None: ...
    def add(self, connection: sa.Connection, made: Photo) -> None: ...
    def same_as(self, connection: sa.Connection, person: UUID, digest: bytes) -> Photo | None: ...
    def count(self, connection: sa.Connection, person: UUID, day: date) -> int: ...
    def find(self, connection: sa.Connection, identifier: UUID) -> Photo | None: ...
    def end(self, connection: sa.Connection, identifier: UUID, ending: PhotoEnding) -> Photo | None: ...
    def punch_near(self, connection: sa.Connection, photo: Photo, span: timedelta) -> UUID | None: ...
    def listed(
        self,
        connection: sa.Connection,
        wish: PhotoWishes,
        reach: Reach,
        *,
        day: date,
        page: tuple[Place | None, int],
    ) -> list[Photo]: ...
    def waiting_since(self, connection: sa.Connection, before: datetime) -> list[UUID]: ...
    def forget_needless(self, connection: sa.Connection, span: timedelta) -> list[UUID]: ...
    def to_purge(self, connection: sa.Connection, ended_before: datetime) -> list[UUID]: ...
    def purged(self, connection: sa.Connection, ids: Collection[UUID], now: datetime) -> None: ...
    def known(self, connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]: ...
