"""Calls about parcels, promises and customers' messages, and the line on which providers of tracking push."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bylaw.orders.v1 import parcels_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text, optional_known
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_orders.messages.parcels import messages_message, parcel_message, promise_message, track_event_message
from bylaw_orders.ports.parcels import KnownEvent, ListedPromise, PromiseQuery
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.promises import Promised
from bylaw_orders.use_cases.forms import instant_and_id, instant_and_number
from bylaw_orders.use_cases.tracking.keep_parcels import KeepParcels
from bylaw_orders.use_cases.tracking.parcel_forms import (
    channel_of,
    message_steps,
    parcel_ids,
    parcel_wish,
    tracked,
    waybill,
)
from bylaw_orders.use_cases.tracking.receive_push import ReceivePush

READ, CREATE, REPORT = "orders.parcels.read", "orders.parcels.create", "orders.parcels.report"
READ_CHANNEL, UPDATE_CHANNEL = "orders.channels.read", "orders.channels.update"


@dataclass(frozen=True, slots=True)
class ParcelCalls:
    """The calls of OrderParcels."""

    keeping: KeepParcels
    tokens: PageTokens
    clock: Callable[[], datetime]

    def GetOrderParcel(self, request: Any, call: Call) -> Any:  # noqa: N802
        return parcel_message(self.keeping.one(*parcel_ids(request.name), call.caller.reach(READ)))

    def ListOrderParcels(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        order = resource_id(request.parent, ORDERS, field="parent")
        place = (instant_and_id(page.position), page.limit)
        found = self.keeping.of_order(order, call.caller.reach(READ), page=place)
        return parcels_pb2.ListOrderParcelsResponse(
            order_parcels=map(parcel_message, found[: page.size]), next_page_token=page.token_at(found, _parcel_place)
        )

    def FindOrderParcels(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        number, place = waybill(request.waybill, field="waybill"), (instant_and_id(page.position), page.limit)
        found = self.keeping.by_waybill(number, call.caller.reach(READ), page=place)
        return parcels_pb2.FindOrderParcelsResponse(
            order_parcels=map(parcel_message, found[: page.size]), next_page_token=page.token_at(found, _parcel_place)
        )

    def AddOrderParcel(self, request: Any, call: Call) -> Any:  # noqa: N802
        order = resource_id(request.parent, ORDERS, field="parent")
        wish = parcel_wish(order, request.parcel, self.clock())
        return parcel_message(self.keeping.add(wish, call.caller, call.caller.reach(CREATE)))

    def ListTrackEvents(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        of, place = parcel_ids(request.parent, field="parent"), (instant_and_number(page.position), page.limit)
        found = self.keeping.events(*of, call.caller.reach(READ), page=place)
        return parcels_pb2.ListTrackEventsResponse(
            track_events=map(track_event_message, found[: page.size]),
            next_page_token=page.token_at(found, _event_place),
        )

    def ReportTrack(self, request: Any, call: Call) -> Any:  # noqa: N802
        reason = line_of_text(request.reason, field="reason", longest=500)
        of, by = parcel_ids(request.parent, field="parent"), (call.caller, call.caller.reach(REPORT))
        return parcel_message(self.keeping.report(*of, tracked(request), reason, by=by))

    def ListOrderPromises(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        query = PromiseQuery(
            optional_known(request.status, Promised, field="status"),
            optional_id(request.channel, CHANNELS, field="channel"),
            (instant_and_id(page.position), page.limit),
        )
        found = self.keeping.late(query, call.caller.reach(READ))
        return parcels_pb2.ListOrderPromisesResponse(
            order_promises=map(promise_message, found[: page.size]),
            next_page_token=page.token_at(found, _promise_place),
        )

    def GetCustomerMessages(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_of(request.name)
        return messages_message(channel, self.keeping.message_steps(channel, call.caller.reach(READ_CHANNEL)))

    def SetCustomerMessages(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel, steps = channel_of(request.name), message_steps(request.steps, request.language)
        made = self.keeping.set_message_steps(channel, steps, call.caller.reach(UPDATE_CHANNEL))
        return messages_message(channel, made)


@dataclass(frozen=True, slots=True)
class CourierCalls:
    """The call of CourierLine."""

    receiving: ReceivePush

    def ReceivePush(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        told = {one.header: one.value for one in request.headers}
        text, content_type = self.receiving.take(request.courier, request.body, told)
        return parcels_pb2.ReceivePushResponse(text=text, content_type=content_type)


def _parcel_place(listed: Parcel) -> list[str]:
    return [listed.handed_over_at.isoformat(), str(listed.identifier)]


def _event_place(listed: KnownEvent) -> list[str]:
    return [listed.event.at.isoformat(), str(listed.number)]


def _promise_place(listed: ListedPromise) -> list[str]:
    return [listed.kept.since.isoformat(), str(listed.kept.order)]
