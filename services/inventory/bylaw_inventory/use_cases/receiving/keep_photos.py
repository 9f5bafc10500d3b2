"""Keeps photos of deliveries: their images in a folder, what is on record of them in the database (WHS-2)."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.photos.folder import PhotoFolder
from bylaw_chassis.photos.image import LARGEST_PHOTO_BYTES, LONGEST_SIDE, Image, NotImage, plain_image
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.receiving import DeliveryPhotoStore, KnownPhotos
from bylaw_inventory.rules.receiving.delivery import MOST_PHOTOS, DeliveryPhoto
from bylaw_inventory.rules.receiving.refusals import (
    PhotoNotFound,
    PhotoNotImage,
    PhotoQuotaUsed,
    PhotosNotKept,
    PhotoTooLarge,
)
from bylaw_inventory.use_cases.receiving.compare import CompareDeliveries
from bylaw_inventory.use_cases.receiving.count_delivery import already

LEFT_OVER = timedelta(hours=1)
"""An image that has had no record for so long will get none."""


@dataclass(frozen=True, slots=True)
class KeepDeliveryPhotos:
    """They prove in what state goods arrived, and stay as long as the books do."""

    database: Database
    comparing: CompareDeliveries
    photos: DeliveryPhotoStore
    folder: PhotoFolder | None

    def add(self, delivery: UUID, content: bytes, caller: Caller, reach: Reach) -> DeliveryPhoto:
        """Keeps a photo, or answers the same one where it is there; refuses as the contract says."""
        with self.database.read() as connection:
            self.comparing.delivery(connection, delivery, reach)
        if self.folder is None:
            raise PhotosNotKept
        image = checked_image(content)
        digest, now = hashlib.sha256(image.content).digest(), self.database.clock()
        said = (image.content_type, digest, len(image.content), now, caller.key)
        made = DeliveryPhoto(new_id(), delivery, *said)
        # The image comes first: a record without one would prove nothing, an image without a record is swept away.
        self.folder.keep(made.identifier, image.content)
        kept = self._kept(made, reach)
        if kept.identifier != made.identifier:
            self.folder.drop(made.identifier)
        return kept

    def image(self, identifier: UUID, reach: Reach) -> tuple[str, bytes]:
        """Its type and its bytes; refuses PHOTO_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.photos.find(connection, identifier, reach, self.comparing.finding.today)
        content = self.folder.read(identifier) if found and self.folder else None
        if found is None or content is None:
            raise PhotoNotFound
        return found.content_type, content

    def _kept(self, made: DeliveryPhoto, reach: Reach) -> DeliveryPhoto:
        with self.database.work() as work:
            found = self.comparing.delivery(work.connection, made.delivery, reach, lock=True)
            if found.ending:
                raise already(found)
            own = self.photos.of_delivery(work.connection, made.delivery)
            if same := next((one for one in own if one.digest == made.digest), None):
                return same
            if len(own) >= MOST_PHOTOS:
                raise PhotoQuotaUsed(limit=MOST_PHOTOS)
            self.photos.add(work.connection, made)
        return made


@dataclass(frozen=True, slots=True)
class SweepDeliveryPhotos:
    """The timer `sweep-delivery-photos`: drops images that never got a record."""

    database: Database
    photos: KnownPhotos
    folder: PhotoFolder

    def __call__(self, _lease: Lease) -> None:
        """Drops what was left over; again it drops nothing more."""
        old = self.folder.kept_before(self.database.clock() - LEFT_OVER)
        with self.database.read() as connection:
            known = self.photos.known(connection, old)
        for identifier in set(old) - known:
            self.folder.drop(identifier)


def checked_image(
    content: bytes, *, too_large: type[Refusal] = PhotoTooLarge, not_image: type[Refusal] = PhotoNotImage
) -> Image:
    """The image as it may be kept; refuses PHOTO_TOO_LARGE and PHOTO_NOT_IMAGE, in the words of what it shows."""
    if len(content) > LARGEST_PHOTO_BYTES:
        raise too_large(limit_bytes=LARGEST_PHOTO_BYTES)
    try:
        return plain_image(content)
    except NotImage:
        raise not_image(side=LONGEST_SIDE) from None
