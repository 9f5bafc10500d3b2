"""Returns of which something waits in inspection (WHS-6)."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

RETURN_PHOTOS = "returnPhotos"
MOST_PHOTOS = 20


class WaitingLine(NamedTuple):
    """So much of what came back waits at a place."""

    item: UUID
    item_code: str
    lot: str
    place: UUID
    unit: str
    returned: Decimal
    waiting: Decimal


class WaitingReturn(NamedTuple):
    """A return with what waits of it."""

    movement: UUID
    slips: tuple[str, ...]
    posted_at: datetime
    day: date
    lines: tuple[WaitingLine, ...]

    def days(self, today: date) -> int:
        """For how many days of the books it has waited."""
        return (today - self.day).days


class ReturnPhoto(NamedTuple):
    """A photo of returned goods; its image lies in a folder."""

    identifier: UUID
    movement: UUID
    content_type: str
    digest: bytes
    size_bytes: int
    taken_at: datetime
    taken_by: str

    @property
    def name(self) -> str:
        """`returnPhotos/{return_photo}`."""
        return resource_name(RETURN_PHOTOS, self.identifier)
