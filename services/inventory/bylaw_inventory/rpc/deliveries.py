"""Calls about deliveries, their counts, decisions and photos."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import deliveries_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import one_number
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id
from google.api.httpbody_pb2 import HttpBody

from bylaw_inventory.messages.receiving import delivery_message, photo_message
from bylaw_inventory.rules.receiving.delivery import DELIVERIES, PHOTOS, Delivery
from bylaw_inventory.rules.receiving.note import NOTES
from bylaw_inventory.use_cases.receiving.compare import CompareDeliveries
from bylaw_inventory.use_cases.receiving.count_delivery import CountDelivery
from bylaw_inventory.use_cases.receiving.decide_delivery import DecideDelivery
from bylaw_inventory.use_cases.receiving.keep_photos import KeepDeliveryPhotos
from bylaw_inventory.use_cases.receiving.receiving_forms import (
    decision_asked,
    form_lines,
    reason_asked,
    reference_asked,
    scan_asked,
)

COUNT, DECIDE, READ = (f"inventory.deliveries.{verb}" for verb in ("count", "decide", "read"))


@dataclass(frozen=True, slots=True)
class DeliveryCalls:
    """StartDelivery, GetDelivery, ListDeliveries, what counts and decides one, and its photos."""

    counting: CountDelivery
    deciding: DecideDelivery
    comparing: CompareDeliveries
    photos: KeepDeliveryPhotos
    tokens: PageTokens

    def StartDelivery(self, request: Any, call: Call) -> Any:  # noqa: N802
        made = self.counting.start(
            resource_id(request.parent, NOTES, field="parent"),
            reference_asked(request.reference),
            partial=request.partial,
            caller=call.caller,
            reach=call.caller.reach(COUNT),
        )
        return delivery_message(made)

    def GetDelivery(self, request: Any, call: Call) -> Any:  # noqa: N802
        return delivery_message(self.comparing.one(resource_id(request.name, DELIVERIES), call.caller.reach(READ)))

    def ListDeliveries(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        note, place = resource_id(request.parent, NOTES, field="parent"), one_number(page.position)
        found = self.comparing.listed(note, call.caller.reach(READ), page=(place, page.limit))
        return deliveries_pb2.ListDeliveriesResponse(
            deliveries=map(delivery_message, found[: page.size]), next_page_token=page.token(found, _by_number)
        )

    def RecordCount(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, lines = resource_id(request.name, DELIVERIES), form_lines(request.lines)
        return delivery_message(self.counting.record(identifier, lines, call.caller, call.caller.reach(COUNT)))

    def AddToCount(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, scan = resource_id(request.name, DELIVERIES), scan_asked(request)
        return delivery_message(self.counting.add(identifier, scan, call.caller, call.caller.reach(COUNT)))

    def FinishCount(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, DELIVERIES)
        remark = reason_asked(request.remark, field="remark", needed=False)
        return delivery_message(self.counting.finish(identifier, remark, call.caller, call.caller.reach(COUNT)))

    def DecideDelivery(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = decision_asked(request)
        return delivery_message(self.deciding.decide(wish, call.caller, call.caller.reach(DECIDE)))

    def CallOffDelivery(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reason = resource_id(request.name, DELIVERIES), reason_asked(request.reason)
        return delivery_message(self.counting.call_off(identifier, reason, call.caller, call.caller.reach(COUNT)))

    def AddDeliveryPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        delivery = resource_id(request.parent, DELIVERIES, field="parent")
        return photo_message(self.photos.add(delivery, request.image.data, call.caller, call.caller.reach(COUNT)))

    def GetDeliveryPhotoImage(self, request: Any, call: Call) -> Any:  # noqa: N802
        content_type, content = self.photos.image(resource_id(request.name, PHOTOS), call.caller.reach(READ))
        return HttpBody(content_type=content_type, data=content)


def _by_number(listed: Delivery) -> str:
    return str(listed.number)
