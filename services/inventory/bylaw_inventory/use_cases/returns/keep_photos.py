"""Keeps photos of returned goods: their images in a folder, what is on record of them in the database (WHS-6)."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.photos.folder import PhotoFolder
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.returns import ReturnPhotoStore
from bylaw_inventory.rules.receiving.refusals import PhotoNotFound, PhotoQuotaUsed, PhotosNotKept
from bylaw_inventory.rules.returns.waiting import MOST_PHOTOS, ReturnPhoto
from bylaw_inventory.use_cases.receiving.keep_photos import checked_image
from bylaw_inventory.use_cases.returns.decide_return import DecideReturn


@dataclass(frozen=True, slots=True)
class KeepReturnPhotos:
    """The image comes first: what never gets a record is swept away."""

    deciding: DecideReturn
    photos: ReturnPhotoStore
    folder: PhotoFolder | None

    def add(self, movement: UUID, content: bytes, caller: Caller, reach: Reach) -> ReturnPhoto:
        """Keeps a photo, or answers the same one where it is there; refuses as the contract says."""
        database = self.deciding.database
        with database.read() as connection:
            self.deciding.found(connection, movement, reach)
        if self.folder is None:
            raise PhotosNotKept
        image = checked_image(content)
        digest = hashlib.sha256(image.content).digest()
        said = (image.content_type, digest, len(image.content), database.clock(), caller.key)
        made = ReturnPhoto(new_id(), movement, *said)
        self.folder.keep(made.identifier, image.content)
        with database.work() as work:
            self.deciding.locked(work, movement, reach)
            own = self.photos.of_return(work.connection, movement)
            same = next((one for one in own if one.digest == digest), None)
            if same is None and len(own) >= MOST_PHOTOS:
                raise PhotoQuotaUsed(limit=MOST_PHOTOS)
            if same is None:
                self.photos.add(work.connection, made)
        if same:
            self.folder.drop(made.identifier)
        return same or made

    def image(self, identifier: UUID, reach: Reach) -> tuple[str, bytes]:
        """Its type and its bytes; refuses PHOTO_NOT_FOUND."""
        with self.deciding.database.read() as connection:
            found = self.photos.find(connection, identifier, reach, self.deciding.finding.today)
        content = self.folder.read(identifier) if found and self.folder else None
        if found is None or content is None:
            raise PhotoNotFound
        return found.content_type, content
