"""The call about how often clauses spoke."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.clause_use import place_after, use_message, use_wish
from bylaw_chassis.paging import PageTokens, page_size

from bylaw_attendance.use_cases.count_clauses import CountClauses

PERMISSION = "attendance.clause_use.read"


@dataclass(frozen=True, slots=True)
class ClauseUseCalls:
    """ListClauseUse."""

    count: CountClauses
    tokens: PageTokens

    def ListClauseUse(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish, size = use_wish(request), page_size(request.page_size)
        after = place_after(self.tokens.open(request.page_token, request, call))
        found = self.count.page(wish, call.caller.reach(PERMISSION), after=after, limit=size + 1)
        token = self.tokens.seal(found[size - 1].place, request, call) if len(found) > size else ""
        return sheets_pb2.ListClauseUseResponse(uses=map(use_message, found[:size]), next_page_token=token)
