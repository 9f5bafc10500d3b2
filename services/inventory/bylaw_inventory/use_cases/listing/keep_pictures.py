"""Adds pictures to sheets, shows them and takes them off; their images lie in a folder (GDS-1)."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.photos.image import LARGEST_PHOTO_BYTES, LONGEST_SIDE, Image, NotImage
from bylaw_chassis.photos.pictures import plain_picture
from bylaw_chassis.values import new_id

from bylaw_inventory.events import item_sheet_changed
from bylaw_inventory.ports.goods import PictureFolder, SheetStore
from bylaw_inventory.ports.stores import ItemStore
from bylaw_inventory.rules.listing.refusals import (
    PictureNotFound,
    PictureNotImage,
    PicturesFull,
    PicturesNotKept,
    PictureTooLarge,
)
from bylaw_inventory.rules.listing.sheet import MOST_PICTURES, Picture, ShownSheet
from bylaw_inventory.rules.refusals import ItemNotFound
from bylaw_inventory.use_cases.listing.check_listed import CheckListed

LEFT_OVER = timedelta(hours=1)
"""An image that has had no record for so long will get none, or was taken off."""


@dataclass(frozen=True, slots=True)
class KeepPictures:
    """The image comes first: a record without one could not be shown, an image without a record is purged."""

    database: Database
    items: ItemStore
    sheets: SheetStore
    listed: CheckListed
    folder: PictureFolder | None

    def add(self, item: UUID, content: bytes) -> Picture:
        """Keeps a picture, or answers the same one where it is there; refuses as the contract says."""
        if self.folder is None:
            raise PicturesNotKept
        image = _checked(content)
        digest, identifier = hashlib.sha256(image.content).digest(), new_id()
        self.folder.keep(identifier, image.content)
        with self.database.work() as work:
            if not self.items.find(work.connection, [item], lock=True):
                raise ItemNotFound
            there = self.sheets.pictures(work.connection, item)
            if same := next((one for one in there if one.digest == digest), None):
                return same
            if len(there) >= MOST_PICTURES:
                raise PicturesFull(limit=MOST_PICTURES)
            made = Picture(identifier, item, image.content_type, digest, len(image.content), work.now)
            self.sheets.add_picture(work.connection, made)
            (shown,) = self.sheets.shown(work.connection, [item], work.now, channel="")
            work.publish(item_sheet_changed(shown))
        return made

    def image(self, identifier: UUID) -> tuple[str, bytes]:
        """The content type and the image; refuses PICTURE_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.sheets.picture(connection, identifier)
        content = self.folder.read(identifier) if self.folder and found else None
        if found is None or content is None:
            raise PictureNotFound
        return found.content_type, content

    def remove(self, identifier: UUID) -> ShownSheet:
        """Refuses PICTURE_NOT_FOUND, and ITEM_LISTED where a listed item needs it."""
        with self.database.read() as connection:
            found = self.sheets.picture(connection, identifier)
        if found is None:
            raise PictureNotFound
        with self.database.work() as work:
            self.sheets.lock_families(work.connection, [found.item])
            if not self.sheets.remove_picture(work.connection, identifier, work.now):
                raise PictureNotFound
            self.listed.check(work.connection, [found.item], work.now)
            (shown,) = self.sheets.shown(work.connection, [found.item], work.now, channel="")
            work.publish(item_sheet_changed(shown))
        return shown

    def purge(self, lease: Lease) -> None:  # noqa: ARG002
        """The timer `purge-pictures`: drops images of which nothing is on record, or not any more."""
        if self.folder is None:
            return
        old = self.folder.kept_before(self.database.clock() - LEFT_OVER)
        with self.database.read() as connection:
            there = self.sheets.pictures_there(connection, old)
        for identifier in set(old) - there:
            self.folder.drop(identifier)


def _checked(content: bytes) -> Image:
    if len(content) > LARGEST_PHOTO_BYTES:
        raise PictureTooLarge(limit_bytes=LARGEST_PHOTO_BYTES)
    try:
        return plain_picture(content)
    except NotImage:
        raise PictureNotImage(side=LONGEST_SIDE) from None
