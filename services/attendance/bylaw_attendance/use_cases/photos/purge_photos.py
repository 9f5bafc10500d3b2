"""Purges images in time: of what was decided, nobody reviewed, proved needless, or was left over."""

from dataclasses import dataclass
from datetime import timedelta

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.photos.folder import PhotoFolder

from bylaw_attendance.events import sign_in_photo_changed
from bylaw_attendance.ports.photos import PhotoStore
from bylaw_attendance.rules.closing.correction import SAME_STAMP
from bylaw_attendance.rules.photos.photo import PhotoEnding, PhotoState

OURSELVES = Caller(service="attendance")
LEFT_OVER = timedelta(hours=1)
"""An image that has had no record for so long will get none."""


@dataclass(frozen=True, slots=True)
class PurgePhotos:
    """The timer `purge-photos`. An image goes before its record says so: killed in between it is dropped once more."""

    database: Database
    photos: PhotoStore
    folder: PhotoFolder
    kept_days: int

    def __call__(self, lease: Lease) -> None:
        """Purges what is due; raises LeaseLost where another worker does so."""
        before = self.database.clock() - timedelta(days=self.kept_days)
        with self.database.work() as work:
            lease.hold(work.connection)
            work.act_as(OURSELVES)
            for identifier in self.photos.waiting_since(work.connection, before):
                ending = PhotoEnding(PhotoState.EXPIRED, work.now, OURSELVES.key)
                if ended := self.photos.end(work.connection, identifier, ending):
                    work.publish(sign_in_photo_changed(ended))
            needless = self.photos.forget_needless(work.connection, SAME_STAMP)
            due = self.photos.to_purge(work.connection, before)
        for identifier in [*needless, *due]:
            self.folder.drop(identifier)
        with self.database.work() as work:
            lease.hold(work.connection)
            self.photos.purged(work.connection, due, work.now)
        self._sweep()

    def _sweep(self) -> None:
        old = self.folder.kept_before(self.database.clock() - LEFT_OVER)
        with self.database.read() as connection:
            known = self.photos.known(connection, old)
        for identifier in set(old) - known:
            self.folder.drop(identifier)
