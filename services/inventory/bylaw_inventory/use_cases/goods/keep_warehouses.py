"""Opens warehouses, makes places in them, and shows both (WHS-8)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id, resource_id

from bylaw_inventory.events import warehouse_changed
from bylaw_inventory.ports.stores import ByText, WarehouseStore
from bylaw_inventory.rules.goods.place import BEYOND_THE_DOOR, Place, PlaceKind, Warehouse
from bylaw_inventory.rules.refusals import PlaceExists, SiteNotFound, UnitNotFound, WarehouseExists
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class WarehouseWish:
    """A warehouse as somebody wants it: `site` by name or code, `unit` by name."""

    code: str
    title: tuple[str, str]
    site: str
    unit: str


@dataclass(frozen=True, slots=True)
class KeepWarehouses:
    """Who may open one is whose grant reaches the unit that will keep it."""

    database: Database
    finding: Finding
    warehouses: WarehouseStore

    def create(self, wish: WarehouseWish, reach: Reach) -> Warehouse:
        """Refuses SITE_NOT_FOUND, UNIT_NOT_FOUND, WAREHOUSE_EXISTS."""
        unit = resource_id(wish.unit, "units", field="warehouse.unit")
        organisation = self.finding.organisation
        site = organisation.site(wish.site)
        if site is None:
            raise SiteNotFound(site=wish.site)
        if not organisation.has_unit(reach, unit, self.finding.today):
            raise UnitNotFound(unit=wish.unit)
        with self.database.work() as work:
            made = Warehouse(
                new_id(), wish.code, wish.title, site.site, unit, work.now, site.on(work.now.date()).time_zone
            )
            if not self.warehouses.add(work.connection, made):
                raise WarehouseExists(code=wish.code)
            beyond = [Place(new_id(), made.identifier, code, kind) for code, kind in BEYOND_THE_DOOR.items()]
            self.warehouses.add_places(work.connection, beyond)
            work.publish(warehouse_changed(made))
        return made

    def add_place(self, warehouse: UUID, code: str, kind: PlaceKind, reach: Reach) -> Place:
        """Refuses WAREHOUSE_NOT_FOUND and PLACE_EXISTS."""
        with self.database.work() as work:
            self.finding.warehouse(work.connection, warehouse, reach)
            made = Place(new_id(), warehouse, code, kind)
            if not self.warehouses.add_places(work.connection, [made]):
                raise PlaceExists(code=code)
        return made

    def one(self, identifier: UUID, reach: Reach) -> Warehouse:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            return self.finding.warehouse(connection, identifier, reach)

    def listed(self, reach: Reach, *, page: ByText) -> list[Warehouse]:
        """The warehouses within reach."""
        with self.database.read() as connection:
            return self.warehouses.listed(connection, reach, self.finding.today, page=page)

    def places(self, warehouse: UUID, reach: Reach, *, page: ByText) -> list[Place]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.warehouses.places_listed(connection, warehouse, page=page)
