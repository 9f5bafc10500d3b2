"""What others may learn from orders, as facts that leave with their commit; of customers nothing (CUS-1)."""

from datetime import datetime

from bylaw.orders.v1 import customers_pb2, feed_pb2, orders_pb2, parcels_pb2
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.channels import channel_message
from bylaw_orders.messages.reviews import review_message
from bylaw_orders.messages.tickets import action_message, ticket_message
from bylaw_orders.messages.values import timestamp
from bylaw_orders.rules.channels.channel import CHANNELS, Channel
from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.privacy.customer import Erasure
from bylaw_orders.rules.privacy.reveal import CUSTOMERS
from bylaw_orders.rules.reviews.review import Review
from bylaw_orders.rules.tickets.action import Action
from bylaw_orders.rules.tickets.ticket import Ticket
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.promises import KeptPromise


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


def parcel_tracked(made: Parcel) -> Fact:
    """Something is known of a parcel that was not; whom it is for is left out."""
    tracked = parcels_pb2.ParcelTracked(
        name=made.name,
        order=order_name(made.order),
        courier=made.courier,
        waybill=made.waybill,
        state=parcels_pb2.ParcelState.ValueType(made.at.state),
        state_time=timestamp(made.at.since),
        sign_time=timestamp(made.at.signed_at),
    )
    event = feed_pb2.Event(parcel_tracked=tracked)
    return Fact("parcel_tracked", str(made.identifier), event.SerializeToString())


def promise_changed(made: KeptPromise) -> Fact:
    """The promise of an order stands otherwise."""
    changed = parcels_pb2.PromiseChanged(
        order=order_name(made.order),
        status=parcels_pb2.PromiseStatus.ValueType(made.standing.promised),
        reason=parcels_pb2.PromiseReason.ValueType(made.standing.why),
        since_time=timestamp(made.since),
    )
    event = feed_pb2.Event(promise_changed=changed)
    return Fact("promise_changed", str(made.order), event.SerializeToString())


def customer_erased(made: Erasure) -> Fact:
    """A customer was erased: who, by the id alone."""
    erased = customers_pb2.CustomerErased(name=resource_name(CUSTOMERS, made.customer))
    event = feed_pb2.Event(customer_erased=erased)
    return Fact("customer_erased", str(made.customer), event.SerializeToString())


def ticket_changed(made: Ticket, now: datetime) -> Fact:
    """A ticket was taken or changed; what was written is left out."""
    event = feed_pb2.Event(ticket_changed=ticket_message(made, now))
    return Fact("ticket_changed", str(made.identifier), event.SerializeToString())


def ticket_action_changed(made: Action) -> Fact:
    """What a ticket moves was asked for or ended; why is left out."""
    event = feed_pb2.Event(ticket_action_changed=action_message(made, told=True))
    return Fact("ticket_action_changed", str(made.identifier), event.SerializeToString())


def review_changed(made: Review) -> Fact:
    """A review was taken in or answered; what was written is left out."""
    event = feed_pb2.Event(review_changed=review_message(made, told=True))
    return Fact("review_changed", str(made.identifier), event.SerializeToString())
