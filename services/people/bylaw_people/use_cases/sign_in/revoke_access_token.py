"""Lists and revokes access tokens; somebody else's are as those that do not exist."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Records
from bylaw_people.rules.sign_in.access_tokens import AccessToken
from bylaw_people.rules.sign_in.refusals import AccessTokenNotFound, ServiceAccountNotFound
from bylaw_people.use_cases.sign_in.create_access_token import PERMISSION
from bylaw_people.use_cases.sign_in.needs import SignInNeeds


def revoke_access_token(token: UUID, caller: Caller, means: SignInNeeds) -> AccessToken:
    """Ends it, with what was minted for it; refuses ACCESS_TOKEN_NOT_FOUND."""
    with means.needs.store.work(caller) as records:
        found = records.access_tokens.find(token, lock=True)
        if found is None or not _may_revoke(records, found, caller):
            raise AccessTokenNotFound
        if found.revoked_at is None:
            records.access_tokens.revoke([found.id])
            records.end_sessions([found.id])
        return records.access_tokens.find(token) or found


def list_access_tokens(
    account: UUID | None, caller: Caller, means: SignInNeeds, *, after: UUID | None, limit: int
) -> list[AccessToken]:
    """The caller's own, or a service account's, newest first; refuses SERVICE_ACCOUNT_NOT_FOUND."""
    with means.needs.store.read() as records:
        owner = _owner_of_listed(records, account, caller)
        return records.access_tokens.page(owner, after=after, limit=limit) if owner else []


def _owner_of_listed(records: Records, account: UUID | None, caller: Caller) -> UUID | None:
    if account is None:
        return caller.person
    if not caller.reach("people.accounts.read").everyone or records.service_accounts.find(account) is None:
        raise ServiceAccountNotFound
    return account


def _may_revoke(records: Records, token: AccessToken, caller: Caller) -> bool:
    if token.person == caller.person:
        return True
    return caller.reach(PERMISSION).everyone and records.service_accounts.find(token.person) is not None
