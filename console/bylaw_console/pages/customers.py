"""Customers: found without a trace in an address, revealed for a reason, exported and erased on request (CUS-1)."""

from typing import Any

from bylaw.orders.v1 import customers_pb2, orders_pb2
from flask import Response, session
from google.protobuf.json_format import MessageToJson

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.rows_file import download
from bylaw_console.selling.showing import id_of
from bylaw_console.selling.typed import chosen

READ, REVEAL = ("orders.customers.read",), ("orders.customers.reveal",)
EXPORT, ERASE = ("orders.customers.export",), ("orders.customers.erase",)
RECENT, REVEALED = "SIGN_IN_AGAIN", "revealed"
DIGITS = 4


def find_form(desk: Desk) -> Response:
    """By what a customer is found."""
    return desk.render("customers.html", found=None, platforms=_platforms(desk), id_of=id_of)


def find(desk: Desk) -> Response:
    """Who has a number or a name; what was asked for stays out of the address."""
    phone = desk.field("phone")
    try:
        if len(phone) == DIGITS and desk.may("orders.customers.find_by_digits"):
            answer = desk.ask(customers_pb2.FindCustomersByLastDigitsRequest(digits=phone))
        else:
            platform = desk.field("platform") if desk.field("nick") else ""
            answer = desk.ask(
                customers_pb2.FindCustomersRequest(phone=phone, nick=desk.field("nick"), platform=platform)
            )
    except Refusal as refusal:
        return desk.render_again("customers.html", refusal, found=None, platforms=_platforms(desk), id_of=id_of)
    return desk.render("customers.html", found=answer.customers, platforms=_platforms(desk), id_of=id_of)


def customer(desk: Desk, customer: str) -> Response:
    """A customer, masked, with their orders."""
    return desk.render("customer.html", **_page(desk, customer))


def export(desk: Desk, customer: str) -> Response:
    """All that is held of them, in clear, as a file to be handed to them."""
    wish = customers_pb2.ExportCustomerRequest(name=f"customers/{customer}", explanation=desk.field("explanation"))
    try:
        found = desk.ask(wish)
    except Refusal as refusal:
        _unless_recent(refusal)
        return desk.render_again("customer.html", refusal, **_page(desk, customer))
    content = MessageToJson(found, preserving_proto_field_name=True, ensure_ascii=False).encode()
    return download(f"customer-{customer[-12:]}.json", content, "application/json; charset=utf-8")


def erase_form(desk: Desk, customer: str) -> Response:
    """What erasing means, counted, and the question."""
    return desk.render("customer_erase.html", **_page(desk, customer))


def erase(desk: Desk, customer: str) -> Response:
    """Erase them for good."""
    wish = customers_pb2.EraseCustomerRequest(
        name=f"customers/{customer}",
        reason=chosen(customers_pb2.ErasureReason, desk.field("reason")),
        explanation=desk.field("explanation"),
        confirmation=f"customers/{customer}" if desk.field("confirmation") else "",
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        _unless_recent(refusal)
        return desk.render_again("customer_erase.html", refusal, **_page(desk, customer))
    return desk.go(f"/customers/{customer}", said="customers.said_erased")


def reveal_form(desk: Desk, order: str) -> Response:
    """Why somebody must see to whom an order goes."""
    return desk.render("order_reveal.html", **_revealing(desk, order))


def reveal(desk: Desk, order: str) -> Response:
    """Show it once: it is in no address, in no cache, and on record before the page leaves.

    A page that is loaded anew sends its form once more: that asks for the reason again.
    """
    if session.get(REVEALED) == desk.request_id:
        return desk.go(f"/orders/{order}/reveal")
    ticket = desk.field("ticket")
    wish = customers_pb2.RevealRecipientRequest(
        name=f"orders/{order}",
        reason=chosen(customers_pb2.RevealReason, desk.field("reason")),
        explanation=desk.field("explanation"),
        ticket=f"tickets/{ticket}" if ticket else "",
    )
    try:
        found = desk.ask(wish)
    except Refusal as refusal:
        _unless_recent(refusal)
        return desk.render_again("order_reveal.html", refusal, **_revealing(desk, order))
    session[REVEALED] = desk.request_id
    return desk.render("order_revealed.html", revealed=found, **_revealing(desk, order))


def reveals(desk: Desk) -> Response:
    """Who had what revealed and why, the unusual ones on request."""
    wish = customers_pb2.ListRevealsRequest(
        unusual=bool(desk.args.get("unusual")), page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    flags = customers_pb2.RevealFlag
    return desk.render(
        "reveals.html",
        reveals=[(one, [flags.Name(flag) for flag in one.flags]) for one in found.reveals],
        following=found.next_page_token,
        who=desk.who(*(one.revealed_by for one in found.reveals)),
        id_of=id_of,
    )


def erasures(desk: Desk) -> Response:
    """Who was erased, by id, when, by whom and why."""
    found = desk.ask(customers_pb2.ListErasuresRequest(page_size=desk.rows, page_token=desk.args.get("page", "")))
    return desk.render(
        "erasures.html",
        erasures=found.erasures,
        following=found.next_page_token,
        who=desk.who(*(one.erased_by for one in found.erasures)),
        id_of=id_of,
    )


def _unless_recent(refusal: Refusal) -> None:
    """A sign-in that is too old leads to the sign-in page, and back here; nothing of the deed was done."""
    if refusal.problem.reason == RECENT:
        raise refusal


def _page(desk: Desk, customer: str) -> dict[str, Any]:
    found = desk.ask(customers_pb2.GetCustomerRequest(name=f"customers/{customer}"))
    reasons = ("ERASURE_REASON_CUSTOMER_ASKED", "ERASURE_REASON_LEGAL")
    return {
        "customer": found,
        "id": customer,
        "channels": Channels(desk),
        "id_of": id_of,
        "erasure_reasons": [(name, desk.t(f"ErasureReason.{name}")) for name in reasons],
    }


def _revealing(desk: Desk, order: str) -> dict[str, Any]:
    found = desk.ask(orders_pb2.GetOrderRequest(name=f"orders/{order}"))
    names = list(customers_pb2.RevealReason.keys())[1:]
    return {
        "order": found,
        "id": order,
        "reasons": [(name, desk.t(f"RevealReason.{name}")) for name in names],
        "ticket": desk.field("ticket") or desk.args.get("ticket", ""),
    }


def _platforms(desk: Desk) -> list[tuple[str, str]]:
    found = dict.fromkeys(channel.platform for channel in Channels(desk).by_name.values())
    return [(one, one) for one in found]


ROUTES = (
    get("/customers", find_form, needs=READ),
    post("/customers", find, needs=READ),
    get("/customers/<customer>", customer, needs=READ),
    post("/customers/<customer>", export, needs=EXPORT),
    get("/customers/<customer>/erase", erase_form, needs=ERASE),
    post("/customers/<customer>/erase", erase, needs=ERASE),
    get("/orders/<order>/reveal", reveal_form, needs=REVEAL),
    post("/orders/<order>/reveal", reveal, needs=REVEAL),
    get("/reveals", reveals, needs=("orders.reveals.read",)),
    get("/erasures", erasures, needs=("orders.erasures.read",)),
)
