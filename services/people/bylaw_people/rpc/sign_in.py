"""The calls of signing in."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bylaw.people.v1 import sign_in_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.values import resource_name

from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.telling import person_message
from bylaw_people.use_cases.set_password import PasswordChange
from bylaw_people.use_cases.show_self import show_self
from bylaw_people.use_cases.sign_in import Session, SignIn


@dataclass(frozen=True, slots=True)
class SignInRpc:
    """SignIn, as the contract has it."""

    needs: Needs
    sign_in: SignIn
    passwords: PasswordChange
    published_keys: Callable[[], Sequence[tuple[str, bytes]]]

    def CreateSession(self, request: messages.CreateSessionRequest, call: Call) -> messages.Session:  # noqa: N802
        address = call.metadata.get("x-forwarded-for", "").rpartition(",")[2].strip()[:64]
        return _session_message(self.sign_in.person(request.login, request.password, address))

    def CreateServiceSession(  # noqa: N802
        self,
        request: messages.CreateServiceSessionRequest,
        call: Call,  # noqa: ARG002
    ) -> messages.Session:
        return _session_message(self.sign_in.service(request.service, request.secret))

    def GetKeySet(self, request: messages.GetKeySetRequest, call: Call) -> messages.KeySet:  # noqa: N802, ARG002
        return messages.KeySet(keys=[_key_message(key_id, public) for key_id, public in self.published_keys()])

    def GetSelf(self, request: messages.GetSelfRequest, call: Call) -> messages.Self:  # noqa: N802, ARG002
        person = show_self(call.caller, self.needs)
        shown = person_message(person) if person else None
        return messages.Self(person=shown, permissions=sorted(call.caller.permissions))

    def ChangePassword(  # noqa: N802
        self, request: messages.ChangePasswordRequest, call: Call
    ) -> messages.ChangePasswordResponse:
        self.passwords.own(request.old_password, request.new_password, caller=call.caller)
        return messages.ChangePasswordResponse()

    def SetPassword(self, request: messages.SetPasswordRequest, call: Call) -> messages.SetPasswordResponse:  # noqa: N802
        self.passwords.of(reading.person_id(request.name), request.new_password, caller=call.caller)
        return messages.SetPasswordResponse()


def _session_message(session: Session) -> messages.Session:
    message = messages.Session(access_token=session.access_token, person=resource_name("people", session.caller.person))
    message.expire_time.FromDatetime(session.expire_time)
    return message


def _key_message(key_id: str, public: bytes) -> messages.Key:
    text = base64.urlsafe_b64encode(public).rstrip(b"=").decode()
    return messages.Key(kid=key_id, kty="OKP", crv="Ed25519", x=text, use="sig", alg="EdDSA")
