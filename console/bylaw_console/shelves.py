"""The warehouse that somebody works in, and what its places and goods are called."""

import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime
from functools import cached_property, wraps
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bylaw.inventory.v1 import items_pb2, warehouses_pb2
from bylaw.people.v1 import organisation_pb2
from flask import Response, flash, session

from bylaw_console.desk import Desk

WAREHOUSE = "warehouse"
PAGE, MOST_PAGES, FEW = 1000, 20, 3
INSIDE = (warehouses_pb2.PLACE_KIND_BIN, warehouses_pb2.PLACE_KIND_PACKING, warehouses_pb2.PLACE_KIND_INSPECTION)
"""Kinds of places where goods are on hand; every other place is beyond the door."""

GS1_SEPARATOR = "\x1d"
SCANNED_BY_SCRIPT = "X-Scan"


class Shelves:
    """One warehouse; its places are read once, goods when they are named."""

    def __init__(self, desk: Desk, warehouses: list[Any], warehouse: Any) -> None:
        self.desk, self.warehouses, self.warehouse = desk, warehouses, warehouse
        self._items: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """`warehouses/{warehouse}`."""
        return str(self.warehouse.name)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.desk.text(self.warehouse.title) or str(self.warehouse.code)

    @cached_property
    def now(self) -> datetime:
        """What the clock on the warehouse's wall says."""
        if self.warehouse.site == self.desk.me.site:
            return self.desk.local_now()
        wish = organisation_pb2.GetSiteRequest(name=self.warehouse.site)
        site = self.desk.ask_or(None, wish, "SITE_NOT_FOUND")
        return self.desk.local_now().astimezone(ZoneInfo(site.time_zone)) if site else self.desk.local_now()

    @property
    def today(self) -> str:
        """Which day it is there."""
        return f"{self.now:%Y-%m-%d}"

    @cached_property
    def places(self) -> Mapping[str, Any]:
        """Its places by their resource names."""
        wish = warehouses_pb2.ListPlacesRequest(parent=self.name, page_size=PAGE)
        return {one.name: one for one in every(self.desk, wish, "places")}

    @property
    def inside(self) -> list[Any]:
        """Places within the door, by their labels."""
        return [one for one in self.places.values() if one.kind in INSIDE]

    @property
    def bins(self) -> list[Any]:
        """Places from which goods are sold."""
        return [one for one in self.places.values() if one.kind == warehouses_pb2.PLACE_KIND_BIN]

    def label(self, place: str) -> str:
        """What the label of a place says."""
        return str(self.places[place].code) if place in self.places else ""

    def place_of(self, label: str) -> str:
        """`places/{place}` by its label; empty if there is none."""
        wished = label.casefold()
        return next((one.name for one in self.places.values() if one.code.casefold() == wished), "")

    def learn(self, names: Iterable[str]) -> None:
        """Learn what goods are called, in one call where they are many."""
        unknown = {name for name in names if name} - self._items.keys()
        if len(unknown) > FEW:
            self._items |= {
                one.name: one for one in every(self.desk, items_pb2.ListItemsRequest(page_size=PAGE), "items")
            }
            return
        for name in unknown:
            found = self.desk.ask_or(None, items_pb2.GetItemRequest(name=name), "ITEM_NOT_FOUND")
            if found is not None:
                self._items[name] = found

    def item(self, name: str) -> Any:
        """An item on record, None where it is not to be seen."""
        self.learn([name])
        return self._items.get(name)

    def code(self, name: str) -> str:
        """The code of an item."""
        found = self.item(name)
        return str(found.code) if found is not None else ""

    def called(self, name: str) -> str:
        """What an item is called."""
        found = self.item(name)
        return str(found.display_name) if found is not None else ""

    @staticmethod
    def amount(quantity: Any) -> str:
        """A quantity with its unit, for templates."""
        return amount(quantity)

    def find_item(self, typed: str) -> Any:
        """The item with this code or barcode; None if there is none."""
        code = cleaned(typed)
        wishes = [items_pb2.ListItemsRequest(code=code, page_size=1)] if code else []
        if code.isdigit():
            wishes.append(items_pb2.ListItemsRequest(barcode=code, page_size=1))
        for wish in wishes:
            for found in self.desk.ask_or(items_pb2.ListItemsResponse(), wish, "FIELD_INVALID").items:
                self._items[found.name] = found
                return found
        return None


def every(desk: Desk, wish: Any, field: str) -> list[Any]:
    """All that a listing call has, page by page; 20 pages at most."""
    found: list[Any] = []
    for _ in range(MOST_PAGES):
        answer = desk.ask(wish)
        found += getattr(answer, field)
        if not answer.next_page_token:
            break
        wish.page_token = answer.next_page_token
    return found


def shelves_of(desk: Desk) -> Shelves | None:
    """The warehouse chosen last, else the first within reach; None where there is none."""
    wish = warehouses_pb2.ListWarehousesRequest(page_size=PAGE)
    found = list(desk.ask_or(warehouses_pb2.ListWarehousesResponse(), wish).warehouses)
    wished = session.get(WAREHOUSE, "")
    chosen = next((one for one in found if one.name == wished), found[0] if found else None)
    return Shelves(desk, found, chosen) if chosen is not None else None


def in_warehouse(view: Callable[..., Response]) -> Callable[..., Response]:
    """A page of a warehouse: it is given the shelves; where none is within reach a page says so."""

    @wraps(view)
    def found(desk: Desk, **given: Any) -> Response:
        shelves = shelves_of(desk)
        if shelves is None:
            return desk.render("no_warehouse.html")
        return view(desk, shelves, **given)

    return found


def cleaned(code: str) -> str:
    """A code as it was meant: full-width characters made narrow, control characters gone but for GS1's separator."""
    narrow = unicodedata.normalize("NFKC", code)
    return "".join(one for one in narrow if one == GS1_SEPARATOR or unicodedata.category(one) != "Cc").strip(" ")


def amount(quantity: Any) -> str:
    """A quantity with its unit; empty where none is stated."""
    return f"{quantity.value} {quantity.unit}".strip() if quantity.value else ""


def answered(desk: Desk, path: str, show: Callable[[], Response], said: str, **values: str) -> Response:
    """What a scan came to: a script is answered with the page at once, a form is led to it."""
    if SCANNED_BY_SCRIPT not in desk.request.headers:
        return desk.go(path, said=said, **values)
    flash(desk.t(said, **values), "done")
    return show()


def as_file(content: bytes, kind: str, name: str) -> Response:
    """A file to keep, under a name that may hold any character."""
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def one_of(typed: str, known: Container[str]) -> Any:
    """What was chosen, where it is one of those; None else, for the call to refuse."""
    return typed if typed in known else None


def tail(name: str) -> str:
    """The id at the end of a resource name."""
    return name.rpartition("/")[2]
