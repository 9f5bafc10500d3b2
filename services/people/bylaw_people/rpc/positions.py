"""The calls on positions."""

from dataclasses import dataclass
from uuid import UUID

from bylaw.people.v1 import organisation_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date, resource_id

from bylaw_people.events import position_message
from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.dated_mask import position_wish
from bylaw_people.rpc.telling_history import position_version_message
from bylaw_people.use_cases.create_position import create_position
from bylaw_people.use_cases.finding import position_view, position_within
from bylaw_people.use_cases.forms import as_of
from bylaw_people.use_cases.update_position import close_position, update_position, withdraw_position_change

READ = "people.positions.read"


@dataclass(frozen=True)
class PositionCalls:
    """Positions, as the contract has them."""

    needs: Needs
    tokens: PageTokens

    def CreatePosition(self, request: messages.CreatePositionRequest, call: Call) -> messages.Position:  # noqa: N802
        return position_message(create_position(reading.position(request.position), call.caller, self.needs))

    def GetPosition(self, request: messages.GetPositionRequest, call: Call) -> messages.Position:  # noqa: N802
        day, position = as_of(request.as_of_date, self.needs.today()), _id(request.name)
        with self.needs.store.read() as records:
            found = position_within(records, position, call.caller.reach(READ), today=day)
        return position_message(position_view(found, day))

    def ListPositions(  # noqa: N802
        self, request: messages.ListPositionsRequest, call: Call
    ) -> messages.ListPositionsResponse:
        page, reach = page_of(request, call, self.tokens), call.caller.reach(READ)
        day = as_of(request.as_of_date, self.needs.today())
        with self.needs.store.read() as records:
            found = records.positions.page(day, reach, after=page.after, limit=page.limit)
        shown = [position_message(position) for position in found[: page.size]]
        token = page.token(found, lambda position: position.code)
        return messages.ListPositionsResponse(positions=shown, next_page_token=token)

    def UpdatePosition(self, request: messages.UpdatePositionRequest, call: Call) -> messages.Position:  # noqa: N802
        wish = position_wish(request, self.needs.today())
        return position_message(update_position(wish, call.caller, self.needs))

    def ClosePosition(self, request: messages.ClosePositionRequest, call: Call) -> messages.Position:  # noqa: N802
        last = civil_date(request.last_date, field="last_date")
        return position_message(close_position(_id(request.name), last, call.caller, needs=self.needs))

    def WithdrawPositionChange(  # noqa: N802
        self, request: messages.WithdrawPositionChangeRequest, call: Call
    ) -> messages.Position:
        day = civil_date(request.effective_date, field="effective_date")
        return position_message(withdraw_position_change(_id(request.name), day, call.caller, needs=self.needs))

    def ListPositionVersions(  # noqa: N802
        self, request: messages.ListPositionVersionsRequest, call: Call
    ) -> messages.ListPositionVersionsResponse:
        position, today = _id(request.parent, field="parent"), self.needs.today()
        with self.needs.store.read() as records:
            found = position_within(records, position, call.caller.reach(READ), today=today)
            history = records.positions.history(position, superseded=request.show_superseded)
        return messages.ListPositionVersionsResponse(versions=[position_version_message(found, one) for one in history])


def _id(name: str, *, field: str = "name") -> UUID:
    return resource_id(name, "positions", field=field)
