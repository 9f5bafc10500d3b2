"""A shop whose channel ships from a warehouse with goods, as tests of orders need one."""

from dataclasses import dataclass
from uuid import uuid4

from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import order_merges_pb2 as merges
from bylaw.orders.v1 import orders_pb2

from tests.builders.inventory import ORDER, line
from tests.builders.orders import OrdersService, ordered
from tests.integration.orders.conftest import Stock


@dataclass
class Shop:
    """Twenty of one item and one of another, and the channel that sells them."""

    service: OrdersService
    stock: Stock
    tea: items.Item
    cup: items.Item
    channel: channels.Channel

    def place(self, number: str, *lines: orders_pb2.OrderLine, **more: object) -> orders_pb2.Order:
        """Takes an order in."""
        return self.service.place(self.channel, number, *lines, **more)

    def teas(self, number: str, quantity: str = "1", **more: object) -> orders_pb2.Order:
        """Takes an order for so much tea in."""
        return self.place(number, ordered(self.tea.code, quantity), **more)

    def reservation(self, order: orders_pb2.Order, part: int = 0) -> reservations.StockReservation:
        """What inventory holds for a part of an order."""
        request = reservations.GetStockReservationRequest(name=order.stock_reservations[part])
        inventory = self.service.inventory
        return inventory.reservations.GetStockReservation(request, metadata=inventory.everything)

    def issue(self, item: items.Item, quantity: str, reservation: str) -> None:
        """The warehouse issues goods of a reservation."""
        gone = line(item, self.stock.bin, self.stock.carrier, quantity)
        self.stock.warehouse.post(gone, papers=[ORDER], reservation=reservation)

    def receive(self, item: items.Item, quantity: str) -> None:
        """Goods arrive."""
        self.stock.warehouse.post(line(item, self.stock.supplier, self.stock.bin, quantity))

    def merge(self, *made: orders_pb2.Order | str, reason: str = "The customer asked.") -> list[orders_pb2.Order]:
        """A clerk has orders go in one parcel."""
        names = [one if isinstance(one, str) else one.name for one in made]
        request = merges.MergeOrdersRequest(names=names, reason=reason, request_id=str(uuid4()))
        return [*self.service.merges.MergeOrders(request, metadata=self.service.everything).orders]

    def unmerge(self, made: orders_pb2.Order, reason: str = "It is urgent.") -> orders_pb2.Order:
        """A clerk has an order go by itself again."""
        request = merges.UnmergeOrderRequest(name=made.name, reason=reason, request_id=str(uuid4()))
        return self.service.merges.UnmergeOrder(request, metadata=self.service.everything)

    def with_it(self, made: orders_pb2.Order) -> set[str]:
        """The numbers of the other orders in an order's parcel."""
        return {self.service.order(name).number for name in self.service.order(made.name).shipped_with}

    def release(self, *made: orders_pb2.Order, check: str = "") -> list[orders_pb2.ReleasedOrder]:
        """A clerk releases orders."""
        request = orders_pb2.BatchReleaseOrdersRequest(
            names=[one.name for one in made], check=check, reason="The customer was asked.", request_id=str(uuid4())
        )
        return [*self.service.orders.BatchReleaseOrders(request, metadata=self.service.everything).released_orders]


def shop_of(service: OrdersService, stock: Stock, **more: object) -> Shop:
    """A shop over a fresh warehouse; `more` is said of its channel."""
    tea, cup = stock.item("TEA", "20"), stock.item("CUP", "1")
    service.settle()
    told = {"warehouse": stock.warehouse.name, **more}
    return Shop(service, stock, tea, cup, service.open_channel(stock.unit, f"C-{stock.number}", **told))


def stands(name: str) -> int:
    """A state of fulfilment by its short name."""
    return orders_pb2.FulfilmentState.Value(f"FULFILMENT_STATE_{name}")


def is_paid(name: str) -> int:
    """A state of payment by its short name."""
    return orders_pb2.PaymentState.Value(f"PAYMENT_STATE_{name}")
