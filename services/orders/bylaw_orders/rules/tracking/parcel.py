"""A parcel of an order, from the hand-over to the customer's door (ORD-2)."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.tracking.track import NOWHERE, Whereabouts

PARCELS = "parcels"
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{4,39}")
"""What adapters can be asked for: couriers have at most 32 characters, and some shops write dashes into them."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel on record. `movement` is inventory's issue; none: the shop shipped it by itself."""

    identifier: UUID
    order: UUID
    carrier: str
    courier: str
    waybill: str
    movement: UUID | None
    handed_over_at: datetime
    at: Whereabouts = field(default=NOWHERE)
    revision: int = 1

    @property
    def is_asked_for(self) -> bool:
        """Whether anybody can be asked for it: its courier is known, and its number is one."""
        return bool(self.courier and NUMBER.fullmatch(self.waybill))

    @property
    def name(self) -> str:
        """`orders/{order}/parcels/{parcel}`."""
        return f"{order_name(self.order)}/{PARCELS}/{self.identifier}"
