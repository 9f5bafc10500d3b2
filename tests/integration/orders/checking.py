"""A channel whose orders are checked."""

from typing import Any

from bylaw.orders.v1 import order_checks_pb2 as order_checks
from bylaw.orders.v1 import orders_pb2

from tests.builders.orders import OrdersService, ordered
from tests.integration.orders.conftest import Stock


class Shop:
    """A channel of a unit's, with goods that are known."""

    def __init__(self, orders: OrdersService, stock: Stock) -> None:
        self.orders, self.stock = orders, stock
        self.tea = stock.item("TEA")
        orders.run_timer("goods")
        self.channel = orders.open_channel(stock.unit, f"S-{stock.number}")
        self.numbers = iter(range(1, 1000))

    @property
    def name(self) -> str:
        return self.channel.name

    def place(self, *lines: Any, **more: Any) -> orders_pb2.Order:
        """Takes another order in, of its own customer where nobody is named."""
        number = f"T-{self.stock.number}-{next(self.numbers)}"
        return self.orders.place(self.channel, number, *(lines or [ordered(self.tea.code)]), **more)

    def held_by(self, *lines: Any, **more: Any) -> list[tuple[str, int]]:
        """Which checks hold the next order, and at which line."""
        return sorted((hold.check, hold.line) for hold in self.place(*lines, **more).holds)

    def current(self) -> order_checks.ChannelChecks:
        request = order_checks.GetChannelChecksRequest(name=f"{self.name}/checks")
        return self.orders.checks.GetChannelChecks(request, metadata=self.orders.everything)

    def history(self, **more: Any) -> list[order_checks.ChannelChecks]:
        request = order_checks.ListChannelChecksRequest(parent=self.name, **more)
        return list(self.orders.checks.ListChannelChecks(request, metadata=self.orders.everything).channel_checks)
