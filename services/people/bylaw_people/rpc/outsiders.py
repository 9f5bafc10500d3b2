"""The calls on outsiders' permissions."""

from dataclasses import dataclass

from bylaw.people.v1 import outsiders_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_date, optional_id, resource_id

from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.access_telling import outside_access_message
from bylaw_people.use_cases.access.end_outside_access import end_outside_access
from bylaw_people.use_cases.access.finding import outside_access_within
from bylaw_people.use_cases.access.permit_outsider import permit_outsider
from bylaw_people.use_cases.forms import as_of, one_id

READ = "people.outsiders.read"


@dataclass(frozen=True, slots=True)
class OutsidersRpc:
    """Outsiders, as the contract has it."""

    needs: Needs
    tokens: PageTokens

    def PermitOutsider(self, request: messages.PermitOutsiderRequest, call: Call) -> messages.OutsideAccess:  # noqa: N802
        asked = request.outside_access
        person = reading.person_id(asked.person, field="outside_access.person")
        start = as_of(asked.start_date, self.needs.today(), field="outside_access.start_date")
        end = optional_date(asked.end_date, field="outside_access.end_date")
        made = permit_outsider(person, (start, end), asked.reason, caller=call.caller, needs=self.needs)
        return outside_access_message(made)

    def EndOutsideAccess(self, request: messages.EndOutsideAccessRequest, call: Call) -> messages.OutsideAccess:  # noqa: N802
        access = resource_id(request.name, "outsideAccesses")
        return outside_access_message(end_outside_access(access, call.caller, self.needs))

    def GetOutsideAccess(self, request: messages.GetOutsideAccessRequest, call: Call) -> messages.OutsideAccess:  # noqa: N802
        access, reach = resource_id(request.name, "outsideAccesses"), call.caller.reach(READ)
        with self.needs.store.read() as records:
            return outside_access_message(outside_access_within(records, access, reach, day=self.needs.today()))

    def ListOutsideAccesses(  # noqa: N802
        self, request: messages.ListOutsideAccessesRequest, call: Call
    ) -> messages.ListOutsideAccessesResponse:
        page, person = page_of(request, call, self.tokens), optional_id(request.person, "people", field="person")
        running = optional_date(request.running_on_date, field="running_on_date")
        after, reach = one_id(page.after), call.caller.reach(READ)
        with self.needs.store.read() as records:
            today = self.needs.today()
            found = records.outsiders.page(today, reach, person=person, running=running, after=after, limit=page.limit)
        shown = [outside_access_message(access) for access in found[: page.size]]
        token = page.token(found, lambda access: str(access.id))
        return messages.ListOutsideAccessesResponse(outside_accesses=shown, next_page_token=token)
