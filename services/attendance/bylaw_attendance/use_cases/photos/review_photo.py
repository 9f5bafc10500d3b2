"""Accepts, refuses and withdraws photos by which people sign in, and shows them to whose reach holds the person."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.photos.folder import PhotoFolder
from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.events import sign_in_photo_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.photos import PhotoStore, Place
from bylaw_attendance.ports.records import PunchStore
from bylaw_attendance.rules.closing.correction import SAME_STAMP
from bylaw_attendance.rules.photos.photo import Photo, PhotoEnding, PhotoState, PhotoWishes
from bylaw_attendance.rules.photos.photo_refusals import PhotoNotFound, PhotoOver, PhotoOwn, PhotoPurged
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowPhotos:
    """One, its image, or a page of them; who is within reach is taken as of today."""

    database: Database
    finding: Finding
    photos: PhotoStore
    folder: PhotoFolder | None

    def one(self, identifier: UUID, reach: Reach) -> Photo:
        """A photo; refuses PHOTO_NOT_FOUND, also for what is out of reach."""
        with self.database.read() as connection:
            found = self.photos.find(connection, identifier)
        if found is None or not self.finding.people(reach, ids=[found.person]):
            raise PhotoNotFound
        return found

    def image(self, identifier: UUID, reach: Reach) -> tuple[str, bytes]:
        """The content type and the image of a photo; refuses PHOTO_NOT_FOUND and PHOTO_PURGED."""
        found = self.one(identifier, reach)
        content = self.folder.read(identifier) if self.folder and found.purged_at is None else None
        if content is None:
            raise PhotoPurged
        return found.content_type, content

    def page(self, wish: PhotoWishes, reach: Reach, *, page: tuple[Place | None, int]) -> list[Photo]:
        """Photos behind a place; refuses UNIT_NOT_FOUND and PERSON_NOT_FOUND."""
        today = self.finding.today
        if wish.unit:
            self.finding.unit(reach, wish.unit, today)
        if wish.person:
            self.finding.person(reach, wish.person)
        with self.database.read() as connection:
            return self.photos.listed(connection, wish, reach, day=today, page=page)


@dataclass(frozen=True, slots=True)
class ReviewPhoto:
    """A photo ends once; whatever is decided of it, no punch is ever voided by that."""

    database: Database
    shown: ShowPhotos
    photos: PhotoStore
    punches: PunchStore
    closed: ClosedMonths

    def accept(self, identifier: UUID, text: str, *, caller: Caller, reach: Reach) -> Photo:
        """Has it prove presence: by the punch that is there, or as a punch of its own."""
        found = self._to_review(identifier, caller, reach)
        with self.database.work() as work:
            self._lock(work, found)
            self.closed.check_open(work.connection, found.person, found.day, found.day)
            punch = self.photos.punch_near(work.connection, found, SAME_STAMP)
            if punch is None:
                self.punches.add(work.connection, [found.punch(work.now)])
            proven = punch or found.identifier
            ending = PhotoEnding(PhotoState.ACCEPTED, work.now, caller.key, text.strip(), proven)
            return self._end(work, found, ending)

    def refuse(self, identifier: UUID, text: str, *, caller: Caller, reach: Reach) -> Photo:
        """Leaves it on record with the words that say why."""
        if not text.strip():
            raise FieldInvalid(field="text", zh="请填写不同意的理由", en="say why it is refused")
        found = self._to_review(identifier, caller, reach)
        with self.database.work() as work:
            self._lock(work, found)
            return self._end(work, found, PhotoEnding(PhotoState.REFUSED, work.now, caller.key, text.strip()))

    def withdraw(self, identifier: UUID, *, caller: Caller) -> Photo:
        """Takes one's own back; refuses PHOTO_NOT_FOUND for anybody else's, whatever the caller holds."""
        if caller.person is None:
            raise PhotoNotFound
        found = self.shown.one(identifier, Reach(own=caller.person))
        with self.database.work() as work:
            self._lock(work, found)
            return self._end(work, found, PhotoEnding(PhotoState.WITHDRAWN, work.now, caller.key))

    def _to_review(self, identifier: UUID, caller: Caller, reach: Reach) -> Photo:
        """Refuses PHOTO_NOT_FOUND, and PHOTO_OWN (ORG-3)."""
        found = self.shown.one(identifier, reach)
        if found.person == caller.person:
            raise PhotoOwn
        return found

    def _lock(self, work: Work, found: Photo) -> None:
        """Until the transaction ends nobody else changes the person's photos and corrections."""
        self.photos.lock_person(work.connection, found.person)
        now = self.photos.find(work.connection, found.identifier)
        if now is None or now.ending:
            raise PhotoOver

    def _end(self, work: Work, found: Photo, ending: PhotoEnding) -> Photo:
        ended = self.photos.end(work.connection, found.identifier, ending)
        if ended is None:
            raise PhotoOver
        work.publish(sign_in_photo_changed(ended))
        return ended
