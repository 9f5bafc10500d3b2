"""Shows what is on its way to carriers and not wholly handed over, the oldest first (WHS-12)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_inventory.ports.parcels import OpenHandOverStore
from bylaw_inventory.rules.parcels.open_hand_over import OpenHandOver, OpenWish, Since, Stage
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowOpen:
    """In one look; nothing is locked by it."""

    database: Database
    finding: Finding
    open_ones: OpenHandOverStore

    def listed(
        self,
        warehouse: UUID,
        reach: Reach,
        *,
        stage: Stage | None,
        first_day: date | None,
        page: tuple[Since | None, int],
    ) -> list[OpenHandOver]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            known = self.finding.warehouse(connection, warehouse, reach)
            begun = known.end_of(first_day - timedelta(days=1)) if first_day else None
            return self.open_ones.listed(connection, OpenWish(warehouse, stage, begun), page=page)
