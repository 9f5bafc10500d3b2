"""Makes access tokens for programs: one's own, or a service account's; nobody makes one that may do more (SEC-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.ports import Records
from bylaw_people.rules.access.permissions import Permissions
from bylaw_people.rules.access.refusals import GrantBeyondOwn, PermissionUnknown
from bylaw_people.rules.fields import Fields, shown
from bylaw_people.rules.sign_in.access_tokens import (
    MOST_TOKENS,
    AccessToken,
    end_of,
    narrowed,
    require_permissions,
)
from bylaw_people.rules.sign_in.opaque import Opaque
from bylaw_people.rules.sign_in.refusals import AccessTokensTooMany, ServiceAccountNotFound
from bylaw_people.use_cases.finding import EVERYONE, require_everywhere, require_unchanged
from bylaw_people.use_cases.holding import caller_for
from bylaw_people.use_cases.sign_in.needs import SignInNeeds, new_opaque
from bylaw_people.use_cases.sign_in.opening import require_session
from bylaw_people.use_cases.sign_in.taking_over import require_within_own

PERMISSION = "people.accounts.create"


@dataclass(frozen=True, slots=True)
class TokenWish:
    """What an access token shall be for, what it may do, and its last day."""

    title: str
    permissions: Collection[str]
    end_date: date


def create_access_token(wish: TokenWish, caller: Caller, means: SignInNeeds) -> tuple[AccessToken, str]:
    """The caller's own, with its secret.

    Refuses SESSION_NEEDED, PERMISSION_UNKNOWN, GRANT_BEYOND_OWN, ACCESS_TOKENS_TOO_MANY, FIELD_INVALID.
    """
    with means.needs.store.work(caller) as records:
        person = require_session(records, caller).person
        _require_held(wish.permissions, caller.permissions, means.needs.permissions)
        return _made(records, person, wish, caller, means)


def create_service_account_token(
    account: UUID, wish: TokenWish, caller: Caller, means: SignInNeeds
) -> tuple[AccessToken, str]:
    """A service account's, with its secret; whoever makes it will have seen it, and holds as much.

    Refuses SERVICE_ACCOUNT_NOT_FOUND, PERMISSION_UNKNOWN, GRANT_BEYOND_OWN, SESSION_NEEDED, ACCESS_TOKENS_TOO_MANY,
    PERMISSION_MISSING, FIELD_INVALID.
    """
    require_everywhere(caller, PERMISSION)
    today = means.needs.today()
    with means.needs.store.work(caller) as records:
        require_session(records, caller)
        found, person = records.service_accounts.find(account), records.people.find(account, EVERYONE, today)
        if found is None or person is None or not found.runs(today):
            raise ServiceAccountNotFound
        held = caller_for(records, person, today, needs=means.needs)
        _require_held(wish.permissions, held.permissions, means.needs.permissions)
        require_unchanged(records, caller)
        require_within_own(records, person, narrowed(held.grants, wish.permissions), caller, means.needs)
        return _made(records, person.id, wish, caller, means)


def _require_held(named: Collection[str], held: Collection[str], there_are: Permissions) -> None:
    for permission in require_permissions(named):
        if permission not in there_are.known:
            raise PermissionUnknown(permission=shown(permission))
        if permission not in held:
            raise GrantBeyondOwn(permission=shown(permission))


def _made(
    records: Records, person: UUID, wish: TokenWish, caller: Caller, means: SignInNeeds
) -> tuple[AccessToken, str]:
    fields = Fields()
    fields.name("title", wish.title)
    fields.require()
    if len(records.access_tokens.counting(person)) >= MOST_TOKENS:
        raise AccessTokensTooMany(most=MOST_TOKENS)
    ends = end_of(wish.end_date, means.needs.today(), means.needs.time_zone)
    permissions = tuple(sorted(set(wish.permissions)))
    made = AccessToken(new_id(), person, wish.title, permissions, records.now, caller.person, ends)
    secret, digest = new_opaque(Opaque.ACCESS)
    records.access_tokens.add(made, digest)
    return made, secret
