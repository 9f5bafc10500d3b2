"""Parcels, what happened to them, promises and customers' messages as messages of the contract."""

from typing import Any

from bylaw.orders.v1 import parcels_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.values import both, timestamp
from bylaw_orders.ports.parcels import KnownEvent, ListedPromise, MessageSteps
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.tracking.parcel import Parcel

CUSTOMER_MESSAGES = "customerMessages"


def parcel_message(made: Parcel) -> Any:
    """A parcel."""
    return parcels_pb2.OrderParcel(
        name=made.name,
        carrier=made.carrier,
        courier=made.courier,
        waybill=made.waybill,
        hand_over_time=timestamp(made.handed_over_at),
        stock_movement=resource_name("stockMovements", made.movement),
        state=parcels_pb2.ParcelState.ValueType(made.at.state),
        state_time=timestamp(made.at.since),
        sign_time=timestamp(made.at.signed_at),
        signer=parcels_pb2.ParcelSigner.ValueType(made.at.signed_by or 0),
        last_event_time=timestamp(made.at.last_at),
        etag=str(made.revision),
    )


def track_event_message(known: KnownEvent) -> Any:
    """Something that happened to it."""
    event = known.event
    return parcels_pb2.TrackEvent(
        occur_time=timestamp(event.at),
        text=event.text,
        state=parcels_pb2.ParcelState.ValueType(event.state or 0),
        place=event.place,
        code=event.code,
        signer=parcels_pb2.ParcelSigner.ValueType(event.signed_by or 0),
        source=known.source,
        actor=resource_name("people", caller_by_key(known.actor).person) if known.actor else "",
        reason=known.reason,
    )


def promise_message(listed: ListedPromise) -> Any:
    """How a promise stands."""
    kept = listed.kept
    return parcels_pb2.OrderPromise(
        order=order_name(kept.order),
        number=listed.number,
        channel=resource_name(CHANNELS, listed.channel),
        status=parcels_pb2.PromiseStatus.ValueType(kept.standing.promised),
        reason=parcels_pb2.PromiseReason.ValueType(kept.standing.why),
        explanation=both(kept.standing.explained),
        clause=kept.standing.clause,
        since_time=timestamp(kept.since),
        ship_by_time=timestamp(listed.ship_by),
        deliver_by_time=timestamp(listed.deliver_by),
    )


def messages_message(channel: Any, steps: MessageSteps) -> Any:
    """At which steps the customers of a channel are told."""
    return parcels_pb2.CustomerMessages(
        name=f"{resource_name(CHANNELS, channel)}/{CUSTOMER_MESSAGES}",
        steps=[parcels_pb2.CustomerStep.ValueType(step) for step in sorted(steps.steps)],
        language=steps.language,
    )
