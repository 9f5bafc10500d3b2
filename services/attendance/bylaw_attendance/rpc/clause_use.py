"""The call about how often clauses spoke."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.clause_use import place_after, use_message, use_wish
from bylaw_chassis.paging import PageTokens, page_of

from bylaw_attendance.use_cases.policies.count_clauses import CountClauses

PERMISSION = "attendance.clause_use.read"


@dataclass(frozen=True, slots=True)
class ClauseUseCalls:
    """ListClauseUse."""

    count: CountClauses
    tokens: PageTokens

    def ListClauseUse(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish, page = use_wish(request), page_of(request, call, self.tokens)
        after = place_after(page.position)
        found = self.count.page(wish, call.caller.reach(PERMISSION), after=after, limit=page.limit)
        token = page.token_at(found, lambda use: use.place)
        return sheets_pb2.ListClauseUseResponse(uses=map(use_message, found[: page.size]), next_page_token=token)
