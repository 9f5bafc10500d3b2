"""Levels: what is proposed, what became of it, and when each item is reordered (WHS-7)."""

from typing import Any

from bylaw.inventory.v1 import stock_levels_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, in_warehouse, one_of

READ = ("inventory.levels.read",)
KINDS = tuple(
    name for name in stock_levels_pb2.StockProposalKind.DESCRIPTOR.values_by_name if not name.endswith("UNSPECIFIED")
)
RESULTS = ("STOCK_PROPOSAL_RESULT_DONE", "STOCK_PROPOSAL_RESULT_DECLINED")


@in_warehouse
def proposals(desk: Desk, shelves: Shelves) -> Response:
    """What is proposed now."""
    return _show(desk, shelves)


def _show(desk: Desk, shelves: Shelves, refusal: Refusal | None = None) -> Response:
    kind = desk.args.get("kind", "")
    wish = stock_levels_pb2.ListStockProposalsRequest(
        parent=shelves.name,
        kind=one_of(kind, KINDS),
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
    )
    found = desk.ask(wish)
    shelves.learn(one.level.item for one in found.stock_proposals)
    values: dict[str, Any] = {
        "shelves": shelves,
        "proposals": found.stock_proposals,
        "token": found.next_page_token,
        "kind_names": {value: name for name, value in stock_levels_pb2.StockProposalKind.items()},
        "kinds": [("", desk.t("levels.any")), *((one, desk.t(f"StockProposalKind.{one}")) for one in KINDS)],
    }
    return desk.show("levels.html", refusal, **values)


@in_warehouse
def settle(desk: Desk, shelves: Shelves) -> Response:
    """Put on record what became of a proposal."""
    kind = desk.field("kind")
    wish = stock_levels_pb2.RecordStockProposalOutcomeRequest(
        parent=shelves.name,
        item=desk.field("item"),
        kind=one_of(kind, KINDS),
        result=one_of(f"STOCK_PROPOSAL_RESULT_{desk.field('result').upper()}", RESULTS),
        reason=desk.field("reason"),
        request_id=desk.request_id,
    )
    try:
        made = desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, refusal)
    return desk.go("/levels", said="levels.settled", day=desk.day(made.quiet_until_date))


@in_warehouse
def outcomes(desk: Desk, shelves: Shelves) -> Response:
    """What became of proposals, newest first."""
    wish = stock_levels_pb2.ListStockProposalOutcomesRequest(
        parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    shelves.learn(one.item for one in found.stock_proposal_outcomes)
    return desk.render(
        "level_outcomes.html",
        shelves=shelves,
        outcomes=found.stock_proposal_outcomes,
        token=found.next_page_token,
        people=desk.who(*(one.recorded_by for one in found.stock_proposal_outcomes)),
    )


@in_warehouse
def level(desk: Desk, shelves: Shelves, item: str) -> Response:
    """When an item is reordered, and how much."""
    return _level(desk, shelves, item)


def _level(desk: Desk, shelves: Shelves, item: str, refusal: Refusal | None = None) -> Response:
    name = f"items/{item}"
    wish = stock_levels_pb2.ListStockLevelsRequest(parent=shelves.name, item=name, page_size=1)
    found: list[Any] = list(desk.ask(wish).stock_levels)
    values: dict[str, Any] = {"shelves": shelves, "name": name, "id": item, "level": found[0] if found else None}
    return desk.show("level.html", refusal, **values)


@in_warehouse
def set_level(desk: Desk, shelves: Shelves, item: str) -> Response:
    """Set it by hand, or from demand; with neither it has no level."""
    point, quantity = desk.field("reorder_point"), desk.field("reorder_quantity")
    wish = stock_levels_pb2.SetStockLevelRequest(
        parent=shelves.name,
        item=f"items/{item}",
        reorder_point=amount_pb2.Quantity(value=point) if point else None,
        reorder_quantity=amount_pb2.Quantity(value=quantity) if quantity else None,
        lead_days=_days(desk, "lead_days"),
        safety_days=_days(desk, "safety_days"),
        cover_days=_days(desk, "cover_days"),
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _level(desk, shelves, item, refusal)
    return desk.go("/levels", said="levels.set_now", code=shelves.code(f"items/{item}"))


def _days(desk: Desk, name: str) -> int:
    """A number of days; what is none is sent as too many, for inventory to say so."""
    typed = desk.field(name)
    if not typed:
        return 0
    return min(int(typed), 9999) if typed.isdecimal() else 9999


ROUTES = (
    get("/levels", proposals, needs=READ),
    post("/levels", settle, needs=("inventory.levels.settle",)),
    get("/levels/outcomes", outcomes, needs=READ),
    get("/levels/<item>", level, needs=READ),
    post("/levels/<item>", set_level, needs=("inventory.levels.set",)),
)
