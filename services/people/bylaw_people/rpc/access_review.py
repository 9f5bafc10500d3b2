"""The calls that review access."""

from collections.abc import Mapping
from dataclasses import dataclass

from bylaw.people.v1 import access_review_pb2 as messages
from bylaw_chassis.access import AccessRule
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date, optional_id

from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.access_telling import answer_message, change_message, holder_message, holdings_message
from bylaw_people.use_cases.access.list_access_changes import list_access_changes
from bylaw_people.use_cases.access.list_holders import HoldersWish, list_holders
from bylaw_people.use_cases.access.show_holdings import show_holdings
from bylaw_people.use_cases.access.targets import target_named
from bylaw_people.use_cases.access.why_access import Question, why_access
from bylaw_people.use_cases.forms import as_of, one_id


@dataclass(frozen=True, slots=True)
class AccessReviewRpc:
    """AccessReview, as the contract has it; `calls` are the rules of every call of the suite by full name."""

    needs: Needs
    tokens: PageTokens
    calls: Mapping[str, AccessRule]

    def GetHoldings(self, request: messages.GetHoldingsRequest, call: Call) -> messages.Holdings:  # noqa: N802
        day = as_of(request.as_of_date, self.needs.today())
        person = reading.person_id(request.person, field="person")
        return holdings_message(show_holdings(person, day, call.caller, needs=self.needs))

    def ListHolders(self, request: messages.ListHoldersRequest, call: Call) -> messages.ListHoldersResponse:  # noqa: N802
        page, day = page_of(request, call, self.tokens), as_of(request.as_of_date, self.needs.today())
        wish = HoldersWish(request.permission, target_named(request.target), day)
        after = one_id(page.after)
        found = list_holders(wish, call.caller, self.needs, after=after, limit=page.limit)
        shown = [holder_message(holder, request.permission) for holder in found[: page.size]]
        token = page.token(found, lambda holder: str(holder.person))
        return messages.ListHoldersResponse(holders=shown, next_page_token=token)

    def ListAccessChanges(  # noqa: N802
        self, request: messages.ListAccessChangesRequest, call: Call
    ) -> messages.ListAccessChangesResponse:
        page = page_of(request, call, self.tokens)
        start = civil_date(request.start_date, field="start_date")
        end = as_of(request.end_date, self.needs.today(), field="end_date")
        person = optional_id(request.person, "people", field="person")
        found = list_access_changes(
            (start, end), person, call.caller, needs=self.needs, after=page.after, limit=page.limit
        )
        shown = [change_message(change) for change in found[: page.size]]
        token = page.token(found, lambda change: change.key)
        return messages.ListAccessChangesResponse(changes=shown, next_page_token=token)

    def WhyAccess(self, request: messages.WhyAccessRequest, call: Call) -> messages.AccessAnswer:  # noqa: N802
        person = optional_id(request.person, "people", field="person")
        asked = Question(person, request.permission, request.method, target_named(request.target))
        return answer_message(why_access(asked, call.caller, self.needs, calls=self.calls))
