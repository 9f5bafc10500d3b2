"""Where orders and the warehouse disagree on what is held: shown and told, never put right in silence (ORD-1)."""

from typing import Any

from bylaw.orders.v1 import stock_claims_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.showing import age, id_of

READ = ("orders.claims.read",)


def claims(desk: Desk) -> Response:
    """What disagreed when it was last compared, the longest standing first."""
    return desk.render("claims.html", **_page(desk))


def compare(desk: Desk) -> Response:
    """Compare all of it now, without waiting for the day."""
    try:
        made = desk.ask(stock_claims_pb2.ReconcileStockRequest(request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("claims.html", refusal, **_page(desk))
    counts = {"held": made.reservation_count, "claimed": made.claim_count, "n": made.disagreement_count}
    return desk.go("/claims", said="claims.said", **counts)


def _page(desk: Desk) -> dict[str, Any]:
    wish = stock_claims_pb2.ListStockDisagreementsRequest(page_size=desk.rows, page_token=desk.args.get("page", ""))
    found = desk.ask(wish)
    rows = [(one, id_of(one.order), age(desk, one.find_time)) for one in found.stock_disagreements]
    return {"rows": rows, "following": found.next_page_token}


ROUTES = (
    get("/claims", claims, needs=READ),
    post("/claims", compare, needs=("orders.claims.reconcile",)),
)
