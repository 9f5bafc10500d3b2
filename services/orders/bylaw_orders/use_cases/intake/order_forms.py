"""Orders in the form that rules take; all faults of an order are named at once, each at its field (ORD-1)."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid, FieldNotWritable, Violation
from bylaw_chassis.values import resource_id
from bylaw_chassis.writable import written

from bylaw_orders.rules.orders.order import ORDERS, LineKind, OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.refusals import LinesRefused
from bylaw_orders.use_cases.forms import (
    LARGEST_AMOUNT,
    amount,
    changed_fields,
    currency,
    decimal,
    instant,
    optional_instant,
    text_of_lines,
)

MOST_LINES, MOST_PARTS = 500, 20
LONGEST = {"display_name": 100, "phone": 40, "region": 100, "postal_code": 20, "email": 200, "nick": 100}
"""What a recipient's fields are called in the contract, and how long each may be."""
LONGEST_ADDRESS, LONGEST_REMARK = 500, 2_000
LARGEST_PRICE = Decimal(10**12)
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
Read = TypeVar("Read")


TO_WHOM = {
    "display_name": "name",
    "phone": "phone",
    "address": "address",
    "region": "region",
    "postal_code": "postcode",
    "email": "email",
    "nick": "nick",
    "remark": "remark",
}
"""What the parts of a recipient are called in the contract."""
OTHERS = frozenset(
    [
        "name",
        "channel",
        "number",
        "source_update_time",
        "kind",
        "source_state",
        "place_time",
        "pay_time",
        "paid",
        "refunded",
        "currency",
        "payment_state",
        "fulfilment_state",
        "after_sales_state",
        "holds",
        "stock_reservations",
        "ship_by_time",
        "deliver_by_time",
        "etag",
        "create_time",
        "shipped_with",
        "courier",
        "waybill",
    ]
)
"""What a mask may name too, though nobody mends it."""


class _Faults:
    """Reads one thing after another, and goes on behind a fault."""

    def __init__(self) -> None:
        self.found = list[Violation]()

    def read(self, reading: Callable[[], Read], otherwise: Read) -> Read:
        """What was read, or what stands for it where it is at fault."""
        try:
            return reading()
        except FieldInvalid as refused:
            self.found += refused.violations
            return otherwise


def order_wish(wished: Any) -> OrderWish:
    """An order as it is asked for; refuses LINES_REFUSED with every fault, FIELD_INVALID of lines."""
    faults = _Faults()
    read = faults.read
    made = OrderWish(
        number=read(lambda: line_of_text(wished.number, field="order.number", longest=64), ""),
        kind=read(lambda: known(wished.kind or OrderKind.SALE, OrderKind, field="order.kind"), OrderKind.SALE),
        source_state=read(
            lambda: known(wished.source_state or SourceState.PAID, SourceState, field="order.source_state"),
            SourceState.PAID,
        ),
        source_at=read(lambda: optional_instant(wished, "source_update_time", within="order."), None),
        placed_at=read(lambda: instant(wished.place_time, field="order.place_time"), NEVER),
        paid_at=read(lambda: optional_instant(wished, "pay_time", within="order."), None),
        currency=read(lambda: _currency(wished.currency), ""),
        paid=read(lambda: amount(wished.paid, field="order.paid", least=0), 0),
        refunded=read(lambda: amount(wished.refunded, field="order.refunded", least=0), 0),
        courier=read(lambda: _carried(wished, "courier", 60), ""),
        waybill=read(lambda: _carried(wished, "waybill", 100), ""),
        recipient=_recipient(wished.recipient, faults) if wished.HasField("recipient") else None,
        **{name: mended(wished, faults) for name, mended in MENDED.items()},
    )
    if faults.found:
        raise LinesRefused(faults.found)
    return made


def mending(wished: Any, paths: Collection[str], shown: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """What is to become of the fields of an order that a mask names, and of those of its recipient.

    Without a mask those that are filled. What is sent back as it was `shown` changes nothing: nobody writes over what
    they see masked. Refuses as `order_wish`, and FIELD_NOT_WRITABLE of the service's own in lines and recipient.
    """
    named = {name.split(".")[0] for name in paths}
    asked = changed_fields(wished, named, fields={**MENDED, "recipient": None}, others=OTHERS)
    asked = {name for name in asked if not _as_shown(wished, shown, name)}
    faults = _Faults()
    if "lines" in asked:
        for place, line in enumerate(wished.lines):
            _require_shown(line, shown.lines[place] if place < len(shown.lines) else None, f"lines[{place}]")
    changes = {name: read(wished, faults) for name, read in MENDED.items() if name in asked}
    to = _mended_recipient(wished.recipient, shown.recipient, paths, faults) if "recipient" in asked else {}
    if faults.found:
        raise LinesRefused(faults.found)
    return changes, to


def _as_shown(wished: Any, shown: Any, name: str) -> bool:
    if name == "total" and not wished.HasField(name):
        return False
    there = wished.DESCRIPTOR.fields_by_name.get(name)
    return there is not None and getattr(wished, name) == getattr(shown, name)


def _require_shown(part: Any, shown: Any, where: str) -> None:
    """What is the service's own in a part is as it was shown."""
    for path in written(part):
        if shown is None or getattr(part, path) != getattr(shown, path):
            raise FieldNotWritable(field=f"order.{where}.{path}")


def _mended_recipient(told: Any, shown: Any, paths: Collection[str], faults: _Faults) -> dict[str, str]:
    """The fields that the mask names, else those that are filled, where they are not as they were shown."""
    _require_shown(told, shown, "recipient")
    inner = {path.partition(".")[2] for path in paths if path.startswith("recipient.")}
    asked = inner or {field.name for field, _ in told.ListFields()}
    if unknown := sorted(asked - {field.name for field in told.DESCRIPTOR.fields}):
        name = f"recipient.{unknown[0][:50]}"
        faults.found.append(Violation("update_mask", "FIELD_INVALID", f"没有字段 {name}", f"there is no field {name}"))
    changed = {name for name in asked & TO_WHOM.keys() if getattr(told, name) != getattr(shown, name)}
    read = _recipient(told, faults)
    return {part: getattr(read, part) for name, part in TO_WHOM.items() if name in changed}


def _line(line: Any, field: str, faults: _Faults) -> WishLine:
    read = faults.read
    made = WishLine(
        code=read(lambda: line_of_text(line.code, field=f"{field}code", longest=64, needed=False), ""),
        title=read(lambda: line_of_text(line.title, field=f"{field}title", longest=500, needed=False), ""),
        quantity=read(lambda: decimal(line.quantity, field=f"{field}quantity"), Decimal(0)),
        unit_price=read(lambda: _price(line.unit_price, field=f"{field}unit_price"), Decimal(0)),
        discount=read(lambda: amount(line.discount, field=f"{field}discount"), 0),
        amount=read(lambda: amount(line.amount, field=f"{field}amount"), 0) if line.HasField("amount") else None,
        kind=read(lambda: known(line.kind or LineKind.GOODS, LineKind, field=f"{field}kind"), LineKind.GOODS),
    )
    if abs(made.quantity * made.unit_price) > LARGEST_AMOUNT:
        zh, en = f"行金额不能超过 {LARGEST_AMOUNT}", f"a line comes to at most {LARGEST_AMOUNT}"
        faults.found.append(Violation(f"{field}unit_price", "FIELD_INVALID", zh, en))
    return made


def _lines(wished: Any, faults: _Faults) -> tuple[WishLine, ...]:
    check_count(len(wished.lines), field="order.lines", most=MOST_LINES)
    return tuple(_line(line, f"order.lines[{place}].", faults) for place, line in enumerate(wished.lines))


def _total(wished: Any, faults: _Faults) -> int | None:
    return faults.read(lambda: amount(wished.total, field="order.total"), 0) if wished.HasField("total") else None


def _shipping(wished: Any, faults: _Faults) -> int:
    return faults.read(lambda: amount(wished.shipping, field="order.shipping"), 0)


def _discount(wished: Any, faults: _Faults) -> int:
    return faults.read(lambda: amount(wished.discount, field="order.discount"), 0)


def _promotion(wished: Any, faults: _Faults) -> str:
    field = "order.promotion"
    return faults.read(lambda: line_of_text(wished.promotion, field=field, longest=64, needed=False), "")


MENDED: dict[str, Callable[[Any, _Faults], Any]] = {
    "lines": _lines,
    "total": _total,
    "shipping": _shipping,
    "discount": _discount,
    "promotion": _promotion,
}
"""What somebody may mend of an order itself, and how it is read."""


def _price(text: str, *, field: str) -> Decimal:
    price = decimal(text, field=field)
    if abs(price) >= LARGEST_PRICE:
        raise FieldInvalid(field=field, zh="整数至多 12 位", en="expected at most 12 digits before the point")
    return price


def _currency(text: str) -> str:
    return currency(text, field="order.currency") if text else ""


def _carried(wished: Any, name: str, longest: int) -> str:
    return line_of_text(getattr(wished, name), field=f"order.{name}", longest=longest, needed=False)


def _short(told: Any, name: str) -> str:
    field = f"order.recipient.{name}"
    return line_of_text(getattr(told, name), field=field, longest=LONGEST[name], needed=False)


def _recipient(told: Any, faults: _Faults) -> Recipient:
    within = "order.recipient."
    texts = {name: faults.read(partial(_short, told, name), "") for name in LONGEST}
    address = faults.read(lambda: text_of_lines(told.address, field=f"{within}address", longest=LONGEST_ADDRESS), "")
    remark = faults.read(lambda: text_of_lines(told.remark, field=f"{within}remark", longest=LONGEST_REMARK), "")
    name, postcode = texts.pop("display_name"), texts.pop("postal_code")
    return Recipient(name=name, address=address, postcode=postcode, remark=remark, **texts)


def order_ids(names: Sequence[str]) -> list[UUID]:
    """The orders that are named; refuses FIELD_INVALID."""
    return [resource_id(name, ORDERS, field=f"names[{place}]") for place, name in enumerate(names)]


def parts_asked(parts: Sequence[Any]) -> list[dict[int, Decimal]]:
    """The parts that an order is to be split into, by line; refuses FIELD_INVALID."""
    check_count(len(parts), field="parts", most=MOST_PARTS)
    return [_part(part, f"parts[{place}].lines") for place, part in enumerate(parts)]


def _part(part: Any, field: str) -> dict[int, Decimal]:
    check_count(len(part.lines), field=field, most=MOST_LINES)
    found: dict[int, Decimal] = {}
    for place, line in enumerate(part.lines):
        if line.line in found:
            raise FieldInvalid(field=f"{field}[{place}].line", zh="同一行只写一次", en="a line is named once in a part")
        found[line.line] = decimal(line.quantity, field=f"{field}[{place}].quantity")
    return found
