"""Signing in as it is set: its settings, what its use cases are handed, its calls and its timers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa
from bylaw.people.v1 import accounts_pb2, sign_in_pb2
from bylaw_chassis.access_tokens import AccessTokens, Exchanged
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease, Timer
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.server import Server
from bylaw_chassis.settings import ServiceSettings
from pydantic import Field, SecretStr, model_validator

from bylaw_people.ports import Needs
from bylaw_people.rpc.accounts import AccountsRpc
from bylaw_people.rpc.sign_in import SignInRpc
from bylaw_people.rules.sign_in.identities import FLOW_LIFETIME, is_safe
from bylaw_people.rules.sign_in.sessions import Lasting
from bylaw_people.rules.sign_in.throttling import LONGEST_FORGOTTEN
from bylaw_people.store.sign_in.attempts import prune_failures
from bylaw_people.store.sign_in.identities import prune_flows
from bylaw_people.store.sign_in.sessions import prune_sessions
from bylaw_people.store.signing_keys import SigningKeys
from bylaw_people.use_cases.sign_in.exchange_access_token import exchange_access_token
from bylaw_people.use_cases.sign_in.needs import Secrets, SignInNeeds
from bylaw_people.use_cases.sign_in.password_check import PasswordCheck

if TYPE_CHECKING:
    from bylaw_people.identity_provider import OidcProvider

HOUR_SECONDS = 3_600.0
SESSIONS_KEPT = timedelta(days=30)
Prune = Callable[[sa.Connection, datetime], int]
FORGETS: tuple[tuple[str, Prune, timedelta], ...] = (
    ("forget_sign_in_failures", prune_failures, LONGEST_FORGOTTEN),
    ("forget_ended_sessions", prune_sessions, SESSIONS_KEPT),
    ("forget_oidc_flows", prune_flows, FLOW_LIFETIME * 2),
)


class SignInSettings(ServiceSettings):
    """What signing in is told."""

    session_idle_hours: int = Field(72, ge=1, le=8_760, description="A session that is not used for so long ends.")
    session_days: int = Field(30, ge=1, le=366, description="A session ends after so many days, used or not.")
    oidc_issuer: str = Field("", description="The external OpenID Connect provider's issuer; empty: none.")
    oidc_client_id: str = Field("", description="What the provider calls this installation.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="The secret the provider gave it.")
    oidc_redirect_url: str = Field("", description="Where the provider sends the browser back to.")
    oidc_person_claim: str = Field(
        "",
        description="The ID token's claim that holds the employee number; empty: people are found by verified e-mail.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and is_safe(self.oidc_redirect_url)):
            raise ValueError("the provider needs its client id and a redirect URL")
        if self.oidc_issuer and not is_safe(self.oidc_issuer):
            raise ValueError("the issuer is asked over HTTPS")
        return self


def sign_in_needs(needs: Needs, keys: SigningKeys, check: PasswordCheck, settings: SignInSettings) -> SignInNeeds:
    """What the use cases of signing in are handed."""
    return SignInNeeds(
        needs,
        keys,
        check,
        Secrets.of(settings.master_key.get_secret_value()),
        Lasting(timedelta(hours=settings.session_idle_hours), timedelta(days=settings.session_days)),
        _provider(settings),
        settings.oidc_person_claim,
    )


def add_sign_in(server: Server, means: SignInNeeds, keys: SigningKeys, tokens: PageTokens) -> None:
    """Adds the calls of signing in and of accounts; access tokens are exchanged here, and not by a call to oneself."""
    server.verifier.access_tokens = AccessTokens(partial(_exchanged, means), means.needs.clock)
    server.add(sign_in_pb2.DESCRIPTOR.services_by_name["SignIn"], SignInRpc(means, tokens, keys.published))
    server.add(accounts_pb2.DESCRIPTOR.services_by_name["Accounts"], AccountsRpc(means, tokens))


def sign_in_timers(database: Database, keys: SigningKeys) -> Sequence[Timer]:
    """Keys are renewed in time, and nothing is kept for ever."""

    def renew(_lease: Lease) -> None:
        keys.current()

    return (Timer("renew_signing_keys", HOUR_SECONDS, renew), *_forgetting(database))


def _forgetting(database: Database) -> Iterator[Timer]:
    for kind, prune, age in FORGETS:
        yield Timer(kind, HOUR_SECONDS, partial(_forget, database, prune, age))


def _forget(database: Database, prune: Prune, age: timedelta, _lease: Lease) -> None:
    """In transactions of their own, until there is nothing left: short locks."""
    forgotten = 1
    while forgotten:
        with database.engine.begin() as connection:
            forgotten = prune(connection, database.clock() - age)


def _exchanged(means: SignInNeeds, token: str) -> Exchanged:
    session = exchange_access_token(token, means)
    return Exchanged(session.access_token, session.expire_time.timestamp())


def _provider(settings: SignInSettings) -> "OidcProvider | None":
    if not settings.oidc_issuer:
        return None
    from bylaw_people.identity_provider import OidcProvider  # noqa: PLC0415 - its HTTP client takes a while to load

    return OidcProvider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        settings.oidc_redirect_url,
    )
