"""One search for everything: an exact number, name, clause or code opens what it is of; else a list."""

import re
from dataclasses import dataclass

from bylaw.inventory.v1 import items_pb2
from bylaw.orders.v1 import orders_pb2
from bylaw.people.v1 import rulebook_pb2, staff_pb2
from flask import Response

from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get

CLAUSE = re.compile(r"[a-z]{3,20}-\d{1,4}", re.IGNORECASE)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its kind, what it is called, and where it is."""

    kind: str
    words: str
    path: str


def find(desk: Desk) -> Response:
    """Open the one thing that is meant, or list what may be."""
    wished = desk.args.get("q", "").strip()
    hits = _hits(desk, wished) if wished else []
    if len(hits) == 1:
        return desk.go(hits[0].path)
    return desk.render("find.html", wished=wished, hits=hits[:SHOWN])


def _hits(desk: Desk, wished: str) -> list[Hit]:
    if CLAUSE.fullmatch(wished):
        found = _clauses(desk, wished.upper())
        if found:
            return found
    return [*_people(desk, wished), *_orders(desk, wished), *_items(desk, wished), *_clauses_saying(desk, wished)]


def _clauses(desk: Desk, wished: str) -> list[Hit]:
    wish = rulebook_pb2.GetClauseRequest(name=f"clauses/{wished}")
    found = desk.ask_or(None, wish, "CLAUSE_NOT_FOUND", "FIELD_INVALID")
    return [Hit("clause", wished, path_of("clauses", wished))] if found else []


def _clauses_saying(desk: Desk, wished: str) -> list[Hit]:
    found = desk.ask(rulebook_pb2.ListClausesRequest()).clauses
    said = [one for one in found if wished.lower() in f"{one.wording.zh} {one.wording.en}".lower()]
    return [Hit("clause", f"{one.name.rpartition('/')[2]} {desk.text(one.wording)}", "/" + one.name) for one in said]


def _people(desk: Desk, wished: str) -> list[Hit]:
    if not desk.may("people.staff.read"):
        return []
    found = desk.ask_or(staff_pb2.ListPeopleResponse(), staff_pb2.ListPeopleRequest(page_size=1000)).people
    near = [one for one in found if wished == one.number or wished.lower() in one.display_name.lower()]
    return [Hit("person", f"{one.display_name} {one.number}", "/" + one.name) for one in near]


def _orders(desk: Desk, wished: str) -> list[Hit]:
    wish = orders_pb2.ListOrdersRequest(number=wished, page_size=SHOWN)
    if not (desk.may("orders.orders.read") and desk.has(wish)):
        return []
    found = desk.ask_or(orders_pb2.ListOrdersResponse(), wish, "FIELD_INVALID").orders
    return [Hit("order", one.number, "/" + one.name) for one in found]


def _items(desk: Desk, wished: str) -> list[Hit]:
    wish = items_pb2.ListItemsRequest(code=wished, page_size=SHOWN)
    if not (desk.may("inventory.items.read") and desk.has(wish)):
        return []
    found = desk.ask_or(items_pb2.ListItemsResponse(), wish, "FIELD_INVALID").items
    return [Hit("item", f"{one.code} {one.display_name}", path_of("stock", "items", one.name)) for one in found]


ROUTES = (get("/find", find),)
