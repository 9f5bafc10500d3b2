"""Calls about replays of months under another pattern."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import replays_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id
from google.api.httpbody_pb2 import HttpBody

from bylaw_attendance.replaying.workbook import CONTENT_TYPE, MOST_CHANGES, workbook
from bylaw_attendance.rpc.replay_messages import change_message, place_text, place_texts, replay_message
from bylaw_attendance.use_cases.forms import (
    change_place,
    one_id,
    optional_month,
    optional_pattern,
    optional_replay_state,
    parameters,
    pattern,
    sheet_month,
)
from bylaw_attendance.use_cases.policies.show_replay import ShowReplay
from bylaw_attendance.use_cases.policies.start_replay import ReplayWish, StartReplay

CREATE, READ, CANCEL = "attendance.replays.create", "attendance.replays.read", "attendance.replays.cancel"
REPLAYS = "replays"


@dataclass(frozen=True, slots=True)
class ReplayCalls:
    """CreateReplay, GetReplay, ListReplays, ListReplayChanges, GetReplayWorkbook, CancelReplay."""

    start: StartReplay
    replays: ShowReplay
    tokens: PageTokens

    def CreateReplay(self, request: Any, call: Call) -> Any:  # noqa: N802
        made = self.start.start(_wish(request.replay), call.caller, call.caller.reach(CREATE))
        return replay_message(self.replays.fresh(made))

    def GetReplay(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, REPLAYS)
        return replay_message(self.replays.show(identifier, call.caller, call.caller.reach(READ)))

    def ListReplays(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.replays.page(
            call.caller,
            call.caller.reach(READ),
            optional_replay_state(request.state, field="state"),
            page=(one_id(page.position), page.limit),
        )
        return replays_pb2.ListReplaysResponse(
            replays=map(replay_message, found[: page.size]),
            next_page_token=page.token(found, place_text),
        )

    def ListReplayChanges(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.replays.changes(
            resource_id(request.parent, REPLAYS, field="parent"),
            call.caller,
            call.caller.reach(READ),
            after=change_place(page.position),
            limit=page.limit,
        )
        return replays_pb2.ListReplayChangesResponse(
            changes=map(change_message, found[: page.size]),
            next_page_token=page.token_at(found, place_texts),
        )

    def GetReplayWorkbook(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reach = resource_id(request.name, REPLAYS), call.caller.reach(READ)
        whole = self.replays.whole(identifier, call.caller, reach, most_changes=MOST_CHANGES)
        return HttpBody(content_type=CONTENT_TYPE, data=workbook(whole))

    def CancelReplay(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, REPLAYS)
        return replay_message(self.replays.cancel(identifier, call.caller, call.caller.reach(CANCEL)))


def _wish(wished: Any) -> ReplayWish:
    first = sheet_month(wished.first_month, field="replay.first_month")
    return ReplayWish(
        unit=optional_id(wished.unit, "units", field="replay.unit"),
        first_month=first,
        last_month=optional_month(wished.last_month, field="replay.last_month") or first,
        pattern=pattern(wished.shift_pattern, field="replay.shift_pattern"),
        parameters=parameters(wished.parameters, field="replay.parameters"),
        replaced=optional_pattern(wished.replaced_shift_pattern, field="replay.replaced_shift_pattern"),
    )
