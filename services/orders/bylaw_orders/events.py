"""What others may learn from orders, as facts that leave with their commit; of customers nothing (CUS-1)."""

from bylaw.orders.v1 import customers_pb2, feed_pb2, orders_pb2
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.channels import channel_message
from bylaw_orders.messages.values import timestamp
from bylaw_orders.rules.channels.channel import CHANNELS, Channel
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.privacy.customer import Erasure
from bylaw_orders.rules.privacy.reveal import CUSTOMERS


def channel_changed(made: Channel) -> Fact:
    """A channel was opened or changed."""
    event = feed_pb2.Event(channel_changed=channel_message(made))
    return Fact("channel_changed", str(made.identifier), event.SerializeToString())


def order_changed(made: Placed) -> Fact:
    """An order was taken or changed."""
    head, standing = made.head, made.standing
    changed = orders_pb2.OrderChanged(
        name=made.name,
        channel=resource_name(CHANNELS, made.channel),
        number=made.number,
        kind=orders_pb2.OrderKind.ValueType(head.kind),
        place_time=timestamp(head.placed_at),
        currency=head.currency,
        total=head.total,
        payment_state=orders_pb2.PaymentState.ValueType(standing.payment),
        fulfilment_state=orders_pb2.FulfilmentState.ValueType(standing.fulfilment),
        after_sales_state=orders_pb2.AfterSalesState.ValueType(standing.after_sales),
        held=bool(made.holds),
    )
    event = feed_pb2.Event(order_changed=changed)
    return Fact("order_changed", str(made.identifier), event.SerializeToString())


def customer_erased(made: Erasure) -> Fact:
    """A customer was erased: who, by the id alone."""
    erased = customers_pb2.CustomerErased(name=resource_name(CUSTOMERS, made.customer))
    event = feed_pb2.Event(customer_erased=erased)
    return Fact("customer_erased", str(made.customer), event.SerializeToString())
