"""One item: where it lies, its running card, what the shop says of it, and the movement behind each entry (WHS-4)."""

from typing import Any

from bylaw.inventory.v1 import item_sheets_pb2, items_pb2, listings_pb2, prices_pb2, stock_levels_pb2, stock_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.shelves import PAGE, Shelves, every, in_warehouse, tail
from bylaw_console.stock_rows import cut

READ = ("inventory.stock.read",)


@in_warehouse
def item(desk: Desk, shelves: Shelves, item: str) -> Response:
    """Where it lies, and the card of one of its balances, newest entry first."""
    found = desk.ask(items_pb2.GetItemRequest(name=f"items/{item}"))
    wish = stock_pb2.ListStockBalancesRequest(parent=shelves.name, item=found.name, page_size=PAGE)
    balances = every(desk, wish, "stock_balances")
    chosen = next((one for one in balances if tail(one.name) == desk.args.get("card")), None)
    card = chosen if chosen is not None else balances[0] if balances else None
    entries = _entries(desk, card.name) if card is not None else []
    shown, token = cut(entries, desk.args.get("page", ""), desk.rows)
    levels = desk.ask_or(
        stock_levels_pb2.ListStockLevelsResponse(),
        stock_levels_pb2.ListStockLevelsRequest(parent=shelves.name, item=found.name, page_size=1),
    ).stock_levels
    return desk.render(
        "stock_item.html",
        shelves=shelves,
        item=found,
        id=item,
        balances=balances,
        card=card,
        entries=shown,
        count=len(entries),
        token=token,
        movements=_movements(desk, shelves) if shown else {},
        level=levels[0] if levels else None,
        keepers=desk.who(*(one.person for one in found.special_mark.keepers)),
    )


def _entries(desk: Desk, balance: str) -> list[Any]:
    wish = stock_pb2.ListCardEntriesRequest(parent=balance, page_size=PAGE)
    return list(reversed(every(desk, wish, "card_entries")))


def _movements(desk: Desk, shelves: Shelves) -> dict[str, Any]:
    """The newest thousand movements, so that a card's entries say their papers without a call each."""
    wish = stock_pb2.ListStockMovementsRequest(parent=shelves.name, page_size=PAGE)
    return {one.name: one for one in desk.ask(wish).stock_movements}


@in_warehouse
def goods(desk: Desk, shelves: Shelves, item: str) -> Response:
    """What a shop says of it, its prices and where it is listed, each with its history; read only."""
    name = f"items/{item}"
    found = desk.ask(items_pb2.GetItemRequest(name=name))
    sheet = desk.ask_or(None, item_sheets_pb2.GetItemSheetRequest(name=f"itemSheets/{item}"))
    prices = desk.ask_or(
        prices_pb2.ListPricesResponse(), prices_pb2.ListPricesRequest(item=name, page_size=PAGE)
    ).prices
    listings = desk.ask_or(
        listings_pb2.ListListingsResponse(),
        listings_pb2.ListListingsRequest(item=name, show_ended=True, page_size=PAGE),
    ).listings
    return desk.render(
        "stock_goods.html",
        shelves=shelves,
        item=found,
        id=item,
        sheet=sheet,
        prices=[(one, money(one.price)) for one in prices],
        listings=listings,
    )


def money(amount: Any) -> str:
    """An amount in the currency's own unit."""
    return f"{amount.minor_units / 100:.2f} {amount.currency}"


def picture(desk: Desk, picture: str) -> Response:
    """A picture of goods."""
    found = desk.ask(item_sheets_pb2.GetItemPictureImageRequest(name=f"itemPictures/{picture}"))
    return Response(found.data, content_type=found.content_type)


@in_warehouse
def movement(desk: Desk, shelves: Shelves, movement: str) -> Response:
    """One movement: its lines, papers, who posted it, and what reversed it."""
    return _movement(desk, shelves, movement)


def _movement(desk: Desk, shelves: Shelves, movement: str, refusal: Refusal | None = None) -> Response:
    found = desk.ask(stock_pb2.GetStockMovementRequest(name=f"stockMovements/{movement}"))
    shelves.learn(line.item for line in found.lines)
    values = {"shelves": shelves, "movement": found, "people": desk.who(found.posted_by)}
    return desk.show("movement.html", refusal, **values)


@in_warehouse
def reverse(desk: Desk, shelves: Shelves, movement: str) -> Response:
    """Post its reverse, with the reason; both stay on record."""
    wish = stock_pb2.ReverseStockMovementRequest(
        name=f"stockMovements/{movement}", reason=desk.field("reason"), request_id=desk.request_id
    )
    try:
        made = desk.ask(wish)
    except Refusal as refusal:
        return _movement(desk, shelves, movement, refusal)
    return desk.go(path_of("stock", "movements", made.name), said="stock.reversed")


ROUTES = (
    get("/stock/items/<item>", item, needs=READ),
    get("/stock/items/<item>/goods", goods, needs=("inventory.items.read",)),
    get("/stock/pictures/<picture>", picture, needs=("inventory.sheets.read",)),
    get("/stock/movements/<movement>", movement, needs=READ),
    post("/stock/movements/<movement>/reverse", reverse, needs=("inventory.stock.reverse",)),
)
