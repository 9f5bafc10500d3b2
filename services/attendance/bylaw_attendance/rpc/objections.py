"""Calls about objections to sheets."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import objections_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.objections import objection_message
from bylaw_attendance.rules.closing.objection import Objection
from bylaw_attendance.use_cases.closing.answer_objection import AnswerObjection
from bylaw_attendance.use_cases.closing.closing_forms import objection_wish, objection_wishes
from bylaw_attendance.use_cases.closing.object_to_sheet import ObjectToSheet
from bylaw_attendance.use_cases.forms import correction_place, short_text

OBJECTIONS, READ, ANSWER = "objections", "attendance.objections.read", "attendance.objections.answer"


@dataclass(frozen=True, slots=True)
class ObjectionCalls:
    """CreateObjection, GetObjection, ListObjections, AnswerObjection, WithdrawObjection."""

    objecting: ObjectToSheet
    answering: AnswerObjection
    tokens: PageTokens

    def CreateObjection(self, request: Any, call: Call) -> Any:  # noqa: N802
        return objection_message(self.objecting.raise_one(objection_wish(request.objection), call.caller))

    def GetObjection(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, OBJECTIONS)
        return objection_message(self.answering.one(identifier, call.caller.reach(READ)))

    def ListObjections(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        place = (correction_place(page.position), page.limit)
        found = self.answering.page(objection_wishes(request), call.caller.reach(READ), page=place)
        return objections_pb2.ListObjectionsResponse(
            objections=map(objection_message, found[: page.size]), next_page_token=page.token_at(found, _place)
        )

    def AnswerObjection(self, request: Any, call: Call) -> Any:  # noqa: N802
        answered = self.answering.answer(
            resource_id(request.name, OBJECTIONS),
            short_text(request.text, field="text"),
            upheld=request.upheld,
            seen=request.etag,
            caller=call.caller,
            reach=call.caller.reach(ANSWER),
        )
        return objection_message(answered)

    def WithdrawObjection(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, OBJECTIONS)
        reach = call.caller.reach(READ)
        return objection_message(
            self.answering.withdraw(identifier, seen=request.etag, caller=call.caller, reach=reach)
        )


def _place(listed: Objection) -> tuple[str, str]:
    waits, identifier = listed.place
    return "waits" * waits, str(identifier)
