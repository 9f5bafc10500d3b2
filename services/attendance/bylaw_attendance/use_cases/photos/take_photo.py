"""Keeps a photo by which somebody signs in now: its image in a folder, what is on record in the database (ATT-1)."""

import hashlib
from dataclasses import dataclass

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.photos.folder import PhotoFolder
from bylaw_chassis.photos.image import LARGEST_PHOTO_BYTES, LONGEST_SIDE, Image, NotImage, plain_image
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.events import sign_in_photo_changed
from bylaw_attendance.ports.photos import PhotoStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.closing.correction import employed_at
from bylaw_attendance.rules.photos.photo import MOST_A_DAY, Photo
from bylaw_attendance.rules.photos.photo_refusals import PhotoNotImage, PhotoQuotaUsed, PhotosNotKept, PhotoTooLarge
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class TakePhoto:
    """Everybody signs in for themselves alone, and now: a time that was claimed would prove nothing."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    photos: PhotoStore
    folder: PhotoFolder | None

    def take(self, content: bytes, direction: int, caller: Caller) -> Photo:
        """Keeps a photo, or answers the same one where it is there; refuses as the contract says."""
        if self.folder is None:
            raise PhotosNotKept
        image = checked_image(content)
        made = self._made(self._oneself(caller), image, direction)
        # The image comes first: a record without one could not be reviewed, an image without a record is purged.
        self.folder.keep(made.identifier, image.content)
        kept = self._kept(made)
        if kept.identifier != made.identifier:
            self.folder.drop(made.identifier)
        return kept

    def _oneself(self, caller: Caller) -> KnownPerson:
        if caller.person is None:
            raise PersonNotFound(person=caller.key)
        return self.finding.person(Reach(own=caller.person), caller.person)

    def _made(self, person: KnownPerson, image: Image, direction: int) -> Photo:
        now = self.database.clock()
        with self.database.read() as connection:
            stays = self.organisation.stays_of(connection, [person.person])
            stay = employed_at(stays, self.finding.today, person=person.number)
            site = self.organisation.all_sites(connection).get(stay.site) if stay.site else None
        if site is None:
            raise FieldInvalid(
                field="image", zh="您今天没有工作地点，无法确定时区", en="you have no site today, so no zone"
            )
        zone = SiteZones.of(site).on(self.finding.today)
        offset = now.astimezone(zone).utcoffset()
        return Photo(
            identifier=new_id(),
            person=person.person,
            instant=now.replace(microsecond=0),
            utc_offset_minutes=int(offset.total_seconds()) // 60 if offset else 0,
            time_zone=zone.key,
            direction=direction,
            device="",
            content_type=image.content_type,
            digest=hashlib.sha256(image.content).digest(),
            size_bytes=len(image.content),
            received_at=now,
            number=person.number,
        )

    def _kept(self, made: Photo) -> Photo:
        with self.database.work() as work:
            self.photos.lock_person(work.connection, made.person)
            if same := self.photos.same_as(work.connection, made.person, made.digest):
                return same
            if self.photos.count(work.connection, made.person, made.day) >= MOST_A_DAY:
                raise PhotoQuotaUsed(day=made.day, limit=MOST_A_DAY)
            self.photos.add(work.connection, made)
            work.publish(sign_in_photo_changed(made))
        return made


def checked_image(content: bytes) -> Image:
    """The image as it may be kept; refuses PHOTO_TOO_LARGE and PHOTO_NOT_IMAGE."""
    if len(content) > LARGEST_PHOTO_BYTES:
        raise PhotoTooLarge(limit_bytes=LARGEST_PHOTO_BYTES)
    try:
        return plain_image(content)
    except NotImage:
        raise PhotoNotImage(side=LONGEST_SIDE) from None
