"""Which goods of an order may come back, and what of its lines came (CUS-2, WHS-6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

from bylaw_orders.rules.following.heard import Inspected, Looked, MovedGoods, Outcome
from bylaw_orders.rules.goods.known import code_key
from bylaw_orders.rules.orders.order import ZERO, Line
from bylaw_orders.rules.tickets.refusals import ReturnOverShipped
from bylaw_orders.rules.tickets.ticket import ReturnLine


def expected(
    lines: Sequence[Line], wished: Sequence[tuple[str, Decimal]], awaited: Mapping[UUID, Decimal]
) -> tuple[ReturnLine, ...]:
    """What is to come back; `awaited` is what other slips name. Refuses FIELD_INVALID, RETURN_OVER_SHIPPED."""
    items = {code_key(line.code): line.item for line in reversed(lines) if line.item}
    made, seen = list[ReturnLine](), set[UUID]()
    for place, (code, quantity) in enumerate(wished):
        item = items.get(code_key(code))
        if item is None or item in seen:
            raise FieldInvalid(
                field=f"lines[{place}].code",
                zh="应为该订单的商品编码，每种一行",
                en="expected the code of goods of this order, each once",
            )
        seen.add(item)
        shipped = sum((line.issued - line.returned for line in lines if line.item == item), ZERO)
        left = max(shipped - awaited.get(item, ZERO), ZERO)
        if quantity > left:
            raise ReturnOverShipped(code=code, quantity=f"{left.normalize():f}")
        made.append(ReturnLine(item, code, quantity, ZERO))
    return tuple(made)


def returned_lines(lines: Sequence[Line], moved: Iterable[tuple[MovedGoods, int]]) -> tuple[Line, ...]:
    """The order's lines with what came back (1) or had not come after all (-1); never more than has left."""
    made = list(lines)
    for goods, sign in moved:
        left = goods.quantity
        places = [place for place, line in enumerate(made) if line.item == goods.item]
        for place in places if sign > 0 else reversed(places):
            line = made[place]
            part = min(left, max(line.issued - line.returned, ZERO) if sign > 0 else line.returned)
            made[place] = replace(line, returned=line.returned + sign * part)
            left -= part
    return tuple(made)


def received(lines: Sequence[ReturnLine], moved: Iterable[tuple[MovedGoods, int]]) -> tuple[ReturnLine, ...]:
    """A slip's lines with what came back by it; goods that it does not name are the warehouse's to look at."""
    change: dict[UUID, Decimal] = {}
    for goods, sign in moved:
        change[goods.item] = change.get(goods.item, ZERO) + sign * goods.quantity
    return tuple(line._replace(returned=line.returned + change.get(line.item, ZERO)) for line in lines)


def inspected(lines: Sequence[ReturnLine], looked: Iterable[Looked]) -> tuple[ReturnLine, ...]:
    """A slip's lines with what became of goods that came by it, or had not become so after all."""
    change: dict[tuple[UUID, Outcome], Decimal] = {}
    for one in looked:
        sign = 1 if isinstance(one, Inspected) else -1
        for goods in one.goods:
            of = (goods.item, one.outcome)
            change[of] = change.get(of, ZERO) + sign * goods.quantity
    return tuple(
        line._replace(
            resold=line.resold + change.get((line.item, Outcome.SALE), ZERO),
            scrapped=line.scrapped + change.get((line.item, Outcome.SCRAP), ZERO),
            supplied=line.supplied + change.get((line.item, Outcome.SUPPLIER), ZERO),
        )
        for line in lines
    )
