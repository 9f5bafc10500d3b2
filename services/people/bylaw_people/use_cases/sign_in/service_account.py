"""Makes and ends service accounts (SEC-1, SEC-2)."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.fields import Fields, both_languages
from bylaw_people.rules.sign_in.refusals import ServiceAccountCodeTaken, ServiceAccountNotFound
from bylaw_people.rules.sign_in.service_accounts import ServiceAccount
from bylaw_people.use_cases.finding import person_within, require_everywhere
from bylaw_people.use_cases.sign_in.create_access_token import PERMISSION
from bylaw_people.use_cases.sign_in.needs import SignInNeeds


def create_service_account(account: ServiceAccount, caller: Caller, means: SignInNeeds) -> ServiceAccount:
    """Refuses PERSON_NOT_FOUND, SERVICE_ACCOUNT_CODE_TAKEN, PERMISSION_MISSING, FIELD_INVALID."""
    require_everywhere(caller, PERMISSION)
    _require_fields(account)
    account = replace(account, title=both_languages(account.title))
    today = means.needs.today()
    if account.end_date < today:
        raise FieldInvalid(field="service_account.end_date", zh=f"不能早于今天 {today}", en=f"is before today, {today}")
    with means.needs.store.work(caller) as records:
        owner = person_within(records, account.owner, caller.reach(PERMISSION), today=today)
        if records.service_accounts.find(owner.id):
            raise FieldInvalid(field="service_account.owner", zh="须为人员", en="must be a person")
        if not records.service_accounts.add(account):
            raise ServiceAccountCodeTaken(account_code=account.code)
    return account


def end_service_account(account: UUID, caller: Caller, means: SignInNeeds) -> ServiceAccount:
    """Ends it and its access tokens at once; refuses SERVICE_ACCOUNT_NOT_FOUND, PERMISSION_MISSING."""
    require_everywhere(caller, PERMISSION)
    with means.needs.store.work(caller) as records:
        if records.service_accounts.find(account, lock=True) is None:
            raise ServiceAccountNotFound
        tokens = records.access_tokens.counting(account)
        records.service_accounts.end(account)
        records.access_tokens.revoke(tokens)
        records.end_sessions(tokens)
        found = records.service_accounts.find(account)
    if found is None:
        raise ServiceAccountNotFound
    return found


def _require_fields(account: ServiceAccount) -> None:
    fields = Fields()
    fields.code("service_account.code", account.code)
    fields.title("service_account.title", account.title)
    fields.require()
