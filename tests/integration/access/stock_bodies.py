"""Sound requests about goods: items, places, receipts and reservations in a warehouse that the department keeps."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import uuid4

from bylaw.inventory.v1 import books_pb2 as books
from bylaw.inventory.v1 import delivery_notes_pb2 as delivery_notes
from bylaw.inventory.v1 import item_sheets_pb2 as item_sheets
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import listings_pb2 as listings
from bylaw.inventory.v1 import pack_checks_pb2 as packing
from bylaw.inventory.v1 import papers_pb2 as papers
from bylaw.inventory.v1 import posting_pb2 as posting
from bylaw.inventory.v1 import prices_pb2 as prices
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import special_goods_pb2 as special
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import stocktakes_pb2 as stocktakes
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from bylaw.types.v1.amount_pb2 import Quantity
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.goods import price, sheet_name
from tests.builders.inventory import NOTE, line
from tests.builders.people import text
from tests.builders.stocktakes import begun_stocktake, count
from tests.integration.access.conftest import Department


class StockRoom:
    """A warehouse that the department keeps, with one item in its bin."""

    def __init__(self, department: Department) -> None:
        inventory = department.suite.inventory
        inventory.follow_people()
        self.site, self.unit = department.site.name, department.own.name
        self.keeper = department.colleague.name
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

    def stocktake(self, number: int) -> Any:
        """To count what is in another bin."""
        made = stocktakes.Stocktake(warehouse=self.warehouse.name, places=[self.warehouse.place(f"S-{number}")])
        return stocktakes.CreateStocktakeRequest(stocktake=made)

    def stock_counted(self, number: int) -> Any:
        """To record what was counted of the item in the bin."""
        made = count(self.tea, self.bin, f"{number}")
        return stocktakes.RecordStocktakeCountsRequest(parent=self.being_counted, counts=[made])

    @cached_property
    def being_counted(self) -> str:
        """A stocktake of the bin that finance has joined."""
        return begun_stocktake(self.warehouse, self.bin)

    def receipt(self, number: int) -> Any:
        """To take some of the item in."""
        made = stock.StockMovement(warehouse=self.warehouse.name, lines=[self.received(f"{number}")], papers=[NOTE])
        return stock.PostStockMovementRequest(stock_movement=made)

    def previewed(self, number: int) -> Any:
        """To look at such a receipt before."""
        asked = self.receipt(number)
        return posting.PreviewStockMovementRequest(stock_movement=asked.stock_movement)

    def receipts(self, number: int) -> Any:
        """To take some of the item in, one behind the other."""
        asked = self.receipt(number)
        return posting.BatchPostStockMovementsRequest(
            parent=self.warehouse.name, stock_movements=[asked.stock_movement]
        )

    def counted(self, number: int) -> Any:
        """To put on record what was counted of the item."""
        made = books.SpotCount(item=self.tea.name, place=self.bin, counted=Quantity(value=f"{number}"))
        return books.CreateSpotCountRequest(parent=self.warehouse.name, spot_count=made)

    def sheet(self, number: int) -> Any:
        """To say something else of the item."""
        made = item_sheets.ItemSheet(name=sheet_name(self.tea.name), description=text(f"words {number}"))
        return item_sheets.UpdateItemSheetRequest(item_sheet=made, update_mask=FieldMask(paths=["description"]))

    def category_rule(self, number: int) -> Any:
        """To set what another category asks for."""
        made = item_sheets.CategoryRule(category=f"category {number}", required_parts=[item_sheets.SHEET_PART_NAME])
        return item_sheets.SetCategoryRuleRequest(category_rule=made)

    def channel(self, number: int) -> Any:
        """To say who keeps a channel that nothing is listed on."""
        made = listings.SalesChannel(channel=f"k{number}", unit=self.unit)
        return listings.SetSalesChannelRequest(sales_channel=made)

    def price_change(self, number: int) -> Any:
        """To ask for a price on another channel."""
        made = prices.PriceChange(lines=[price(self.tea.name, 100, channel=f"c{number}")], reason="x")
        return prices.CreatePriceChangeRequest(price_change=made)

    def papers(self, number: int) -> Any:
        """To set which papers an issue needs in the warehouse."""
        need = papers.PaperNeed(one_of=[stock.PAPER_KIND_SALES_ORDER])
        kind, reason = stock.STOCK_MOVEMENT_KIND_ISSUE, f"words {number}"
        made = papers.PaperRule(warehouse=self.warehouse.name, kind=kind, needs=[need], reason=reason)
        return papers.CreatePaperRuleRequest(paper_rule=made)

    def pack_rule(self, number: int) -> Any:
        """To set whether issues by a sales order need a pack check in the warehouse."""
        said = {"paper": stock.PAPER_KIND_SALES_ORDER, "need": packing.PACK_NEED_REQUIRED, "reason": f"words {number}"}
        made = packing.PackRule(warehouse=self.warehouse.name, **said)
        return packing.CreatePackRuleRequest(pack_rule=made)

    def mark(self, number: int) -> Any:
        """To mark goods of a category that nobody has, which the person who keeps them alone moves."""
        keepers, warning = [special.SpecialKeeper(person=self.keeper)], text(f"words {number}")
        made = special.SpecialMark(category="poisons", warning=warning, keepers=keepers, reason="x")
        return special.CreateSpecialMarkRequest(special_mark=made)

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

    def reservations(self, number: int) -> Any:
        """The same among many."""
        asked = self.reservation(number)
        return reservations.BatchCreateStockReservationsRequest(stock_reservations=[asked.stock_reservation])

    def note(self, number: int) -> Any:
        """To put a delivery note on record."""
        said = delivery_notes.DeliveryNoteLine(item=self.tea.name, quantity=Quantity(value="1"))
        made = delivery_notes.DeliveryNote(
            warehouse=self.warehouse.name, supplier="x", number=f"LS-{number}", lines=[said]
        )
        return delivery_notes.CreateDeliveryNoteRequest(delivery_note=made)


MADE: dict[str, Callable[[StockRoom, int], Any]] = {
    "inventory.Books.CreateSpotCount": StockRoom.counted,
    "inventory.DeliveryNotes.CreateDeliveryNote": StockRoom.note,
    "inventory.ItemSheets.SetCategoryRule": StockRoom.category_rule,
    "inventory.ItemSheets.UpdateItemSheet": StockRoom.sheet,
    "inventory.Items.CreateItem": StockRoom.item,
    "inventory.Items.UpdateItem": StockRoom.changed_item,
    "inventory.Listings.SetSalesChannel": StockRoom.channel,
    "inventory.PackChecks.CreatePackRule": StockRoom.pack_rule,
    "inventory.Papers.CreatePaperRule": StockRoom.papers,
    "inventory.Prices.CreatePriceChange": StockRoom.price_change,
    "inventory.Posting.BatchPostStockMovements": StockRoom.receipts,
    "inventory.Posting.PreviewStockMovement": StockRoom.previewed,
    "inventory.Reservations.BatchCreateStockReservations": StockRoom.reservations,
    "inventory.Reservations.CreateStockReservation": StockRoom.reservation,
    "inventory.SpecialGoods.CreateSpecialMark": StockRoom.mark,
    "inventory.Stock.PostStockMovement": StockRoom.receipt,
    "inventory.Stocktakes.CreateStocktake": StockRoom.stocktake,
    "inventory.Stocktakes.RecordStocktakeCounts": StockRoom.stock_counted,
    "inventory.Warehouses.CreatePlace": StockRoom.place,
    "inventory.Warehouses.CreateWarehouse": StockRoom.another,
}
"""How each call's request is made."""
