"""Opens stocktakes, has finance join, and gives them up (WHS-6)."""

from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import new_id

from bylaw_inventory.events import stocktake_changed
from bylaw_inventory.ports.stores import ItemStore, WarehouseStore
from bylaw_inventory.rules.goods.place import WITHIN
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.stocktake.refusals import StocktakeNotInState, StocktakeOverlaps, StocktakeSamePerson
from bylaw_inventory.rules.stocktake.stocktake import Stocktake, StocktakeState, StocktakeWish
from bylaw_inventory.use_cases.stocktake.finding import Stocktakes, person_of

MAY_BE_GIVEN_UP = (
    StocktakeState.OPENED,
    StocktakeState.COUNTING,
    StocktakeState.EXPLAINING,
    StocktakeState.BLOCKED,
)
NO_PLACE = Fault("PLACE_NOT_FOUND", "该仓库内没有此货位", "there is no such place within the warehouse's door")
NO_ITEM = Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")


@dataclass(frozen=True, slots=True)
class OpenStocktake:
    """The warehouse's row is locked where it is decided what is counted, and where places are frozen."""

    database: Database
    stocktakes: Stocktakes
    items: ItemStore
    warehouses: WarehouseStore

    def create(self, wish: StocktakeWish, caller: Caller, reach: Reach) -> Stocktake:
        """Refuses as the contract says; one that overlaps another is not opened."""
        keeper = person_of(caller)
        kept = self.stocktakes.kept
        with self.database.work() as work:
            connection = work.connection
            self.stocktakes.finding.warehouse(connection, wish.warehouse, reach)
            self._check_named(connection, wish)
            kept.lock_warehouse(connection, wish.warehouse)
            for other in kept.open_ones(connection, wish.warehouse):
                if other.wish.meets(wish):
                    raise StocktakeOverlaps(stocktake=other.name)
            made = Stocktake(new_id(), wish, StocktakeState.OPENED, keeper, work.now)
            kept.add(connection, made)
            work.publish(stocktake_changed(made))
        return made

    def join(self, identifier: UUID, caller: Caller, reach: Reach) -> Stocktake:
        """Counting begins; refuses as the contract says."""
        person = person_of(caller)
        with self.database.work() as work:
            found = self.stocktakes.locked(work, identifier, reach)
            if found.finance == person:
                return found
            if found.state is not StocktakeState.OPENED:
                raise StocktakeNotInState(found)
            if found.keeper == person:
                raise StocktakeSamePerson
            made = replace(found, state=StocktakeState.COUNTING, finance=person, started_at=work.now)
            freeze(work.connection, self.stocktakes, made)
            return self.stocktakes.write(work, made, before=found)

    def cancel(self, identifier: UUID, reason: str, reach: Reach) -> Stocktake:
        """Refuses what waits for its decision, and what is over."""
        with self.database.work() as work:
            found = self.stocktakes.locked(work, identifier, reach, *MAY_BE_GIVEN_UP)
            self.stocktakes.kept.thaw(work.connection, identifier)
            made = replace(found, state=StocktakeState.CANCELLED, ended_at=work.now, cancel_reason=reason)
            return self.stocktakes.write(work, made, before=found)

    def _check_named(self, connection: sa.Connection, wish: StocktakeWish) -> None:
        """Refuses PLACE_NOT_FOUND and ITEM_NOT_FOUND, with every one."""
        places = self.warehouses.places_of(connection, wish.warehouse, wish.places)
        goods = self.items.find(connection, wish.items) if wish.items else {}
        faults: list[Violation] = []
        for position, place in enumerate(wish.places):
            if place not in places or places[place].kind not in WITHIN:
                faults.append(NO_PLACE.at(f"stocktake.places[{position}]"))
        faults += [
            NO_ITEM.at(f"stocktake.items[{position}]") for position, item in enumerate(wish.items) if item not in goods
        ]
        if faults:
            raise LinesRefused(faults)


def freeze(connection: sa.Connection, stocktakes: Stocktakes, made: Stocktake) -> None:
    """Freezes its places where that was asked for: behind every movement that is being posted there."""
    if made.wish.freeze:
        stocktakes.kept.lock_warehouse(connection, made.wish.warehouse)
        stocktakes.kept.freeze(connection, made)
