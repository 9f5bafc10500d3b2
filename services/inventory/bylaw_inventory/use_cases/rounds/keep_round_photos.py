"""Keeps photos of what was unusual: their images in a folder, what is on record of them in the database (WHS-11)."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.photos.folder import PhotoFolder
from bylaw_chassis.values import new_id

from bylaw_inventory.rules.rounds.house_round import MOST_PHOTOS, CheckKind, RoundPhoto
from bylaw_inventory.rules.rounds.refusals import (
    RoundCheckFine,
    RoundPhotoNotFound,
    RoundPhotoNotImage,
    RoundPhotoQuotaUsed,
    RoundPhotosNotKept,
    RoundPhotoTooLarge,
)
from bylaw_inventory.use_cases.receiving.keep_photos import checked_image
from bylaw_inventory.use_cases.rounds.hand_in_rounds import HandInRounds


@dataclass(frozen=True, slots=True)
class KeepRoundPhotos:
    """The image comes first: what never gets a record is swept away."""

    handed: HandInRounds
    folder: PhotoFolder | None

    def add(self, identifier: UUID, kind: CheckKind, content: bytes, caller: Caller, reach: Reach) -> RoundPhoto:
        """Keeps a photo, or answers the same one where it is there; refuses as the contract says."""
        database, rounds = self.handed.database, self.handed.rounds
        if kind not in self.handed.one(identifier, reach).checks.unusual():
            raise RoundCheckFine
        if self.folder is None:
            raise RoundPhotosNotKept
        image = checked_image(content, too_large=RoundPhotoTooLarge, not_image=RoundPhotoNotImage)
        digest = hashlib.sha256(image.content).digest()
        said = (image.content_type, digest, len(image.content), database.clock(), caller.key)
        made = RoundPhoto(new_id(), identifier, kind, *said)
        self.folder.keep(made.identifier, image.content)
        with database.work() as work:
            rounds.hold(work.connection, identifier)
            own = rounds.photos_of(work.connection, identifier)
            same = next((one for one in own if one.digest == digest), None)
            if same is None and len(own) >= MOST_PHOTOS:
                raise RoundPhotoQuotaUsed(limit=MOST_PHOTOS)
            if same is None:
                rounds.add_photo(work.connection, made)
        if same:
            self.folder.drop(made.identifier)
        return same or made

    def image(self, identifier: UUID, reach: Reach) -> tuple[str, bytes]:
        """Its type and its bytes; refuses PHOTO_NOT_FOUND."""
        with self.handed.database.read() as connection:
            found = self.handed.rounds.photo(connection, identifier, reach, self.handed.finding.today)
        content = self.folder.read(identifier) if found and self.folder else None
        if found is None or content is None:
            raise RoundPhotoNotFound
        return found.content_type, content
