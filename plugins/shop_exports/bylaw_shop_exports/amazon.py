"""The importer `bylaw-amazon@1`: Amazon's flat-file order report, a row a line, prices of all pieces of it."""

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal

from bylaw_hooks import Both
from bylaw_hooks.orders import (
    CellRefused,
    Cells,
    Columns,
    Gathered,
    Gathering,
    Header,
    OrderImporter,
    OrderState,
    OrderTable,
    ReadFault,
    ReadGoods,
    ReadOrder,
    ReadRecipient,
    Shop,
    maybe,
    named,
)

from bylaw_shop_exports.carried import carried

COLUMNS = Columns(
    {
        "number": named("amazon-order-id", "order-id"),
        "placed": named("purchase-date"),
        "title": named("product-name"),
        "code": named("sku"),
        "quantity": named("quantity", "quantity-purchased"),
        "price": named("item-price"),
        "state": maybe("order-status"),
        "line_state": maybe("item-status"),
        "channel": maybe("fulfillment-channel"),
        "updated": maybe("last-updated-date"),
        "paid_at": maybe("payments-date"),
        "currency": maybe("currency"),
        "shipping": maybe("shipping-price"),
        "line_discount": maybe("item-promotion-discount"),
        "discount": maybe("ship-promotion-discount"),
        "promotion": maybe("promotion-ids"),
        "name": maybe("recipient-name"),
        "phone": maybe("ship-phone-number", "buyer-phone-number"),
        "email": maybe("buyer-email"),
        "street": maybe("ship-address-1"),
        "street_2": maybe("ship-address-2"),
        "street_3": maybe("ship-address-3"),
        "city": maybe("ship-city"),
        "region": maybe("ship-state"),
        "zip": maybe("ship-postal-code"),
        "country": maybe("ship-country"),
        "courier": maybe("carrier"),
        "waybill": maybe("tracking-number"),
    }
)
NOTHING, FINE = Decimal(0), Decimal("0.000001")
STATES: dict[str, OrderState] = {
    "pending": "unpaid",
    "unshipped": "paid",
    "partiallyshipped": "shipped_in_part",
    "shipped": "shipped",
    "complete": "finished",
    "cancelled": "closed",
    "canceled": "closed",
}
UNKNOWN = (
    "STATE_UNKNOWN",
    "不认识的订单状态；请核对导出，或告知我们其含义",
    "a state of an order that is not known; check the export, or tell us what it means",
)


class AmazonReport(OrderImporter):
    """What Amazon ships itself (AFN) and has not shipped yet is blocked: it is not ours to ship."""

    name, version, title = "bylaw-amazon", 1, Both("亚马逊订单报告", "Amazon order report")

    sample = (
        (
            (
                *("amazon-order-id", "purchase-date", "last-updated-date", "order-status", "fulfillment-channel"),
                *("product-name", "sku", "item-status", "quantity", "currency", "item-price", "shipping-price"),
                *("item-promotion-discount", "recipient-name", "ship-address-1", "ship-city", "ship-country"),
                *("carrier", "tracking-number"),
            ),
            (
                *("112-1", "2026-04-10T09:15:00Z", "2026-04-11T09:15:00Z", "Shipped", "MFN"),
                *("Mug Set", "MUG-4", "Shipped", "2", "EUR", "42.00", "5.99"),
                *("2.00", "A. Example", "Example Street 1", "Berlin", "DE", "DHL", "00340434161094042557"),
            ),
            (
                *("112-1", "2026-04-10T09:15:00Z", "2026-04-11T09:15:00Z", "Shipped", "MFN"),
                *("Napkins", "NAP-1", "Cancelled", "0", "EUR", "0.00", "0.00"),
                *("", "A. Example", "Example Street 1", "Berlin", "DE", "", ""),
            ),
        ),
    )

    def recognises(self, header: Header) -> bool:
        return not COLUMNS.missing(header)

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        return COLUMNS.missing(headers[0])

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        orders = Gathering(Gathered)
        yield from orders.gather(tables[0], COLUMNS.reader(tables[0].header))
        yield from orders.orders(lambda one: _order(one, shop))


def _order(one: Gathered, shop: Shop) -> ReadOrder:
    head = one.said[0]
    is_theirs = head.text("channel").upper() in {"AFN", "AMAZON"}
    kept = [said for said in one.said if said.text("line_state").lower() not in {"cancelled", "canceled"}]
    state = _state(head)
    updated = max(filter(None, (said.moment("updated", shop.zone) for said in one.said)), default=None)
    return ReadOrder(
        number=one.number,
        version=f"{updated.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if updated else "",
        state="blocked" if is_theirs and state == "paid" else state,
        placed_at=head.needed("placed", head.moment("placed", shop.zone)),
        paid_at=head.moment("paid_at", shop.zone),
        currency=head.currency("currency", shop.currency),
        shipping=_sum(kept, "shipping"),
        discount=_sum(kept, "discount"),
        recipient=_recipient(head),
        promotion=head.text("promotion", 500)[:100],
        courier=carried(kept, lambda said: said.text("courier", 60), 60),
        waybill=carried(kept, lambda said: said.identifier("waybill"), 100),
        lines=tuple(map(_line, kept)),
        rows=tuple(one.rows),
        oddities=(
            *(["fulfilled_by_platform"] if is_theirs else []),
            *["line_cancelled"] * (len(one.said) - len(kept)),
        ),
    )


def _line(said: Cells) -> ReadGoods:
    quantity = said.needed("quantity", said.amount("quantity"))
    price = said.needed("price", said.amount("price"))
    each = (price / quantity).quantize(FINE) if quantity else price
    amount = price - abs(said.amount("line_discount") or NOTHING)
    return ReadGoods(said.identifier("code"), said.text("title", 300), quantity, each, amount, row=said.row)


def _state(head: Cells) -> OrderState:
    """The report of what is still to be shipped does not say: there everything is paid."""
    said = head.text("state").lower().split("-")[0].replace(" ", "")
    if said and said not in STATES:
        head.refuse("state", CellRefused(*UNKNOWN))
    return STATES.get(said, "paid")


def _sum(rows: list[Cells], field: str) -> Decimal:
    return sum((abs(said.amount(field) or NOTHING) for said in rows), NOTHING)


def _recipient(head: Cells) -> ReadRecipient | None:
    parts = ("country", "region", "city", "street", "street_2", "street_3")
    found = ReadRecipient(
        name=head.text("name", 100),
        phone=head.identifier("phone", 40),
        address=" ".join(filter(None, (head.text(part) for part in parts))),
        region=head.text("region", 60) or head.text("country", 60),
        postcode=head.identifier("zip", 20),
        email=head.text("email", 200),
    )
    return None if found == ReadRecipient() else found
