"""Putting a matter to whoever decides: an ordinary one to the head, a major one to related units too (DEC-1, DEC-2)."""

from decimal import Decimal, InvalidOperation

from bylaw.people.v1 import decisions_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.matters import kind_of
from bylaw_console.routes import get, post

ASK = ("people.decisions.create",)
KINDS = ("ordinary-matter", "major-matter", "promotion-budget")
CURRENCY = "CNY"


def ask_matter(desk: Desk) -> Response:
    """The form."""
    return desk.render("matter_ask.html", kinds=_kinds(desk), is_no_amount=False)


def send_matter(desk: Desk) -> Response:
    """Ask for the decision; who is asked stands on its page."""
    kind = desk.field("kind")
    wish = decisions_pb2.Decision(kind=kind if kind in KINDS else KINDS[0], text=desk.field("text"))
    if desk.field("amount"):
        fen = _fen(desk.field("amount"))
        if fen is None:
            return desk.render("matter_ask.html", 422, kinds=_kinds(desk), is_no_amount=True)
        wish.money.CopyFrom(amount_pb2.Money(minor_units=fen, currency=CURRENCY))
    try:
        made = desk.ask(decisions_pb2.CreateDecisionRequest(decision=wish, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("matter_ask.html", refusal, kinds=_kinds(desk), is_no_amount=False)
    return desk.go(path_of("inbox", made.name), said="matter_ask.sent")


def _kinds(desk: Desk) -> list[tuple[str, str]]:
    return [(kind, kind_of(kind, desk)) for kind in KINDS]


def _fen(typed: str) -> int | None:
    """An amount of money in fen; None where it cannot be read as one."""
    try:
        fen = Decimal(typed.replace(",", "")) * 100
    except InvalidOperation:
        return None
    whole = fen.is_finite() and fen == fen.to_integral_value() and abs(fen) < 10**15
    return int(fen) if whole else None


ROUTES = (
    get("/requests/matter", ask_matter, needs=ASK),
    post("/requests/matter", send_matter, needs=ASK),
)
