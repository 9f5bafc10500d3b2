"""The calls on roles and grants."""

from dataclasses import dataclass

from bylaw.people.v1 import access_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import new_id, optional_date, optional_id, resource_id

from bylaw_people.ports import Needs
from bylaw_people.ports.access import GrantFilter
from bylaw_people.rpc import reading
from bylaw_people.rpc.access_telling import grant_message, role_message
from bylaw_people.rpc.role_mask import new_role, role_name, wish_of
from bylaw_people.rules.access.granting import Grant
from bylaw_people.use_cases.access.create_grant import create_grant
from bylaw_people.use_cases.access.create_role import create_role
from bylaw_people.use_cases.access.delete_role import delete_role
from bylaw_people.use_cases.access.finding import READ, grant_within
from bylaw_people.use_cases.access.revoke_grant import revoke_grant
from bylaw_people.use_cases.access.update_role import update_role
from bylaw_people.use_cases.forms import as_of, one_id, one_of


@dataclass(frozen=True, slots=True)
class AccessRpc:
    """Access, as the contract has it."""

    needs: Needs
    tokens: PageTokens

    def ListRoles(self, request: messages.ListRolesRequest, call: Call) -> messages.ListRolesResponse:  # noqa: N802, ARG002
        with self.needs.store.read() as records:
            known = self.needs.roles | records.roles.all()
        return messages.ListRolesResponse(roles=[role_message(known[name]) for name in sorted(known)])

    def CreateRole(self, request: messages.CreateRoleRequest, call: Call) -> messages.Role:  # noqa: N802
        role = new_role(request, now=self.needs.clock(), by=call.caller.person)
        return role_message(create_role(role, call.caller, self.needs))

    def UpdateRole(self, request: messages.UpdateRoleRequest, call: Call) -> messages.Role:  # noqa: N802
        return role_message(update_role(wish_of(request), call.caller, self.needs))

    def DeleteRole(self, request: messages.DeleteRoleRequest, call: Call) -> messages.Role:  # noqa: N802
        return role_message(delete_role(role_name(request.name), call.caller, self.needs))

    def CreateGrant(self, request: messages.CreateGrantRequest, call: Call) -> messages.Grant:  # noqa: N802
        asked = request.grant
        today = self.needs.today()
        grant = Grant(
            new_id(),
            optional_id(asked.person, "people", field="grant.person"),
            role_name(asked.role, field="grant.role"),
            one_of(reading.SCOPES, asked.scope, field="grant.scope"),
            optional_id(asked.unit, "units", field="grant.unit"),
            as_of(asked.start_date, today, field="grant.start_date"),
            optional_date(asked.end_date, field="grant.end_date"),
            call.caller.person,
            self.needs.clock(),
            optional_id(asked.position, "positions", field="grant.position"),
            asked.reason,
        )
        return grant_message(create_grant(grant, call.caller, self.needs))

    def GetGrant(self, request: messages.GetGrantRequest, call: Call) -> messages.Grant:  # noqa: N802
        grant = resource_id(request.name, "grants")
        with self.needs.store.read() as records:
            return grant_message(grant_within(records, grant, call.caller.reach(READ), day=self.needs.today()))

    def ListGrants(self, request: messages.ListGrantsRequest, call: Call) -> messages.ListGrantsResponse:  # noqa: N802
        page, asked = page_of(request, call, self.tokens), _asked(request)
        after, reach = one_id(page.after), call.caller.reach(READ)
        with self.needs.store.read() as records:
            found = records.grants.page(self.needs.today(), reach, asked, after=after, limit=page.limit)
        shown = [grant_message(grant) for grant in found[: page.size]]
        return messages.ListGrantsResponse(grants=shown, next_page_token=page.token(found, lambda grant: str(grant.id)))

    def RevokeGrant(self, request: messages.RevokeGrantRequest, call: Call) -> messages.Grant:  # noqa: N802
        return grant_message(revoke_grant(resource_id(request.name, "grants"), call.caller, self.needs))


def _asked(request: messages.ListGrantsRequest) -> GrantFilter:
    return GrantFilter(
        optional_id(request.person, "people", field="person"),
        optional_id(request.position, "positions", field="position"),
        role_name(request.role, field="role"),
        optional_id(request.unit, "units", field="unit"),
        optional_date(request.running_on_date, field="running_on_date"),
    )
