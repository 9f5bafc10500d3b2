"""An order importer in order, and beside it one for each way in which an importer can be spoilt."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from bylaw_hooks import Both, hookimpl
from bylaw_hooks.orders import (
    Columns,
    Gathered,
    Gathering,
    Header,
    OrderImporter,
    OrderTable,
    ReadFault,
    ReadGoods,
    ReadOrder,
    ReadRecipient,
    Shop,
    named,
)

bylaw_api = 1
COLUMNS = Columns({"number": named("No"), "code": named("Code"), "placed": named("Placed"), "name": named("Name")})


def hanging() -> Any:
    while True:
        pass


SPOILT: dict[str, Callable[[ReadOrder], Any]] = {
    "raising": lambda _: 1 // 0,
    "ending": lambda _: os._exit(3),
    "hanging": lambda _: hanging(),
    "none": lambda _: None,
    "a-text": lambda order: order.number,
    "nameless": lambda order: replace(order, number=" "),
    "zoneless": lambda order: replace(order, placed_at=datetime(2026, 3, 2)),  # noqa: DTZ001 - that is what is wrong
    "floating": lambda order: replace(order, total=0.1),
    "endless": lambda order: replace(order, total=Decimal("NaN")),
    "unheard-of": lambda order: replace(order, state="lost"),
    "wordy": lambda order: replace(order, recipient=ReadRecipient(name="长" * 101)),
    "forgetful": lambda order: replace(order, rows=order.rows[1:], lines=()),
    "generous": lambda order: replace(order, rows=(*order.rows, 99)),
    "reasonless": lambda order: ReadFault(order.rows[0], "", "", "", ""),
}


class Orders(OrderImporter):
    """A line a piece."""

    name, version, title = "acme-orders", 1, Both("订单", "Orders")
    sample = ((("No", "Code", "Placed", "Name"), ("1", "TEA", "2026-03-02 10:00:00", "王")),)

    def recognises(self, header: Header) -> bool:
        return not COLUMNS.missing(header)

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        return COLUMNS.missing(headers[0])

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        found = Gathering(Gathered)
        yield from found.gather(tables[0], COLUMNS.reader(tables[0].header))
        yield from found.orders(lambda one: order_of(one, shop))


def order_of(one: Gathered, shop: Shop) -> ReadOrder:
    head = one.said[0]
    lines = (
        ReadGoods(said.identifier("code"), "", Decimal(1), Decimal("9.90"), None, row=said.row) for said in one.said
    )
    return ReadOrder(
        number=one.number,
        state="paid",
        placed_at=head.needed("placed", head.moment("placed", shop.zone)),
        currency=shop.currency,
        recipient=ReadRecipient(name=head.text("name", 100)),
        lines=tuple(lines),
        rows=tuple(one.rows),
    )


class Spoilt(Orders):
    """Answers what it is called after."""

    def __init__(self, how: str) -> None:
        self.how, self.name = how, f"acme-{how}"  # type: ignore[misc]

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        for one in super().read(tables, shop):
            yield SPOILT[self.how](one) if isinstance(one, ReadOrder) else one


@hookimpl
def register_order_importers() -> list[OrderImporter]:
    return [Orders(), *map(Spoilt, SPOILT)]
