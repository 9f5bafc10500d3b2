"""The importer `bylaw-shopify@1`: Shopify's export, a row a line; what concerns the order stands in its first row."""

from collections.abc import Iterator
from decimal import Decimal

from bylaw_hooks import Both
from bylaw_hooks.orders import (
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
        "number": named("Name"),
        "financial": named("Financial Status"),
        "fulfilment": named("Fulfillment Status"),
        "created": named("Created at"),
        "total": named("Total"),
        "title": named("Lineitem name"),
        "quantity": named("Lineitem quantity"),
        "price": named("Lineitem price"),
        "code": named("Lineitem sku"),
        "line_discount": maybe("Lineitem discount"),
        "ships": maybe("Lineitem requires shipping"),
        "paid_at": maybe("Paid at"),
        "fulfilled_at": maybe("Fulfilled at"),
        "cancelled_at": maybe("Cancelled at"),
        "currency": maybe("Currency"),
        "subtotal": maybe("Subtotal"),
        "shipping": maybe("Shipping"),
        "taxes": maybe("Taxes"),
        "discount": maybe("Discount Amount"),
        "promotion": maybe("Discount Code"),
        "outstanding": maybe("Outstanding Balance"),
        "refunded": maybe("Refunded Amount"),
        "notes": maybe("Notes"),
        "email": maybe("Email"),
        "name": maybe("Shipping Name"),
        "phone": maybe("Shipping Phone"),
        "phone_else": maybe("Phone"),
        "street": maybe("Shipping Street"),
        "company": maybe("Shipping Company"),
        "city": maybe("Shipping City"),
        "zip": maybe("Shipping Zip"),
        "province": maybe("Shipping Province Name", "Shipping Province"),
        "country": maybe("Shipping Country"),
        "courier": maybe("Tracking Company", "Fulfillment: Tracking Company"),
        "waybill": maybe("Tracking Number", "Fulfillment: Tracking Number"),
    }
)
NOTHING = Decimal(0)
UNPAID = frozenset({"pending", "authorized", "partially_paid", "expired"})
GONE = frozenset({"voided", "refunded"})
SHIPPED: dict[str, OrderState] = {"fulfilled": "shipped", "partial": "shipped_in_part"}


class ShopifyExport(OrderImporter):
    """Orders are told apart by `Name`; the export has no version, so a newer one is known by what it says."""

    name, version, title = "bylaw-shopify", 1, Both("Shopify 订单导出", "Shopify order export")

    sample = (
        (
            (
                *("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Currency", "Subtotal"),
                *("Shipping", "Taxes", "Total", "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name"),
                *("Lineitem price", "Lineitem sku", "Lineitem requires shipping", "Lineitem discount"),
                *("Shipping Name", "Shipping Street", "Shipping Zip", "Shipping Country", "Outstanding Balance"),
                *("Tracking Company", "Tracking Number"),
            ),
            (
                *("#1001", "a@acme.example", "paid", "2025-05-11 09:55:16 -0400", "fulfilled", "EUR", "34.95"),
                *("5.00", "7.59", "47.54", "0.00", "2025-05-11 09:55:16 -0400", "1", "Wax"),
                *("24.95", "WAX-1", "true", "0.00"),
                *("A. Example", "1 Example St", "'75008", "FR", "0.00", "Colissimo", "6A12345678901"),
            ),
            (
                *("#1001", "", "", "", "", "", ""),
                *("", "", "", "", "2025-05-11 09:55:16 -0400", "1", "Gift card"),
                *("10.00", "", "false", "0.00"),
                *("", "", "", "", "", "", ""),
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
    total, shipping, discount = head.amount("total"), head.amount("shipping"), head.amount("discount")
    lines = tuple(map(_line, one.said))
    return ReadOrder(
        number=one.number,
        state=_state(head, shop),
        placed_at=head.needed("created", head.moment("created", shop.zone)),
        paid_at=head.moment("paid_at", shop.zone),
        shipped_at=head.moment("fulfilled_at", shop.zone),
        closed_at=head.moment("cancelled_at", shop.zone),
        currency=head.currency("currency", shop.currency),
        goods_total=head.amount("subtotal"),
        shipping=shipping,
        discount=discount,
        total=head.needed("total", total),
        paid=_paid(head, total or NOTHING),
        refunded=head.amount("refunded"),
        recipient=_recipient(head),
        buyer_remark=head.text("notes", 2_000),
        promotion=head.text("promotion", 100),
        courier=carried(one.said, lambda said: said.text("courier", 60), 60),
        waybill=carried(one.said, lambda said: said.identifier("waybill"), 100),
        lines=(*lines, *_tax(head)),
        rows=tuple(one.rows),
        oddities=tuple(_oddities(lines)),
    )


def _line(said: Cells) -> ReadGoods:
    quantity = said.needed("quantity", said.amount("quantity"))
    price = said.needed("price", said.amount("price"))
    amount = quantity * price - (said.amount("line_discount") or NOTHING)
    is_charge = said.text("ships").lower() == "false"
    kind = "charge" if is_charge else "goods"
    code, title = said.identifier("code"), said.text("title", 300)
    return ReadGoods(code, title, quantity, price, amount, kind, row=said.row)  # type: ignore[arg-type]


def _tax(head: Cells) -> Iterator[ReadGoods]:
    """Taxes as a charge, where they are not in the prices: subtotal, shipping and they come to the total."""
    total, subtotal, taxes = head.amount("total"), head.amount("subtotal"), head.amount("taxes")
    if taxes and subtotal is not None and subtotal + (head.amount("shipping") or NOTHING) + taxes == total:
        yield ReadGoods("TAX", "Taxes", Decimal(1), taxes, taxes, "charge", row=head.row)


def _state(head: Cells, shop: Shop) -> OrderState:
    financial, fulfilment = head.text("financial").lower(), head.text("fulfilment").lower()
    if fulfilment in SHIPPED:
        return SHIPPED[fulfilment]
    if head.moment("cancelled_at", shop.zone) or financial in GONE:
        return "closed"
    return "unpaid" if financial in UNPAID or not financial else "paid"


def _paid(head: Cells, total: Decimal) -> Decimal | None:
    """What is no longer outstanding; where the export does not say, nobody knows."""
    outstanding = head.amount("outstanding")
    return None if outstanding is None else total - outstanding


def _recipient(head: Cells) -> ReadRecipient | None:
    parts = ("country", "province", "city", "street", "company")
    address = " ".join(filter(None, (head.text(part) for part in parts)))
    found = ReadRecipient(
        name=head.text("name", 100),
        phone=head.identifier("phone", 40) or head.identifier("phone_else", 40),
        address=address,
        region=head.text("province", 60) or head.text("country", 60),
        postcode=head.identifier("zip", 20),
        email=head.text("email", 200),
    )
    return None if found == ReadRecipient() else found


def _oddities(lines: tuple[ReadGoods, ...]) -> Iterator[str]:
    for line in lines:
        if not line.code:
            yield "no_code"
        if line.kind == "charge":
            yield "needs_no_shipping"
