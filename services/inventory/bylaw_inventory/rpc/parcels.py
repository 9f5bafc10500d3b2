"""Calls about parcels."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import parcels_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import optional_known
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.parcels import open_hand_over_message, parcel_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.parcels.open_hand_over import OpenHandOver, Stage
from bylaw_inventory.rules.parcels.parcel import PARCELS, Parcel
from bylaw_inventory.use_cases.forms import one_id, optional_day
from bylaw_inventory.use_cases.parcels.hand_over import HandOver
from bylaw_inventory.use_cases.parcels.parcel_forms import carrier_asked, parcel_wishes, receipt_asked, since_asked
from bylaw_inventory.use_cases.parcels.show_open import ShowOpen

HAND_OVER, READ = "inventory.parcels.hand_over", "inventory.parcels.read"


@dataclass(frozen=True, slots=True)
class ParcelCalls:
    """HandOverParcels, AcknowledgeParcel, ListParcels, ListOpenHandOvers."""

    handing: HandOver
    shown: ShowOpen
    tokens: PageTokens

    def HandOverParcels(self, request: Any, call: Call) -> Any:  # noqa: N802
        made = self.handing.hand(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            carrier_asked(request.carrier),
            parcel_wishes(request.lines),
            caller=call.caller,
            reach=call.caller.reach(HAND_OVER),
        )
        return parcels_pb2.HandOverParcelsResponse(parcels=map(parcel_message, made))

    def AcknowledgeParcel(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, receipt = resource_id(request.name, PARCELS), receipt_asked(request.receipt)
        reach = call.caller.reach(HAND_OVER)
        return parcel_message(self.handing.acknowledge(identifier, receipt, caller=call.caller, reach=reach))

    def ListParcels(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.handing.listed(
            warehouse,
            call.caller.reach(READ),
            lacking=request.lacking_receipt,
            page=(one_id(page.position), page.limit),
        )
        return parcels_pb2.ListParcelsResponse(
            parcels=map(parcel_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def ListOpenHandOvers(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        stage = optional_known(request.stage, Stage, field="stage")
        first_day = optional_day(request.start_date, field="start_date")
        place = since_asked(page.position), page.limit
        found = self.shown.listed(warehouse, call.caller.reach(READ), stage=stage, first_day=first_day, page=place)
        return parcels_pb2.ListOpenHandOversResponse(
            open_hand_overs=map(open_hand_over_message, found[: page.size]),
            next_page_token=page.token_at(found, _by_since),
        )


def _by_since(listed: OpenHandOver) -> list[str]:
    return [listed.since.isoformat(), str(listed.identifier)]


def _by_id(listed: Parcel) -> str:
    return str(listed.identifier)
