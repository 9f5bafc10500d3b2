"""Goods of warehouses, each kept by a unit: how they come there, the lists of them, and what is asked of each."""

from collections.abc import Callable
from typing import Any

from bylaw.inventory.v1 import audit_pb2, audit_pb2_grpc, books_pb2_grpc
from bylaw.inventory.v1 import books_pb2 as books
from bylaw.inventory.v1 import feed_pb2 as feed
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import stock_months_pb2 as months
from bylaw.inventory.v1 import stock_months_pb2_grpc as months_grpc
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from google.protobuf.message import Message

from tests.builders.inventory import InventoryService, line
from tests.builders.stock_books import StockBooks
from tests.integration import goods_lists, house_lists, issuing_lists, packing_lists, receiving_lists, stocktake_lists
from tests.integration.lists import Listing, Walk

Question = tuple[Callable[..., Any], Message]
CODE = "TEA"


def item_of_all(inventory: InventoryService) -> items.Item:
    """The one item, which everybody who may ask knows."""
    found = inventory.items.ListItems(items.ListItemsRequest(code=CODE), metadata=inventory.everything).items
    return found[0] if found else inventory.item(CODE)


def kept_by(inventory: InventoryService, unit: str, site: str, code: str) -> dict[str, str]:
    """A warehouse of a unit's with some of the item in it, and some of that reserved; names by collection."""
    tea, kept = item_of_all(inventory), inventory.warehouse(unit, site, code=code)
    goods_lists.offered(inventory, tea.name)
    shelf = kept.place("A-01")
    receipt = kept.post(line(tea, kept.places()["SUPPLIER"], shelf, "12"))
    kept.post(line(tea, shelf, kept.place("A-02"), "2"))
    StockBooks(kept).count(tea, shelf, "10")
    held = issuing_lists.held(kept, tea, shelf)
    return {
        "warehouses": kept.name,
        "stockMovements": receipt.name,
        "stockBalances": next(one.name for one in kept.balances() if one.place == shelf),
        "stockReservations": kept.reserve((tea, "3")).name,
        **held,
        **receiving_lists.delivered_to(kept, tea, shelf),
        **packing_lists.packed_in(kept, tea, shelf),
        **stocktake_lists.counted_in(kept, tea, shelf),
        **house_lists.housed_in(kept, tea),
    }


def of_warehouses(inventory: InventoryService) -> Listing:
    """The warehouses, each with its single read."""
    stub, request = inventory.warehouses, warehouses.GetWarehouseRequest
    return Listing(
        Walk(stub.ListWarehouses, warehouses.ListWarehousesRequest(), "warehouses"),
        lambda reads, thing: reads.read(stub.GetWarehouse, request(name=thing.name)),
    )


def under_a_warehouse(inventory: InventoryService, name: str) -> dict[str, Walk]:
    """The lists under a warehouse."""
    balances = stock.ListStockBalancesRequest(parent=name, show_beyond_the_door=True)
    reserved = reservations.ListStockReservationsRequest(parent=name, show_ended=True)
    own_books, own_months = books_pb2_grpc.BooksStub(inventory.channel), months_grpc.StockMonthsStub(inventory.channel)
    reported = months.ListStockMonthLinesRequest(parent=f"{name}/stockMonths/{inventory.clock.now:%Y-%m}")
    return {
        "ListPlaces": Walk(inventory.warehouses.ListPlaces, warehouses.ListPlacesRequest(parent=name), "places"),
        "ListStockMovements": Walk(
            inventory.stock.ListStockMovements, stock.ListStockMovementsRequest(parent=name), "stock_movements"
        ),
        "ListStockBalances": Walk(inventory.stock.ListStockBalances, balances, "stock_balances"),
        "ListBookDays": Walk(own_books.ListBookDays, books.ListBookDaysRequest(parent=name), "book_days"),
        "ListSpotCounts": Walk(own_books.ListSpotCounts, books.ListSpotCountsRequest(parent=name), "spot_counts"),
        "ListStockMonthLines": Walk(own_months.ListStockMonthLines, reported, "lines"),
        "ListStockReservations": Walk(inventory.reservations.ListStockReservations, reserved, "stock_reservations"),
        **issuing_lists.under_a_warehouse(inventory, name),
        **packing_lists.under_a_warehouse(inventory, name),
        **receiving_lists.under_a_warehouse(inventory, name),
        **stocktake_lists.under_a_warehouse(inventory, name),
        **house_lists.under_a_warehouse(inventory, name),
    }


def card_of(inventory: InventoryService, balance: str) -> Walk:
    """The card of a balance."""
    return Walk(inventory.stock.ListCardEntries, stock.ListCardEntriesRequest(parent=balance), "card_entries")


def shown_to_all(inventory: InventoryService) -> dict[str, Walk]:
    """Items are the whole organisation's."""
    own = {"items": Walk(inventory.items.ListItems, items.ListItemsRequest(), "items")}
    return {**own, **goods_lists.shown_to_all(inventory), **issuing_lists.shown_to_all(inventory)}


def for_whoever_sees_everybody(inventory: InventoryService) -> dict[str, Walk]:
    """What tells of every warehouse at once."""
    audit = audit_pb2_grpc.AuditStub(inventory.channel)
    return {
        "audit of inventory": Walk(
            audit.ListAuditEntries, audit_pb2.ListAuditEntriesRequest(page_size=5), "audit_entries"
        ),
        "feed of inventory": Walk(inventory.feed.ListEvents, feed.ListEventsRequest(), "events"),
        **goods_lists.for_whoever_sees_everybody(inventory),
    }


def of_nobody(inventory: InventoryService) -> list[Question]:
    """What is asked of no warehouse."""
    groups = (shown_to_all(inventory), for_whoever_sees_everybody(inventory), goods_lists.decided(inventory))
    walks = [walk for group in groups for walk in group.values()]
    item = items.GetItemRequest(name=item_of_all(inventory).name)
    head = audit_pb2_grpc.AuditStub(inventory.channel).GetAuditHead, audit_pb2.GetAuditHeadRequest()
    single = goods_lists.of_nobody(inventory, item.name)
    return [*((walk.method, walk.request) for walk in walks), (inventory.items.GetItem, item), head, *single]


def about(inventory: InventoryService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """Every single read of a thing, every list under it, and what would change it, by the collection that it is of."""
    return {
        **issuing_lists.about(inventory, name),
        **packing_lists.about(inventory, name),
        **receiving_lists.about(inventory, name),
        **house_lists.about(inventory, name),
        "warehouses": lambda: _about_warehouse(inventory, name),
        "stockMovements": lambda: [
            (inventory.stock.GetStockMovement, stock.GetStockMovementRequest(name=name)),
            (inventory.stock.ReverseStockMovement, stock.ReverseStockMovementRequest(name=name, reason="x")),
            *packing_lists.about_movement(inventory, item_of_all(inventory).name, name),
        ],
        "stocktakes": lambda: stocktake_lists.about_a_stocktake(inventory, item_of_all(inventory).name, name),
        "stockBalances": lambda: [(card_of(inventory, name).method, card_of(inventory, name).request)],
        "stockReservations": lambda: [
            *issuing_lists.about_reservation(inventory, name),
            (inventory.reservations.GetStockReservation, reservations.GetStockReservationRequest(name=name)),
            (inventory.reservations.ConfirmStockReservation, reservations.ConfirmStockReservationRequest(name=name)),
            (inventory.reservations.ReleaseStockReservation, reservations.ReleaseStockReservationRequest(name=name)),
        ],
    }


def _about_warehouse(inventory: InventoryService, name: str) -> list[Question]:
    bin_ = warehouses.Place(code="A-03", kind=warehouses.PLACE_KIND_BIN)
    own_books, own_months = books_pb2_grpc.BooksStub(inventory.channel), months_grpc.StockMonthsStub(inventory.channel)
    day, month = f"{name}/bookDays/2026-03-05", f"{name}/stockMonths/{inventory.clock.now:%Y-%m}"
    counted = books.SpotCount(item=item_of_all(inventory).name, place=f"places/{name.rpartition('/')[2]}")
    return [
        (inventory.warehouses.GetWarehouse, warehouses.GetWarehouseRequest(name=name)),
        (inventory.warehouses.CreatePlace, warehouses.CreatePlaceRequest(parent=name, place=bin_)),
        (own_books.GetBookDay, books.GetBookDayRequest(name=day)),
        (own_books.CloseBookDay, books.CloseBookDayRequest(name=day)),
        (own_books.CreateSpotCount, books.CreateSpotCountRequest(parent=name, spot_count=counted)),
        (own_months.GetStockMonth, months.GetStockMonthRequest(name=month)),
        (own_months.ExportStockMonth, months.ExportStockMonthRequest(name=month)),
        (own_months.HandOverStockMonth, months.HandOverStockMonthRequest(name=month)),
        *house_lists.about_a_warehouse(inventory, name, item_of_all(inventory).name),
        *issuing_lists.about_warehouse(inventory, name),
        *packing_lists.about_warehouse(inventory, name),
        *((walk.method, walk.request) for walk in under_a_warehouse(inventory, name).values()),
    ]
