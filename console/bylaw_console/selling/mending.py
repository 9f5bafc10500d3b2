"""What of an order is mended: one thing that a check found, or its lines, amounts and recipient as typed (ORD-1)."""

from bylaw.orders.v1 import orders_pb2

from bylaw_console.desk import Desk
from bylaw_console.selling.held import ADDRESS, CODE, PHONE, PRICE, QUANTITY
from bylaw_console.selling.typed import Typed

RECIPIENT = ("display_name", "phone", "region", "address", "postal_code", "email")
BLANK_LINES = 2


def quick(desk: Desk, order: orders_pb2.Order) -> orders_pb2.UpdateOrderRequest:
    """Mend the one thing that a form names: `what` of `line` is `value` from now on."""
    what, line, typed = desk.field("what"), desk.chosen("line"), Typed(desk)
    value = typed.needs("value")
    if what == PRICE:
        value = typed.price("value", order.currency)
    typed.check()
    wish = _wish(desk, order)
    if what in {ADDRESS, PHONE}:
        setattr(wish.order.recipient, what, value)
        wish.update_mask.paths.append(f"recipient.{what}")
        return wish
    field = {CODE: "code", QUANTITY: "quantity", PRICE: "unit_price"}[what]
    wish.order.lines.extend(order.lines)
    mended = wish.order.lines[max(line, 1) - 1]
    setattr(mended, field, value)
    mended.ClearField("amount")
    wish.update_mask.paths.append("lines")
    if what != CODE:
        # It comes to something else then, and the total that the platform told does not hold any more.
        wish.order.ClearField("total")
        wish.update_mask.paths.append("total")
    return wish


def whole(desk: Desk, order: orders_pb2.Order) -> orders_pb2.UpdateOrderRequest:
    """Mend what a form with everything says; what was left as it is keeps out of it."""
    wish, typed = _wish(desk, order), Typed(desk)
    wish.order.lines.extend(lines_typed(desk, typed, order))
    wish.update_mask.paths.append("lines")
    for name in ("shipping", "discount"):
        setattr(wish.order, name, typed.amount(name, order.currency))
        wish.update_mask.paths.append(name)
    if desk.field("total"):
        wish.order.total = typed.amount("total", order.currency)
    wish.update_mask.paths.append("total")
    for name in RECIPIENT:
        if text := desk.field(name):
            setattr(wish.order.recipient, name, text)
            wish.update_mask.paths.append(f"recipient.{name}")
    typed.check()
    return wish


def rows_typed(desk: Desk) -> list[int]:
    """The rows of a form that have a code: what becomes the lines of an order."""
    return [number for number in range(1, Typed(desk).whole("lines") + 1) if desk.field(f"code_{number}")]


def lines_typed(desk: Desk, typed: Typed, order: orders_pb2.Order) -> list[orders_pb2.OrderLine]:
    """The lines of a form: those that have a code, each as it was but for what was typed."""
    made = list[orders_pb2.OrderLine]()
    for number in rows_typed(desk):
        line = orders_pb2.OrderLine()
        if number <= len(order.lines):
            line.CopyFrom(order.lines[number - 1])
        before = (line.quantity, line.unit_price, line.discount)
        line.code, line.title = desk.field(f"code_{number}"), desk.field(f"title_{number}")
        line.quantity = typed.needs(f"quantity_{number}")
        line.unit_price = typed.price(f"price_{number}", order.currency) or "0"
        line.discount = typed.amount(f"off_{number}", order.currency)
        if before != (line.quantity, line.unit_price, line.discount):
            line.ClearField("amount")
        made.append(line)
    return made


def _wish(desk: Desk, order: orders_pb2.Order) -> orders_pb2.UpdateOrderRequest:
    wish = orders_pb2.UpdateOrderRequest(reason=desk.field("reason"), request_id=desk.request_id)
    wish.order.name, wish.order.etag = order.name, desk.field("etag") or order.etag
    return wish
