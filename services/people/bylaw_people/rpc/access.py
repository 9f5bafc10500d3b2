"""The calls on roles and grants."""

from dataclasses import dataclass
from uuid import UUID

from bylaw.people.v1 import access_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.values import new_id, optional_date, optional_id, resource_id

from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.pages import page_of
from bylaw_people.rpc.telling import grant_message, role_message
from bylaw_people.rules.granting import Grant
from bylaw_people.use_cases.create_grant import create_grant
from bylaw_people.use_cases.revoke_grant import revoke_grant


@dataclass(frozen=True, slots=True)
class AccessRpc:
    """Access, as the contract has it."""

    needs: Needs
    tokens: PageTokens

    def ListRoles(self, request: messages.ListRolesRequest, call: Call) -> messages.ListRolesResponse:  # noqa: N802, ARG002
        known = self.needs.roles
        return messages.ListRolesResponse(roles=[role_message(known[name]) for name in sorted(known)])

    def CreateGrant(self, request: messages.CreateGrantRequest, call: Call) -> messages.Grant:  # noqa: N802
        asked = request.grant
        today = self.needs.today()
        grant = Grant(
            new_id(),
            reading.person_id(asked.person, field="grant.person"),
            asked.role.removeprefix("roles/"),
            reading.one_of(reading.SCOPES, asked.scope, field="grant.scope"),
            optional_id(asked.unit, "units", field="grant.unit"),
            reading.as_of(asked.start_date, today, field="grant.start_date"),
            optional_date(asked.end_date, field="grant.end_date"),
            call.caller.person,
            self.needs.clock(),
        )
        return grant_message(create_grant(grant, call.caller, self.needs))

    def ListGrants(self, request: messages.ListGrantsRequest, call: Call) -> messages.ListGrantsResponse:  # noqa: N802
        page, person = page_of(request, call, self.tokens), optional_id(request.person, "people", field="person")
        after, reach = UUID(page.after) if page.after else None, call.caller.reach("people.grants.read")
        with self.needs.store.read() as records:
            found = records.grants.page(self.needs.today(), reach, person=person, after=after, limit=page.limit)
        shown = [grant_message(grant) for grant in found[: page.size]]
        return messages.ListGrantsResponse(grants=shown, next_page_token=page.token(found, lambda grant: str(grant.id)))

    def RevokeGrant(self, request: messages.RevokeGrantRequest, call: Call) -> messages.Grant:  # noqa: N802
        return grant_message(revoke_grant(resource_id(request.name, "grants"), call.caller, self.needs))
