"""The calls on access tokens, service accounts, locks and e-mail addresses."""

from dataclasses import dataclass
from uuid import UUID

from bylaw.people.v1 import accounts_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date, new_id, optional_id, resource_id

from bylaw_people.rpc import reading
from bylaw_people.rpc.telling_sign_in import access_token_message, service_account_message
from bylaw_people.rules.sign_in.service_accounts import ServiceAccount
from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.forms import one_id
from bylaw_people.use_cases.sign_in.create_access_token import (
    TokenWish,
    create_access_token,
    create_service_account_token,
)
from bylaw_people.use_cases.sign_in.lock_account import lock_account, unlock_account
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.revoke_access_token import list_access_tokens, revoke_access_token
from bylaw_people.use_cases.sign_in.service_account import create_service_account, end_service_account
from bylaw_people.use_cases.sign_in.set_email import set_email


@dataclass(frozen=True, slots=True)
class AccountsRpc:
    """Accounts, as the contract has it."""

    means: SignInNeeds
    tokens: PageTokens

    def CreateAccessToken(self, request: messages.CreateAccessTokenRequest, call: Call) -> messages.AccessToken:  # noqa: N802
        token, secret = create_access_token(_wish(request), call.caller, self.means)
        return access_token_message(token, secret)

    def ListAccessTokens(  # noqa: N802
        self, request: messages.ListAccessTokensRequest, call: Call
    ) -> messages.ListAccessTokensResponse:
        page = page_of(request, call, self.tokens)
        account = optional_id(request.service_account, "serviceAccounts", field="service_account")
        found = list_access_tokens(account, call.caller, self.means, after=one_id(page.after), limit=page.limit)
        next_page = page.token(found, lambda token: str(token.id))
        shown = [access_token_message(token) for token in found[: page.size]]
        return messages.ListAccessTokensResponse(access_tokens=shown, next_page_token=next_page)

    def RevokeAccessToken(self, request: messages.RevokeAccessTokenRequest, call: Call) -> messages.AccessToken:  # noqa: N802
        return access_token_message(
            revoke_access_token(resource_id(request.name, "accessTokens"), call.caller, self.means)
        )

    def CreateServiceAccount(  # noqa: N802
        self, request: messages.CreateServiceAccountRequest, call: Call
    ) -> messages.ServiceAccount:
        asked = request.service_account
        account = ServiceAccount(
            new_id(),
            asked.code,
            reading.wording(asked.title),
            reading.person_id(asked.owner, field="service_account.owner"),
            civil_date(asked.end_date, field="service_account.end_date"),
        )
        return service_account_message(create_service_account(account, call.caller, self.means))

    def ListServiceAccounts(  # noqa: N802
        self, request: messages.ListServiceAccountsRequest, call: Call
    ) -> messages.ListServiceAccountsResponse:
        require_everywhere(call.caller, "people.accounts.read")
        page = page_of(request, call, self.tokens)
        with self.means.needs.store.read() as records:
            found = records.service_accounts.page(after=page.after, limit=page.limit)
        shown = [service_account_message(account) for account in found[: page.size]]
        next_page = page.token(found, lambda account: account.code)
        return messages.ListServiceAccountsResponse(service_accounts=shown, next_page_token=next_page)

    def EndServiceAccount(self, request: messages.EndServiceAccountRequest, call: Call) -> messages.ServiceAccount:  # noqa: N802
        return service_account_message(end_service_account(_account_id(request.name), call.caller, self.means))

    def CreateServiceAccountToken(  # noqa: N802
        self, request: messages.CreateServiceAccountTokenRequest, call: Call
    ) -> messages.AccessToken:
        account = _account_id(request.service_account, field="service_account")
        token, secret = create_service_account_token(account, _wish(request), call.caller, self.means)
        return access_token_message(token, secret)

    def LockAccount(self, request: messages.LockAccountRequest, call: Call) -> messages.AccountLock:  # noqa: N802
        lock_account(reading.person_id(request.name), call.caller, self.means)
        return messages.AccountLock(person=request.name, locked=True)

    def UnlockAccount(self, request: messages.UnlockAccountRequest, call: Call) -> messages.AccountLock:  # noqa: N802
        unlock_account(reading.person_id(request.name), call.caller, self.means)
        return messages.AccountLock(person=request.name, locked=False)

    def SetEmail(self, request: messages.SetEmailRequest, call: Call) -> messages.SetEmailResponse:  # noqa: N802
        set_email(reading.person_id(request.name), request.email, call.caller, self.means)
        return messages.SetEmailResponse()


def _wish(request: messages.CreateAccessTokenRequest | messages.CreateServiceAccountTokenRequest) -> TokenWish:
    return TokenWish(request.title, tuple(request.permissions), civil_date(request.end_date, field="end_date"))


def _account_id(name: str, *, field: str = "name") -> UUID:
    return resource_id(name, "serviceAccounts", field=field)
