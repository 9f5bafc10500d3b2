"""Sound requests about orders: channels that the department runs, and orders in them."""

from collections.abc import Callable
from typing import Any

from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import order_checks_pb2 as order_checks
from bylaw.orders.v1 import orders_pb2 as orders
from bylaw.orders.v1 import parcels_pb2 as parcels

from tests.builders.orders import ordered, wished
from tests.builders.people import text
from tests.integration.access.conftest import Department


class Shop:
    """A channel that the department runs, which ships by itself."""

    def __init__(self, department: Department) -> None:
        self.service = department.suite.orders
        self.service.follow_people()
        self.unit = department.own.name
        self.channel = self.service.open_channel(self.unit, "SHOP")

    def another(self, number: int) -> Any:
        """To open another channel."""
        made = channels.Channel(
            code=f"C-{number}", title=text("x"), platform="own", shop=f"C-{number}", unit=self.unit, currency="CNY"
        )
        return channels.CreateChannelRequest(channel=made)

    def changed(self, number: int) -> Any:
        """To have its goods listed as another sales channel's."""
        made = channels.Channel(name=self.channel.name, sales_channel=f"c{number}")
        request = channels.UpdateChannelRequest(channel=made)
        request.update_mask.paths.append("sales_channel")
        return request

    def order(self, number: int) -> Any:
        """To take another order in."""
        return orders.CreateOrderRequest(order=self._wished(number))

    def batch(self, number: int) -> Any:
        """The same among many."""
        return orders.BatchCreateOrdersRequest(parent=self.channel.name, orders=[self._wished(number)])

    def mended(self, number: int) -> Any:
        """To mend what an order comes with."""
        order = self.service.place(self.channel, f"M-{number}", ordered("TEA"))
        return orders.UpdateOrderRequest(order=orders.Order(name=order.name, promotion=f"P-{number}"))

    def _wished(self, number: int) -> orders.Order:
        return wished(self.service.clock, self.channel, f"A-{number}", ordered("TEA"))

    def checks(self, number: int) -> Any:
        """To have its orders checked otherwise."""
        wish = order_checks.ChannelChecks(quantity_limit=str(number + 1), reason="as agreed")
        return order_checks.SetChannelChecksRequest(parent=self.channel.name, channel_checks=wish)

    def parcel(self, number: int) -> Any:
        """To put a parcel of an order on record."""
        order = self.service.place(self.channel, f"P-{number}", ordered("TEA"))
        made = parcels.OrderParcel(carrier="SF", waybill=f"SF{number:08d}")
        return parcels.AddOrderParcelRequest(parent=order.name, parcel=made)


MADE: dict[str, Callable[[Shop, int], Any]] = {
    "orders.Channels.CreateChannel": Shop.another,
    "orders.Channels.UpdateChannel": Shop.changed,
    "orders.OrderChecks.SetChannelChecks": Shop.checks,
    "orders.OrderParcels.AddOrderParcel": Shop.parcel,
    "orders.Orders.BatchCreateOrders": Shop.batch,
    "orders.Orders.CreateOrder": Shop.order,
    "orders.Orders.UpdateOrder": Shop.mended,
}
"""How each call's request is made."""
