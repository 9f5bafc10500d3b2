"""Puts together what serves photos, and what an operator may set about them; a part of `app.py`."""

from pathlib import Path

from bylaw.attendance.v1 import photos_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import Member
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.photos.folder import Folder
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_attendance.rpc.photos import PhotoCalls
from bylaw_attendance.store import closed_months, photos, punches
from bylaw_attendance.use_cases.clocks.take_clock_photo import TakeClockPhoto
from bylaw_attendance.use_cases.photos.purge_photos import PurgePhotos
from bylaw_attendance.use_cases.photos.review_photo import ReviewPhoto, ShowPhotos
from bylaw_attendance.use_cases.photos.take_photo import TakePhoto
from bylaw_attendance.use_cases.sheets.finding import Finding

PURGE_SECONDS = 1_800.0


class PhotoSettings(BaseModel):
    """Where photos lie, and for how long (ATT-1)."""

    photo_folder: Path | None = Field(
        None, description="Folder for photos by which people sign in; none: they are refused. `bylaw up` sets its own."
    )
    photo_days: int = Field(
        60, ge=1, le=730, description="Days after the review for which an image is kept; unreviewed ones as long."
    )
    clock_photos: bool = Field(
        default=False, description="Whether clocks shall send the photos they take; kept only where no punch is there."
    )

    @property
    def folder(self) -> Folder | None:
        """The folder, if one is set."""
        return Folder(self.photo_folder) if self.photo_folder else None


def add_photos(server: Server, own: Member, finding: Finding, settings: PhotoSettings) -> tuple[Timer, ...]:
    """Adds the calls about photos; answers the timer that purges them, where any are kept."""
    database, folder = own.database, settings.folder
    shown = ShowPhotos(database, finding, photos, folder)
    calls = PhotoCalls(
        TakePhoto(database, finding, organisation, photos, folder),
        ReviewPhoto(database, shown, photos, punches, closed_months),
        shown,
        own.page_tokens,
    )
    server.add(photos_pb2.DESCRIPTOR.services_by_name["SignInPhotos"], calls)
    if folder is None:
        return ()
    return (Timer("purge-photos", PURGE_SECONDS, PurgePhotos(database, photos, folder, settings.photo_days)),)


def clock_photos(own: Member, settings: PhotoSettings) -> TakeClockPhoto:
    """What takes photos of clocks: nothing unless it is set."""
    folder = settings.folder if settings.clock_photos else None
    return TakeClockPhoto(own.database, organisation, photos, folder)
