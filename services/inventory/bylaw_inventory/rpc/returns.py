"""Calls about returned goods."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import returns_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id
from google.api.httpbody_pb2 import HttpBody

from bylaw_inventory.messages.returns import return_decision_message, return_photo_message, waiting_return_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.returns.decision import RETURN_DECISIONS, ReturnDecision
from bylaw_inventory.rules.returns.waiting import RETURN_PHOTOS, WaitingReturn
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.returns.keep_photos import KeepReturnPhotos
from bylaw_inventory.use_cases.returns.return_forms import return_wish
from bylaw_inventory.use_cases.returns.take_returns import TakeReturns

DECIDE, READ = "inventory.returns.decide", "inventory.returns.read"


@dataclass(frozen=True, slots=True)
class ReturnCalls:
    """ListWaitingReturns, DecideReturn, WithdrawReturnDecision, Get- and ListReturnDecisions, and the photos."""

    taking: TakeReturns
    photos: KeepReturnPhotos
    tokens: PageTokens

    def ListWaitingReturns(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        place = one_id(page.position), page.limit
        today, found = self.taking.waiting(warehouse, call.caller.reach(READ), page=place)
        return returns_pb2.ListWaitingReturnsResponse(
            waiting_returns=[waiting_return_message(one, today) for one in found[: page.size]],
            next_page_token=page.token(found, _by_movement),
        )

    def DecideReturn(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish, reach = return_wish(request), call.caller.reach(DECIDE)
        return return_decision_message(self.taking.decide(wish, call.caller, call.request_key, reach))

    def WithdrawReturnDecision(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reach = resource_id(request.name, RETURN_DECISIONS), call.caller.reach(DECIDE)
        return return_decision_message(self.taking.scrapping.withdraw(identifier, call.caller, reach))

    def GetReturnDecision(self, request: Any, call: Call) -> Any:  # noqa: N802
        found = self.taking.one(resource_id(request.name, RETURN_DECISIONS), call.caller.reach(READ))
        return return_decision_message(found)

    def ListReturnDecisions(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.taking.listed(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            call.caller.reach(READ),
            movement=optional_id(request.stock_movement, MOVEMENTS, field="stock_movement"),
            page=(one_id(page.position), page.limit),
        )
        return returns_pb2.ListReturnDecisionsResponse(
            return_decisions=map(return_decision_message, found[: page.size]),
            next_page_token=page.token(found, _by_id),
        )

    def AddReturnPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        movement, reach = resource_id(request.parent, MOVEMENTS, field="parent"), call.caller.reach(DECIDE)
        return return_photo_message(self.photos.add(movement, request.image.data, call.caller, reach))

    def GetReturnPhotoImage(self, request: Any, call: Call) -> Any:  # noqa: N802
        content_type, content = self.photos.image(resource_id(request.name, RETURN_PHOTOS), call.caller.reach(READ))
        return HttpBody(content_type=content_type, data=content)


def _by_id(listed: ReturnDecision) -> str:
    return str(listed.identifier)


def _by_movement(listed: WaitingReturn) -> str:
    return str(listed.movement)
