"""Calls about rounds of warehouses."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import house_rounds_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id
from google.api.httpbody_pb2 import HttpBody

from bylaw_inventory.messages.rounds import missing_message, round_message, round_photo_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.rounds.house_round import PHOTOS, ROUNDS, HouseRound
from bylaw_inventory.use_cases.forms import one_id, optional_day
from bylaw_inventory.use_cases.rounds.hand_in_rounds import HandInRounds
from bylaw_inventory.use_cases.rounds.keep_round_photos import KeepRoundPhotos
from bylaw_inventory.use_cases.rounds.round_forms import checks_asked, kind_asked, side_asked

HAND_IN, READ = "inventory.rounds.hand_in", "inventory.rounds.read"


@dataclass(frozen=True, slots=True)
class RoundCalls:
    """HandInRound, GetHouseRound, ListHouseRounds, GetMissingRounds, AddRoundPhoto, GetRoundPhotoImage."""

    rounds: HandInRounds
    photos: KeepRoundPhotos
    tokens: PageTokens

    def HandInRound(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, side = resource_id(request.parent, WAREHOUSES, field="parent"), side_asked(request.side)
        checks, reach = checks_asked(request), call.caller.reach(HAND_IN)
        return round_message(self.rounds.hand_in(warehouse, side, checks, call.caller, reach))

    def GetHouseRound(self, request: Any, call: Call) -> Any:  # noqa: N802
        return round_message(self.rounds.one(resource_id(request.name, ROUNDS), call.caller.reach(READ)))

    def ListHouseRounds(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.rounds.listed(
            warehouse,
            call.caller.reach(READ),
            day=optional_day(request.round_date, field="round_date"),
            unusual=request.unusual,
            page=(one_id(page.position), page.limit),
        )
        return house_rounds_pb2.ListHouseRoundsResponse(
            house_rounds=map(round_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def GetMissingRounds(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        first, last = (optional_day(getattr(request, field), field=field) for field in ("first_date", "last_date"))
        found = self.rounds.missing(warehouse, first, last, call.caller.reach(READ))
        return house_rounds_pb2.MissingRounds(missing_rounds=map(missing_message, found))

    def AddRoundPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, kind = resource_id(request.parent, ROUNDS, field="parent"), kind_asked(request.check)
        reach = call.caller.reach(HAND_IN)
        return round_photo_message(self.photos.add(identifier, kind, request.image.data, call.caller, reach))

    def GetRoundPhotoImage(self, request: Any, call: Call) -> Any:  # noqa: N802
        content_type, content = self.photos.image(resource_id(request.name, PHOTOS), call.caller.reach(READ))
        return HttpBody(content_type=content_type, data=content)


def _by_id(listed: HouseRound) -> str:
    return str(listed.identifier)
