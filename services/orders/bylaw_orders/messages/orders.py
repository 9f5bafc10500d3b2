"""Orders and what happened to them as messages of the contract; of whom they go to what is masked (CUS-1)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw.orders.v1 import orders_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.refused_wishes import refused_wish
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.values import both, timestamp, written
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.hold import Hold
from bylaw_orders.rules.orders.order import Line, order_name
from bylaw_orders.rules.orders.timeline import WORDS, NumberedEvent
from bylaw_orders.rules.privacy.masking import MaskedRecipient
from bylaw_orders.rules.privacy.reveal import CUSTOMERS
from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.use_cases.intake.outcome import Taken
from bylaw_orders.use_cases.orders.show_orders import Shown


def order_message(shown: Shown) -> Any:
    """An order."""
    placed = shown.placed
    head, standing = placed.head, placed.standing
    return orders_pb2.Order(
        name=placed.name,
        channel=resource_name(CHANNELS, placed.channel),
        number=placed.number,
        source_update_time=timestamp(placed.seen.source_at),
        kind=orders_pb2.OrderKind.ValueType(head.kind),
        source_state=orders_pb2.SourceState.ValueType(placed.seen.source_state),
        place_time=timestamp(head.placed_at),
        pay_time=timestamp(head.paid_at),
        lines=_lines(placed.lines, shown.claims),
        shipping=head.shipping,
        discount=head.discount,
        total=head.total,
        paid=head.paid,
        refunded=head.refunded,
        currency=head.currency,
        promotion=head.promotion,
        recipient=recipient_message(shown.to) if shown.to else None,
        payment_state=orders_pb2.PaymentState.ValueType(standing.payment),
        fulfilment_state=orders_pb2.FulfilmentState.ValueType(standing.fulfilment),
        after_sales_state=orders_pb2.AfterSalesState.ValueType(standing.after_sales),
        holds=map(_hold, placed.holds),
        stock_reservations=_reservations(shown.claims),
        ship_by_time=timestamp(standing.ship_by),
        deliver_by_time=timestamp(standing.deliver_by),
        etag=str(standing.revision),
        create_time=timestamp(placed.created_at),
        shipped_with=map(order_name, shown.shipped_with),
        courier=head.courier,
        waybill=head.waybill,
    )


def taken_message(taken: Taken, call: Call) -> Any:
    """What became of an order of many."""
    return orders_pb2.TakenOrder(
        number=taken.number,
        outcome=orders_pb2.TakingOutcome.ValueType(taken.outcome),
        order=order_name(taken.order) if taken.order else "",
        refusal=refused_wish(call, taken.refusal, taken.number) if taken.refusal else None,
    )


def released_message(call: Call, wanted: Sequence[UUID], released: Sequence[Shown | Refusal]) -> Any:
    """What became of orders that were to be released."""
    return orders_pb2.BatchReleaseOrdersResponse(
        released_orders=[
            orders_pb2.ReleasedOrder(refusal=refused_wish(call, one, order_name(order)))
            if isinstance(one, Refusal)
            else orders_pb2.ReleasedOrder(order=order_message(one))
            for order, one in zip(wanted, released, strict=True)
        ]
    )


def event_message(noted: NumberedEvent) -> Any:
    """Something that happened."""
    event = noted.event
    return orders_pb2.OrderEvent(
        name=f"{order_name(event.order)}/events/{noted.number}",
        occur_time=timestamp(event.at),
        kind=event.kind,
        message=both(WORDS.get(event.kind, (event.kind, event.kind))),
        actor=resource_name("people", caller_by_key(event.actor).person) if event.actor else "",
        reason=event.reason,
    )


def _lines(lines: Iterable[Line], claims: Iterable[Claim]) -> Iterable[Any]:
    """Lines with what of each is reserved: of an item in several lines the first have theirs first."""
    held: dict[UUID, Decimal] = defaultdict(Decimal)
    for claim in claims:
        if claim.holds:
            for item, quantity in claim.reserved.items():
                held[item] += quantity - claim.issued.get(item, Decimal(0))
    for line in lines:
        reserved = min(max(line.left, Decimal(0)), held[line.item]) if line.item else Decimal(0)
        if line.item:
            held[line.item] -= reserved
        yield orders_pb2.OrderLine(
            code=line.code,
            title=line.title,
            quantity=written(line.quantity),
            unit_price=written(line.unit_price),
            discount=line.discount,
            amount=line.amount,
            kind=orders_pb2.OrderLineKind.ValueType(line.kind),
            item=resource_name("items", line.item),
            cancelled=written(line.cancelled),
            reserved=written(reserved),
            issued=written(line.issued),
            returned=written(line.returned),
        )


def _hold(hold: Hold) -> Any:
    finding = hold.finding
    return orders_pb2.OrderHold(
        name=hold.name,
        check=finding.check,
        clause=finding.clause,
        line=finding.line,
        message=both((finding.zh, finding.en)),
        hold_time=timestamp(hold.opened_at),
    )


def recipient_message(to: MaskedRecipient) -> Any:
    """To whom an order goes, masked."""
    return orders_pb2.Recipient(
        display_name=to.name,
        phone=to.phone,
        address=to.address,
        region=to.area,
        postal_code=to.postcode,
        email=to.email,
        nick=to.nick,
        has_remark=to.has_remark,
        erased=to.erased,
        customer=resource_name(CUSTOMERS, to.customer),
    )


def _reservations(claims: Iterable[Claim]) -> list[str]:
    """Those that hold, the oldest first."""
    return [resource_name("stockReservations", claim.reservation) for claim in claims if claim.holds]
