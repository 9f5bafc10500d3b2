"""Sessions, keys, access tokens and service accounts as messages of the contract."""

import base64
from collections.abc import Sequence
from uuid import UUID

from bylaw.people.v1 import accounts_pb2, sign_in_pb2
from bylaw_chassis.values import resource_name

from bylaw_people.events import text_message
from bylaw_people.message_values import instant_message
from bylaw_people.rules.sign_in.access_tokens import AccessToken
from bylaw_people.rules.sign_in.service_accounts import ServiceAccount
from bylaw_people.rules.sign_in.sessions import SignedInSession
from bylaw_people.use_cases.sign_in.minting import Session


def session_message(session: Session) -> sign_in_pb2.Session:
    """A session with its tokens."""
    caller = session.caller
    return sign_in_pb2.Session(
        access_token=session.access_token,
        expire_time=instant_message(session.expire_time),
        person=resource_name("people", caller.person),
        name=resource_name("sessions", caller.session),
        refresh_token=session.refresh_token,
        refresh_expire_time=instant_message(session.refresh_expire_time),
        device_token=session.device_token,
        authentication_methods=caller.methods,
        authentication_time=instant_message(caller.proved_at),
    )


def running_session_message(session: SignedInSession, current: UUID | None) -> sign_in_pb2.RunningSession:
    """A session as its owner sees it."""
    return sign_in_pb2.RunningSession(
        name=resource_name("sessions", session.id),
        device=session.device,
        address=session.address,
        create_time=instant_message(session.started_at),
        last_use_time=instant_message(session.used_at),
        expire_time=instant_message(session.ends_at),
        current=session.id == current,
        authentication_methods=session.methods,
    )


def key_set_message(keys: Sequence[tuple[str, bytes]]) -> sign_in_pb2.KeySet:
    """The published keys."""
    return sign_in_pb2.KeySet(keys=[_key_message(key_id, public) for key_id, public in keys])


def access_token_message(token: AccessToken, secret: str = "") -> accounts_pb2.AccessToken:
    """An access token; its secret only where it was just made."""
    return accounts_pb2.AccessToken(
        name=resource_name("accessTokens", token.id),
        title=token.title,
        permissions=token.permissions,
        create_time=instant_message(token.created_at),
        expire_time=instant_message(token.ends_at),
        last_use_time=instant_message(token.used_at),
        revoke_time=instant_message(token.revoked_at),
        owner=resource_name("people", token.person),
        secret=secret,
    )


def service_account_message(account: ServiceAccount) -> accounts_pb2.ServiceAccount:
    """A service account."""
    return accounts_pb2.ServiceAccount(
        name=resource_name("serviceAccounts", account.id),
        code=account.code,
        title=text_message(account.title),
        owner=resource_name("people", account.owner),
        end_date=account.end_date.isoformat(),
        account=resource_name("people", account.id),
        end_time=instant_message(account.ended_at),
    )


def _key_message(key_id: str, public: bytes) -> sign_in_pb2.Key:
    text = base64.urlsafe_b64encode(public).rstrip(b"=").decode()
    return sign_in_pb2.Key(kid=key_id, kty="OKP", crv="Ed25519", x=text, use="sig", alg="EdDSA")
