"""Calls about visits."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import visits_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.visits import visit_message, written_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.visits.visit import VISITS, Visit
from bylaw_inventory.use_cases.forms import LONGEST_REASON, one_id, optional_day
from bylaw_inventory.use_cases.visits.register_visits import RegisterVisits
from bylaw_inventory.use_cases.visits.visit_forms import instant_asked, side_asked, visitor_asked

RECORD, READ = "inventory.visits.record", "inventory.visits.read"


@dataclass(frozen=True, slots=True)
class VisitCalls:
    """SignVisitorIn, SignVisitorOut, StrikeVisitEntry, GetVisit, ListVisits."""

    visits: RegisterVisits
    tokens: PageTokens

    def SignVisitorIn(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, caller = resource_id(request.parent, WAREHOUSES, field="parent"), call.caller
        who, at = visitor_asked(request), instant_asked(request, "in_time")
        made = self.visits.sign_in(warehouse, who, at, caller=caller, reach=caller.reach(RECORD))
        return written_message(made)

    def SignVisitorOut(self, request: Any, call: Call) -> Any:  # noqa: N802
        visit, at = resource_id(request.name, VISITS), instant_asked(request, "out_time")
        return written_message(self.visits.sign_out(visit, at, caller=call.caller, reach=call.caller.reach(RECORD)))

    def StrikeVisitEntry(self, request: Any, call: Call) -> Any:  # noqa: N802
        visit, side = resource_id(request.name, VISITS), side_asked(request.side)
        reason = line_of_text(request.reason, field="reason", longest=LONGEST_REASON)
        reach = call.caller.reach(RECORD)
        return written_message(self.visits.strike(visit, side, reason, caller=call.caller, reach=reach))

    def GetVisit(self, request: Any, call: Call) -> Any:  # noqa: N802
        return visit_message(self.visits.one(resource_id(request.name, VISITS), call.caller.reach(READ)))

    def ListVisits(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.visits.listed(
            warehouse,
            call.caller.reach(READ),
            day=optional_day(request.visit_date, field="visit_date"),
            inside_now=request.inside_now,
            page=(one_id(page.position), page.limit),
        )
        return visits_pb2.ListVisitsResponse(
            visits=map(visit_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )


def _by_id(listed: Visit) -> str:
    return str(listed.identifier)
