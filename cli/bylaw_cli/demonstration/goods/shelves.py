"""The demonstration's warehouse: its places, its items each with a fixed place, and special goods (WHS-8, WHS-9)."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any

from bylaw.inventory.v1 import (
    items_pb2,
    items_pb2_grpc,
    put_away_pb2,
    put_away_pb2_grpc,
    special_goods_pb2,
    special_goods_pb2_grpc,
    stock_pb2,
    stock_pb2_grpc,
    warehouses_pb2,
    warehouses_pb2_grpc,
)
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw.types.v1.localized_text_pb2 import LocalizedText

from bylaw_cli.demonstration.asking import ZONE, Asking
from bylaw_cli.demonstration.deciding import DIRECTOR, KEEPER

CODE, TITLE = "MJ", LocalizedText(zh="木槿总仓", en="Mujin main warehouse")
DAYS, OPENED_AT = 200, time(9)
"""So many days ago it was opened: long enough for stock that nobody has bought since to be dead (WHS-7)."""
DOCK, PACKING = "DOCK", "PACK"
KINDS = {DOCK: warehouses_pb2.PLACE_KIND_INSPECTION, PACKING: warehouses_pb2.PLACE_KIND_PACKING}
"""What places are for; every other one is a bin."""
SPECIAL = "MJ-CANDLE"
WARNING = LocalizedText(zh="易燃，远离火源。", en="Flammable: keep away from fire.")
WHY_SPECIAL = "消防检查要求专人保管 / the fire inspection asks for a keeper of its own"
MOST = 1000


def rows() -> list[Mapping[str, str]]:
    """The items as their file has them."""
    text = files(__package__).joinpath("items.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@dataclass(frozen=True, slots=True)
class Moved:
    """So much of an item that moves from a place to another."""

    item: str
    origin: str
    target: str
    quantity: str
    lot: str = ""
    expiry: str = ""


@dataclass(frozen=True)
class Shelves:
    """The warehouse with what its places and items are called by the service, by their codes."""

    asking: Asking
    warehouse: warehouses_pb2.Warehouse
    places: Mapping[str, str]
    items: Mapping[str, str]

    @property
    def name(self) -> str:
        """`warehouses/{warehouse}`."""
        return str(self.warehouse.name)

    @property
    def first(self) -> date:
        """The day it was opened."""
        return self.warehouse.create_time.ToDatetime(ZONE).date()

    @property
    def today(self) -> date:
        """The day of the load that opened it; one that was broken off may go on a day later."""
        return self.first + timedelta(days=DAYS)

    @cached_property
    def posted(self) -> set[str]:
        """The numbers of the papers by which goods have moved already."""
        request = stock_pb2.ListStockMovementsRequest(parent=self.name, page_size=MOST)
        listed = self.asking.ask(self.asking.stub(stock_pb2_grpc.StockStub).ListStockMovements, request, by=KEEPER)
        return {paper.number for movement in listed.stock_movements for paper in movement.papers}

    def at(self, day: date, hour: time) -> datetime:
        """An hour of a day, and never one that is still to come."""
        return min(datetime.combine(day, hour, tzinfo=ZONE), self.asking.now())

    def movement(self, paper: stock_pb2.Paper, lines: Iterable[Moved], **more: Any) -> stock_pb2.StockMovement:
        """A movement of goods by a paper."""
        return stock_pb2.StockMovement(warehouse=self.name, papers=[paper], lines=map(self._line, lines), **more)

    def _line(self, moved: Moved) -> stock_pb2.StockMovementLine:
        return stock_pb2.StockMovementLine(
            item=self.items[moved.item],
            from_place=self.places[moved.origin],
            to_place=self.places[moved.target],
            quantity=Quantity(value=moved.quantity),
            lot=moved.lot,
            expiry_date=moved.expiry,
        )


def paper(kind: str, number: str) -> stock_pb2.Paper:
    """A paper by its kind and number."""
    return stock_pb2.Paper(kind=stock_pb2.PaperKind.Value(f"PAPER_KIND_{kind}"), number=number)


def put_up(asking: Asking) -> Shelves:
    """Opens the warehouse, labels its places, puts items on record, and says where each belongs and who moves it."""
    warehouse = _opened(asking)
    hour = datetime.combine(warehouse.create_time.ToDatetime(ZONE).date(), OPENED_AT, tzinfo=ZONE)
    shelves = Shelves(asking, warehouse, _labelled(asking, warehouse.name, hour), _recorded(asking, hour))
    _fix(shelves, hour)
    _mark(shelves, hour)
    return shelves


def _opened(asking: Asking) -> warehouses_pb2.Warehouse:
    listing = asking.stub(warehouses_pb2_grpc.WarehousesStub).ListWarehouses
    known = asking.ask(listing, warehouses_pb2.ListWarehousesRequest(), by=KEEPER).warehouses
    if known:
        found: warehouses_pb2.Warehouse = next(one for one in known if one.code == CODE)
        return found
    hour = datetime.combine(asking.today - timedelta(days=DAYS), OPENED_AT, tzinfo=ZONE)
    wish = warehouses_pb2.Warehouse(code=CODE, title=TITLE, site="WH", unit=asking.units["LOGISTICS"])
    stub = asking.stub_at(warehouses_pb2_grpc.WarehousesStub, hour)
    request = warehouses_pb2.CreateWarehouseRequest(warehouse=wish)
    made: warehouses_pb2.Warehouse = asking.ask(stub.CreateWarehouse, request, by=KEEPER)
    return made


def _labelled(asking: Asking, warehouse: str, hour: datetime) -> dict[str, str]:
    stub = asking.stub_at(warehouses_pb2_grpc.WarehousesStub, hour)
    listing = warehouses_pb2.ListPlacesRequest(parent=warehouse, page_size=MOST)
    known = {place.code: place.name for place in asking.ask(stub.ListPlaces, listing, by=KEEPER).places}
    for code in dict.fromkeys([*KINDS, *(row["place"] for row in rows())]):
        if code not in known:
            place = warehouses_pb2.Place(code=code, kind=KINDS.get(code, warehouses_pb2.PLACE_KIND_BIN))
            request = warehouses_pb2.CreatePlaceRequest(parent=warehouse, place=place)
            known[code] = asking.ask(stub.CreatePlace, request, by=KEEPER).name
    return known


def _recorded(asking: Asking, hour: datetime) -> dict[str, str]:
    stub = asking.stub_at(items_pb2_grpc.ItemsStub, hour)
    listed = asking.ask(stub.ListItems, items_pb2.ListItemsRequest(page_size=MOST), by=KEEPER).items
    known = {item.code: item.name for item in listed}
    for row in rows():
        if row["code"] not in known:
            item = items_pb2.Item(
                code=row["code"],
                display_name=row["name"],
                specification=row["specification"],
                category=row["category"],
                unit=row["unit"],
                fraction_digits=int(row["fraction_digits"]),
                tracking=items_pb2.ItemTracking.Value(f"ITEM_TRACKING_{row['tracking']}"),
                barcodes=[row["barcode"]],
            )
            known[row["code"]] = asking.ask(stub.CreateItem, items_pb2.CreateItemRequest(item=item), by=KEEPER).name
    return known


def _fix(shelves: Shelves, hour: datetime) -> None:
    """Each item has its fixed place (WHS-8)."""
    stub = shelves.asking.stub_at(put_away_pb2_grpc.PutAwaysStub, hour)
    listing = put_away_pb2.ListFixedPlacesRequest(parent=shelves.name, page_size=MOST)
    known = {fixed.item for fixed in shelves.asking.ask(stub.ListFixedPlaces, listing, by=KEEPER).fixed_places}
    for row in rows():
        item = shelves.items[row["code"]]
        if item not in known:
            place = shelves.places[row["place"]]
            request = put_away_pb2.SetFixedPlaceRequest(parent=shelves.name, item=item, place=place)
            shelves.asking.ask(stub.SetFixedPlace, request, by=KEEPER)


def _mark(shelves: Shelves, hour: datetime) -> None:
    """The director has one keeper alone move what burns (WHS-9)."""
    asking = shelves.asking
    stub = asking.stub_at(special_goods_pb2_grpc.SpecialGoodsStub, hour)
    if asking.ask(stub.ListSpecialMarks, special_goods_pb2.ListSpecialMarksRequest(), by=DIRECTOR).special_marks:
        return
    mark = special_goods_pb2.SpecialMark(
        item=shelves.items[SPECIAL],
        warning=WARNING,
        keepers=[special_goods_pb2.SpecialKeeper(person=asking.name(KEEPER))],
        reason=WHY_SPECIAL,
    )
    request = special_goods_pb2.CreateSpecialMarkRequest(special_mark=mark)
    asking.ask(stub.CreateSpecialMark, request, by=DIRECTOR)
