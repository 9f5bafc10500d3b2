"""Signing in as a browser or a program does: what is kept between calls, and what is refused."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import grpc
import pyotp
import pytest
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import accounts_pb2_grpc
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_chassis.tokens import mint
from bylaw_people.permissions import known_permissions

from tests.builders.people import PASSWORD, PeopleService, reason

Metadata = tuple[tuple[str, str], ...]
SECONDS_UNTIL_EVERYBODY_KNOWS = 5.0
LATE_REVISION = 1_000_000
"""A token that no change of access so far has ended."""


def refusal(call: Callable[[], Any]) -> str:
    """Why a call is refused; fails where it is not."""
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return reason(refused.value)


def answer_bytes(call: Callable[[], Any]) -> bytes:
    """The whole of a refusal, as it goes over the wire."""
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return refusal_from(refused.value).status.SerializeToString()


def bearer(session: sessions.Session) -> Metadata:
    """The metadata of calls under a session."""
    return (("authorization", f"Bearer {session.access_token}"),)


def accounts_of(people: PeopleService) -> accounts_pb2_grpc.AccountsStub:
    """The calls on accounts."""
    return accounts_pb2_grpc.AccountsStub(people.channel)


def session_of(
    people: PeopleService, login: str, password: str = PASSWORD, metadata: Metadata = (), **more: str
) -> sessions.Session:
    """Signs somebody in and answers all of it."""
    request = sessions.CreateSessionRequest(login=login, password=password, **more)
    return people.sign_in.CreateSession(request, metadata=metadata)


def refreshed(people: PeopleService, token: str) -> sessions.Session:
    """Refreshes."""
    return people.sign_in.RefreshSession(sessions.RefreshSessionRequest(refresh_token=token))


def whoami(people: PeopleService, metadata: Metadata) -> sessions.Self:
    """Who the service takes the caller for."""
    return people.sign_in.GetSelf(sessions.GetSelfRequest(), metadata=metadata)


def soon_refused(people: PeopleService, metadata: Metadata) -> str:
    """Why a caller is refused, once every worker knows; fails where they go on."""
    until = time.monotonic() + SECONDS_UNTIL_EVERYBODY_KNOWS
    while time.monotonic() < until:
        try:
            whoami(people, metadata)
        except grpc.RpcError as error:
            return reason(error)
        time.sleep(0.05)
    raise AssertionError("still taken")


def in_session(people: PeopleService, session: sessions.Session, *grants: HeldGrant) -> Metadata:
    """Metadata of the person of a session with grants that nobody gave: to test one permission alone."""
    key = people.keys.current()
    person, name = (UUID(text.partition("/")[2]) for text in (session.person, session.name))
    caller = Caller(person=person, grants=grants, session=name, access_revision=LATE_REVISION)
    token = mint(caller, key_id=key.id, key=key.private, now=people.clock(), lifetime=timedelta(minutes=15))
    return (("authorization", f"Bearer {token}"),)


def everything(people: PeopleService) -> Metadata:
    """The administrator's metadata at this time: that of the builder ends after a quarter of an hour."""
    return people.as_caller(everywhere(*known_permissions()))


def everywhere(*permissions: str) -> HeldGrant:
    """Permissions for the whole organisation."""
    return HeldGrant(Scope.COMPANY, None, frozenset(permissions))


@dataclass
class App:
    """An authenticator app that was given a secret."""

    people: PeopleService
    secret: str = field(repr=False)

    def code(self, steps_aside: int = 0) -> str:
        """What it shows so many steps from now."""
        return pyotp.TOTP(self.secret).generate_otp(int(self.people.clock().timestamp()) // 30 + steps_aside)


def enrolled(people: PeopleService, session: sessions.Session) -> tuple[App, list[str]]:
    """Enrols a second factor whole: the app, and the recovery codes."""
    begun = people.sign_in.EnrolSecondFactor(sessions.EnrolSecondFactorRequest(), metadata=bearer(session))
    app = App(people, begun.secret)
    confirm = sessions.ConfirmSecondFactorRequest(one_time_code=app.code())
    codes = list(people.sign_in.ConfirmSecondFactor(confirm, metadata=bearer(session)).codes)
    people.clock.pass_time(seconds=30)
    return app, codes


def access_token(
    people: PeopleService, metadata: Metadata, *permissions: str, end_date: str = "2026-06-30"
) -> accounts.AccessToken:
    """Makes an access token of the caller's own."""
    wish = accounts.CreateAccessTokenRequest(title="payroll", permissions=permissions, end_date=end_date)
    return accounts_of(people).CreateAccessToken(wish, metadata=metadata)


def exchanged(people: PeopleService, secret: str) -> sessions.Session:
    """Exchanges an access token."""
    return people.sign_in.ExchangeAccessToken(sessions.ExchangeAccessTokenRequest(access_token=secret))
