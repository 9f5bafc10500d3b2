"""Shows what is fetched for a reservation, place by place (WHS-8)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_inventory.ports.picking import PickingStore
from bylaw_inventory.ports.stores import ReservationStore
from bylaw_inventory.rules.picking.picking import PickingList
from bylaw_inventory.rules.reserving.refusals import ReservationNotFound
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowPicking:
    """Of what is reserved, in one look; nothing is locked by it."""

    database: Database
    finding: Finding
    reservations: ReservationStore
    picking: PickingStore

    def one(self, reservation: UUID, reach: Reach) -> PickingList:
        """Refuses RESERVATION_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.reservations.find(connection, reservation, reach, self.finding.today)
            if found is None:
                raise ReservationNotFound
            return PickingList(found, tuple(self.picking.of_reservation(connection, reservation)))
