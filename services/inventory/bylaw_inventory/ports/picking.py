"""What use cases need of the store of what is picked; see `store.picking`."""

from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.picking.picking import PickingLine


class PickingStore(Protocol):
    """Where that lies which reservations hold."""

    def of_reservation(self, connection: sa.Connection, reservation: UUID) -> list[PickingLine]: ...
