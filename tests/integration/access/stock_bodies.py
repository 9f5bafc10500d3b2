"""Sound requests about goods: items, places, receipts and reservations in a warehouse that the department keeps."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.inventory import NOTE, line
from tests.builders.people import text
from tests.integration.access.conftest import Department


class StockRoom:
    """A warehouse that the department keeps, with one item in its bin."""

    def __init__(self, department: Department) -> None:
        inventory = department.suite.inventory
        inventory.follow_people()
        self.site, self.unit = department.site.name, department.own.name
        self.tea, self.warehouse = inventory.item("TEA"), inventory.warehouse(self.unit, self.site)
        self.bin, self.supplier = self.warehouse.place("A-01"), self.warehouse.places()["SUPPLIER"]
        self.warehouse.post(self.received("1000"))

    def received(self, value: str) -> stock.StockMovementLine:
        """So much of the item that comes in."""
        return line(self.tea, self.supplier, self.bin, value)

    def item(self, number: int) -> Any:
        """To put another item on record."""
        made = items.Item(code=f"ITEM-{number}", display_name="x", unit="piece")
        return items.CreateItemRequest(item=made)

    def changed_item(self, number: int) -> Any:
        """To call the item something else."""
        made = items.UpdateItemRequest(item=items.Item(name=self.tea.name, display_name=f"words {number}"))
        made.update_mask.paths.append("display_name")
        return made

    def another(self, number: int) -> Any:
        """To open another warehouse."""
        made = warehouses.Warehouse(code=f"W-{number}", title=text("x"), site=self.site, unit=self.unit)
        return warehouses.CreateWarehouseRequest(warehouse=made)

    def place(self, number: int) -> Any:
        """To make another bin."""
        made = warehouses.Place(code=f"B-{number}", kind=warehouses.PLACE_KIND_BIN)
        return warehouses.CreatePlaceRequest(parent=self.warehouse.name, place=made)

    def receipt(self, number: int) -> Any:
        """To take some of the item in."""
        made = stock.StockMovement(warehouse=self.warehouse.name, lines=[self.received(f"{number}")], papers=[NOTE])
        return stock.PostStockMovementRequest(stock_movement=made)

    def reservation(self, number: int) -> Any:
        """To reserve one of the item."""
        wanted = reservations.StockReservationLine(item=self.tea.name, quantity=Quantity(value="1"))
        made = reservations.StockReservation(
            name=f"stockReservations/{uuid4()}",
            warehouse=self.warehouse.name,
            purpose=f"order {number}",
            lines=[wanted],
        )
        return reservations.CreateStockReservationRequest(stock_reservation=made)


MADE: dict[str, Callable[[StockRoom, int], Any]] = {
    "inventory.Items.CreateItem": StockRoom.item,
    "inventory.Items.UpdateItem": StockRoom.changed_item,
    "inventory.Reservations.CreateStockReservation": StockRoom.reservation,
    "inventory.Stock.PostStockMovement": StockRoom.receipt,
    "inventory.Warehouses.CreatePlace": StockRoom.place,
    "inventory.Warehouses.CreateWarehouse": StockRoom.another,
}
"""How each call's request is made."""
