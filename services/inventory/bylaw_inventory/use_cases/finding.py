"""Finds warehouses for a caller, or refuses."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.known import Organisation

from bylaw_inventory.ports.stores import WarehouseStore
from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.rules.refusals import WarehouseNotFound


@dataclass(frozen=True, slots=True)
class Finding:
    """What is out of reach is answered like what there is not."""

    database: Database
    organisation: Organisation
    warehouses: WarehouseStore

    @property
    def today(self) -> date:
        """The date as of which a reach is taken."""
        return self.organisation.today

    def warehouse(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> Warehouse:
        """A warehouse within reach; refuses WAREHOUSE_NOT_FOUND."""
        found = self.warehouses.find(connection, identifier, reach, self.today)
        if found is None:
            raise WarehouseNotFound
        return found
