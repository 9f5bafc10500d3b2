"""A delivery against a note: counted, then decided; and the photos that prove how it arrived (WHS-1, WHS-2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.receiving.comparing import Compared
from bylaw_inventory.rules.receiving.count import CountedLine
from bylaw_inventory.rules.receiving.note import GoodsKey

DELIVERIES, PHOTOS = "deliveries", "deliveryPhotos"
MOST_PHOTOS = 20


class DeliveryState(IntEnum):
    """Where a delivery stands; the numbers are those of the contract."""

    COUNTING = 1
    COUNTED = 2
    DECIDED = 3
    CALLED_OFF = 4


class Decision(IntEnum):
    """What was decided on a delivery; the numbers are those of the contract."""

    ACCEPTED = 1
    ACCEPTED_IN_PART = 2
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class DeliveryEnding:
    """What became of a delivery, when, by whom and why; `decision` is nothing where it was called off."""

    decision: Decision | None
    at: datetime
    by: str
    reason: str
    over_reason: str = ""
    movement: UUID | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery on record; `compared` is what is shown beside the note, of a blind one once it was counted.

    `remark`: what else was said of what arrived, such as goods that no item on record is.
    """

    identifier: UUID
    note: UUID
    warehouse: UUID
    number: int
    reference: str
    partial: bool
    started_at: datetime
    started_by: str
    counted_at: datetime | None = None
    counted_by: str = ""
    remark: str = ""
    ending: DeliveryEnding | None = None
    lines: tuple[CountedLine, ...] = ()
    accepted: Mapping[GoodsKey, Decimal] = field(default_factory=dict)
    photos: tuple[UUID, ...] = ()
    compared: tuple[Compared, ...] = ()

    @property
    def name(self) -> str:
        """`deliveries/{delivery}`."""
        return resource_name(DELIVERIES, self.identifier)

    @property
    def state(self) -> DeliveryState:
        """Where it stands."""
        if self.ending:
            return DeliveryState.DECIDED if self.ending.decision else DeliveryState.CALLED_OFF
        return DeliveryState.COUNTED if self.counted_at else DeliveryState.COUNTING


class DeliveryPhoto(NamedTuple):
    """A photo of a delivery; its image lies in a folder."""

    identifier: UUID
    delivery: UUID
    content_type: str
    digest: bytes
    size_bytes: int
    taken_at: datetime
    taken_by: str

    @property
    def name(self) -> str:
        """`deliveryPhotos/{delivery_photo}`."""
        return resource_name(PHOTOS, self.identifier)
