"""What is on its way to a carrier and not wholly handed over (WHS-12)."""

from datetime import datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID


class Stage(IntEnum):
    """How far goods are; the numbers are those of the contract."""

    PACKED = 1
    ISSUED = 2
    RECEIPT_LACKING = 3


class Since(NamedTuple):
    """The place of something in the list, the oldest first."""

    at: datetime
    identifier: UUID


class OpenWish(NamedTuple):
    """What is asked for: of a warehouse, in one stage or any, since an instant or ever."""

    warehouse: UUID
    stage: Stage | None
    begun: datetime | None


class OpenHandOver(NamedTuple):
    """Something on its way; `identifier` is that of the check, the issue or the parcel, by its stage."""

    stage: Stage
    since: datetime
    identifier: UUID
    movement: UUID | None
    reservation: UUID | None
    carrier: str
    reference: str

    @property
    def check(self) -> UUID | None:
        """The check, of what is packed."""
        return self.identifier if self.stage is Stage.PACKED else None

    @property
    def parcel(self) -> UUID | None:
        """The parcel, of what was handed over."""
        return self.identifier if self.stage is Stage.RECEIPT_LACKING else None
