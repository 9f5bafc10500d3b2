"""Calls about corrections of missed punches."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import corrections_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.corrections import correction_message
from bylaw_attendance.rules.closing.correction import Correction, CorrectionWish, CorrectionWishes
from bylaw_attendance.rules.judging.punch_facts import Direction
from bylaw_attendance.use_cases.closing.ask_correction import FIELD, AskCorrection
from bylaw_attendance.use_cases.closing.decide_correction import DecideCorrection, ShowCorrections
from bylaw_attendance.use_cases.forms import (
    correction_place,
    known_number,
    optional_correction_state,
    optional_unit_or_person,
    short_text,
)

CORRECTIONS, READ, DECIDE = "punchCorrections", "attendance.corrections.read", "attendance.corrections.decide"


@dataclass(frozen=True, slots=True)
class CorrectionCalls:
    """CreatePunchCorrection, GetPunchCorrection, ListPunchCorrections, and what ends one."""

    ask: AskCorrection
    decide: DecideCorrection
    show: ShowCorrections
    tokens: PageTokens

    def CreatePunchCorrection(self, request: Any, call: Call) -> Any:  # noqa: N802
        return correction_message(self.ask.ask(_wish(request.punch_correction), call.caller))

    def GetPunchCorrection(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, CORRECTIONS)
        return correction_message(self.show.one(identifier, call.caller.reach(READ)))

    def ListPunchCorrections(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        unit, person = optional_unit_or_person(request.parent, field="parent")
        wish = CorrectionWishes(unit, person, optional_correction_state(request.state, field="state"))
        found = self.show.page(wish, call.caller.reach(READ), page=(correction_place(page.position), page.limit))
        return corrections_pb2.ListPunchCorrectionsResponse(
            punch_corrections=map(correction_message, found[: page.size]), next_page_token=page.token_at(found, _place)
        )

    def AcceptPunchCorrection(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._decided(self.decide.accept, request, call)

    def RefusePunchCorrection(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._decided(self.decide.refuse, request, call)

    def RevokePunchCorrection(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._decided(self.decide.revoke, request, call)

    def WithdrawPunchCorrection(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, CORRECTIONS)
        reach = call.caller.reach(READ)
        return correction_message(self.decide.withdraw(identifier, seen=request.etag, caller=call.caller, reach=reach))

    def _decided(self, decide: Any, request: Any, call: Call) -> Any:
        decided = decide(
            resource_id(request.name, CORRECTIONS),
            short_text(request.text, field="text"),
            seen=request.etag,
            caller=call.caller,
            reach=call.caller.reach(DECIDE),
        )
        return correction_message(decided)


def _place(listed: Correction) -> tuple[str, str]:
    waits, identifier = listed.place
    return "waits" * waits, str(identifier)


def _wish(wished: Any) -> CorrectionWish:
    return CorrectionWish(
        wished.local_time,
        known_number(wished.direction, Direction, field=f"{FIELD}.direction"),
        short_text(wished.reason, field=f"{FIELD}.reason"),
        short_text(wished.evidence, field=f"{FIELD}.evidence"),
    )
