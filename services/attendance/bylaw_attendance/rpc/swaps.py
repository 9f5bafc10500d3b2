"""Calls about swaps of the rota."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import swaps_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.swaps import swap_message
from bylaw_attendance.rules.rota.rota_swap import Swap, SwapState, SwapWish
from bylaw_attendance.use_cases.forms import correction_place, optional_known, short_text
from bylaw_attendance.use_cases.rota.ask_swap import FIELD, AskSwap
from bylaw_attendance.use_cases.rota.decide_swap import DecideSwap, ShowSwaps
from bylaw_attendance.use_cases.rota.swap_forms import swap_days, swap_other

SWAPS, READ, DECIDE = "rotaSwaps", "attendance.swaps.read", "attendance.swaps.decide"


@dataclass(frozen=True, slots=True)
class SwapCalls:
    """CreateRotaSwap, GetRotaSwap, ListRotaSwaps, and what moves one on."""

    ask: AskSwap
    decide: DecideSwap
    show: ShowSwaps
    tokens: PageTokens

    def CreateRotaSwap(self, request: Any, call: Call) -> Any:  # noqa: N802
        wished = request.rota_swap
        wish = SwapWish(
            swap_other(wished.other_person, wished.other_employee_number, within=FIELD),
            swap_days(wished.work_dates, field=f"{FIELD}.work_dates"),
            short_text(wished.reason, field=f"{FIELD}.reason"),
        )
        return swap_message(self.ask.ask(wish, call.caller))

    def GetRotaSwap(self, request: Any, call: Call) -> Any:  # noqa: N802
        return swap_message(self.show.one(resource_id(request.name, SWAPS), call.caller.reach(READ)))

    def ListRotaSwaps(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, state = page_of(request, call, self.tokens), optional_known(request.state, SwapState, field="state")
        found = self.show.page(state, call.caller.reach(READ), page=(correction_place(page.position), page.limit))
        return swaps_pb2.ListRotaSwapsResponse(
            rota_swaps=map(swap_message, found[: page.size]), next_page_token=page.token_at(found, _place)
        )

    def AgreeRotaSwap(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, SWAPS)
        reach = call.caller.reach(READ)
        return swap_message(self.decide.agree(identifier, seen=request.etag, caller=call.caller, reach=reach))

    def ConsentRotaSwap(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reach = resource_id(request.name, SWAPS), call.caller.reach(DECIDE)
        return swap_message(self.decide.consent(identifier, seen=request.etag, caller=call.caller, reach=reach))

    def RefuseRotaSwap(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reach = resource_id(request.name, SWAPS), call.caller.reach(DECIDE)
        text = short_text(request.text, field="text")
        return swap_message(self.decide.refuse(identifier, text, seen=request.etag, caller=call.caller, reach=reach))

    def WithdrawRotaSwap(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, SWAPS)
        reach = call.caller.reach(READ)
        return swap_message(self.decide.withdraw(identifier, seen=request.etag, caller=call.caller, reach=reach))


def _place(listed: Swap) -> tuple[str, str]:
    waits, identifier = listed.place
    return "waits" * waits, str(identifier)
