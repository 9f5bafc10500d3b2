"""Takes a photo that a clock sent with a punch: kept for review only where no punch is on record (ATT-1)."""

import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.organisation.facts import SiteFacts
from bylaw_chassis.photos.folder import PhotoFolder
from bylaw_chassis.photos.image import Image, NotImage, plain_image
from bylaw_chassis.values import new_id

from bylaw_attendance.events import sign_in_photo_changed
from bylaw_attendance.ports.photos import PhotoStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.pushing import PushingClock
from bylaw_attendance.rules.closing.correction import SAME_STAMP
from bylaw_attendance.rules.judging.punch import PunchReason, localise, read_local_time
from bylaw_attendance.rules.judging.punch_facts import Direction, epoch_of, instant_of
from bylaw_attendance.rules.photos.photo import MOST_A_DAY, Photo

ANYHOW = re.ASCII | re.IGNORECASE
FILE_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)-([^/\\\s]{1,64})\.(?:jpe?g|png)", ANYHOW)
NOBODY = re.compile(r"\d{14}\.(?:jpe?g|png)", ANYHOW)
"""A photo of somebody whom the clock did not know; it says nothing of anybody's presence."""


class PhotoUnreadable(Exception):  # noqa: N818 - whoever takes pushes notes it as a trouble of the clock
    """What a clock sent as a photo is none, or names neither whose it is nor when."""


class _Named(NamedTuple):
    """A photo as the clock names it: the employee number, and the time of the clock."""

    number: str
    local_second: int
    image: Image


@dataclass(frozen=True, slots=True)
class TakeClockPhoto:
    """Photos of clocks; without a folder every one is let go unread."""

    database: Database
    organisation: OrganisationStore
    photos: PhotoStore
    folder: PhotoFolder | None

    @property
    def wanted(self) -> bool:
        """Whether clocks shall send any."""
        return self.folder is not None

    def take(self, clock: PushingClock, content: bytes) -> None:
        """Keeps a photo of somebody who is known and has no punch there; raises PhotoUnreadable."""
        named = _named(content) if self.folder else None
        made = self._made(clock, named) if named else None
        if made is None or named is None or self.folder is None:
            return
        self.folder.keep(made.identifier, named.image.content)
        with self.database.work() as work:
            is_kept = self._is_kept(work, made)
        if not is_kept:
            self.folder.drop(made.identifier)

    def _made(self, clock: PushingClock, named: _Named) -> Photo | None:
        now = self.database.clock()
        with self.database.read() as connection:
            site: SiteFacts = self.organisation.all_sites(connection)[clock.site]
            everybody = Reach(everyone=True)
            found = self.organisation.find_people(connection, everybody, now.date(), numbers=[named.number])
        zone = SiteZones.of(site).at(named.local_second)
        offset = clock.utc_offset_minutes
        located = localise(named.local_second, zone, received_second=epoch_of(now), sent_offset_minutes=offset)
        if isinstance(located, PunchReason):
            raise PhotoUnreadable
        if not found:
            return None
        return Photo(
            identifier=new_id(),
            person=found[0].person,
            instant=instant_of(located.instant_second),
            utc_offset_minutes=located.utc_offset_minutes,
            time_zone=zone.key,
            direction=Direction.UNCERTAIN.value,
            device=clock.serial_number,
            content_type=named.image.content_type,
            digest=hashlib.sha256(named.image.content).digest(),
            size_bytes=len(named.image.content),
            received_at=now,
            number=found[0].number,
        )

    def _is_kept(self, work: Work, made: Photo) -> bool:
        """Whether it tells anything new: no punch proves the same, it is there for the first time, nor too many are."""
        connection = work.connection
        self.photos.lock_person(connection, made.person)
        if (
            self.photos.punch_near(connection, made, SAME_STAMP)
            or self.photos.same_as(connection, made.person, made.digest)
            or self.photos.count(connection, made.person, made.day) >= MOST_A_DAY
        ):
            return False
        self.photos.add(connection, made)
        work.publish(sign_in_photo_changed(made))
        return True


def _named(content: bytes) -> _Named | None:
    """Reads `PIN=<time>-<number>.jpg`, some lines more, a zero byte, the image; None where it is nobody's."""
    head, _, image = content.partition(b"\0")
    lines = (line.partition("=") for line in head[:1_024].decode("ascii", "replace").splitlines())
    name = {key.strip().upper(): value.strip() for key, _, value in lines}.get("PIN", "")
    if NOBODY.fullmatch(name):
        return None
    found = FILE_NAME.fullmatch(name)
    if found is None:
        raise PhotoUnreadable
    year, month, day, hour, minute, second, number = found.groups()
    read = read_local_time(f"{year}-{month}-{day} {hour}:{minute}:{second}")
    try:
        plain = plain_image(image)
    except NotImage:
        raise PhotoUnreadable from None
    if isinstance(read, PunchReason):
        raise PhotoUnreadable
    return _Named(number, read.local_second, plain)
