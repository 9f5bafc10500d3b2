"""The calls of signing in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bylaw.people.v1 import sign_in_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_name

from bylaw_people.message_values import told
from bylaw_people.rpc import reading
from bylaw_people.rpc.telling import person_message
from bylaw_people.rpc.telling_sign_in import key_set_message, running_session_message, session_message
from bylaw_people.use_cases.forms import one_id, session_named
from bylaw_people.use_cases.show_self import show_self
from bylaw_people.use_cases.sign_in import end_sessions, enrol_second_factor, set_password
from bylaw_people.use_cases.sign_in.create_service_session import create_service_session
from bylaw_people.use_cases.sign_in.create_session import PasswordTry, create_session
from bylaw_people.use_cases.sign_in.exchange_access_token import exchange_access_token
from bylaw_people.use_cases.sign_in.finish_oidc_sign_in import OidcAnswer, finish_oidc_sign_in
from bylaw_people.use_cases.sign_in.list_sessions import list_sessions
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.opening import Place
from bylaw_people.use_cases.sign_in.refresh_session import refresh_session
from bylaw_people.use_cases.sign_in.rotate_signing_key import rotate_signing_key
from bylaw_people.use_cases.sign_in.start_oidc_sign_in import start_oidc_sign_in


@dataclass(frozen=True, slots=True)
class SignInRpc:
    """SignIn, as the contract has it."""

    means: SignInNeeds
    tokens: PageTokens
    published_keys: Callable[[], Sequence[tuple[str, bytes]]]

    def CreateSession(self, request: messages.CreateSessionRequest, call: Call) -> messages.Session:  # noqa: N802
        wish = PasswordTry(
            request.login, request.password, request.one_time_code, request.device_token, _place(request.device, call)
        )
        return session_message(create_session(wish, self.means))

    def RefreshSession(self, request: messages.RefreshSessionRequest, call: Call) -> messages.Session:  # noqa: N802
        return session_message(refresh_session(request.refresh_token, call.came_from, self.means))

    def ListSessions(self, request: messages.ListSessionsRequest, call: Call) -> messages.ListSessionsResponse:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = list_sessions(call.caller, one_id(page.after), page.limit, self.means)
        shown = [running_session_message(session, call.caller.session) for session in found[: page.size]]
        next_page = page.token(found, lambda session: str(session.id))
        return messages.ListSessionsResponse(sessions=shown, next_page_token=next_page)

    def DeleteSession(self, request: messages.DeleteSessionRequest, call: Call) -> messages.DeleteSessionResponse:  # noqa: N802
        end_sessions.delete_session(session_named(request.name), call.caller, self.means)
        return messages.DeleteSessionResponse()

    def EndAllSessions(  # noqa: N802
        self,
        request: messages.EndAllSessionsRequest,  # noqa: ARG002
        call: Call,
    ) -> messages.EndAllSessionsResponse:
        return messages.EndAllSessionsResponse(ended_count=end_sessions.end_all_sessions(call.caller, self.means))

    def EndSessionsOfPerson(  # noqa: N802
        self, request: messages.EndSessionsOfPersonRequest, call: Call
    ) -> messages.EndAllSessionsResponse:
        ended = end_sessions.end_sessions_of_person(reading.person_id(request.name), call.caller, self.means)
        return messages.EndAllSessionsResponse(ended_count=ended)

    def CreateServiceSession(  # noqa: N802
        self,
        request: messages.CreateServiceSessionRequest,
        call: Call,  # noqa: ARG002
    ) -> messages.Session:
        return session_message(create_service_session(request.service, request.secret, self.means))

    def ExchangeAccessToken(  # noqa: N802
        self,
        request: messages.ExchangeAccessTokenRequest,
        call: Call,  # noqa: ARG002
    ) -> messages.Session:
        return session_message(exchange_access_token(request.access_token, self.means))

    def GetKeySet(self, request: messages.GetKeySetRequest, call: Call) -> messages.KeySet:  # noqa: N802, ARG002
        return key_set_message(self.published_keys())

    def RotateSigningKey(self, request: messages.RotateSigningKeyRequest, call: Call) -> messages.KeySet:  # noqa: N802
        rotate_signing_key(withdraw_present=request.withdraw_present, caller=call.caller, means=self.means)
        return key_set_message(self.published_keys())

    def GetSelf(self, request: messages.GetSelfRequest, call: Call) -> messages.Self:  # noqa: N802, ARG002
        person, has_second_factor = show_self(call.caller, self.means.needs)
        return messages.Self(
            person=told(person_message, person),
            permissions=sorted(call.caller.permissions),
            session=resource_name("sessions", call.caller.session),
            second_factor=has_second_factor,
        )

    def ChangePassword(  # noqa: N802
        self, request: messages.ChangePasswordRequest, call: Call
    ) -> messages.ChangePasswordResponse:
        set_password.change_password(request.old_password, request.new_password, call.caller, self.means)
        return messages.ChangePasswordResponse()

    def SetPassword(self, request: messages.SetPasswordRequest, call: Call) -> messages.SetPasswordResponse:  # noqa: N802
        person = reading.person_id(request.name)
        set_password.set_password(person, request.new_password, call.caller, self.means)
        return messages.SetPasswordResponse()

    def EnrolSecondFactor(  # noqa: N802
        self,
        request: messages.EnrolSecondFactorRequest,  # noqa: ARG002
        call: Call,
    ) -> messages.SecondFactorSecret:
        secret, uri = enrol_second_factor.enrol_second_factor(call.caller, self.means)
        return messages.SecondFactorSecret(secret=secret, otpauth_uri=uri)

    def ConfirmSecondFactor(  # noqa: N802
        self, request: messages.ConfirmSecondFactorRequest, call: Call
    ) -> messages.RecoveryCodes:
        codes = enrol_second_factor.confirm_second_factor(request.one_time_code, call.caller, self.means)
        return messages.RecoveryCodes(codes=codes)

    def DisableSecondFactor(  # noqa: N802
        self, request: messages.DisableSecondFactorRequest, call: Call
    ) -> messages.DisableSecondFactorResponse:
        code = request.one_time_code
        enrol_second_factor.disable_second_factor(request.password, code, call.caller, self.means)
        return messages.DisableSecondFactorResponse()

    def RemoveSecondFactor(  # noqa: N802
        self, request: messages.RemoveSecondFactorRequest, call: Call
    ) -> messages.RemoveSecondFactorResponse:
        enrol_second_factor.remove_second_factor(reading.person_id(request.name), call.caller, self.means)
        return messages.RemoveSecondFactorResponse()

    def StartOidcSignIn(self, request: messages.StartOidcSignInRequest, call: Call) -> messages.OidcSignIn:  # noqa: N802
        url, flow_token = start_oidc_sign_in(call.came_from, self.means, anew=request.anew)
        return messages.OidcSignIn(authorization_url=url, flow_token=flow_token)

    def FinishOidcSignIn(self, request: messages.FinishOidcSignInRequest, call: Call) -> messages.Session:  # noqa: N802
        answer = OidcAnswer(
            flow_token=request.flow_token,
            code=request.code,
            state=request.state,
            issuer=request.issuer,
            one_time_code=request.one_time_code,
            place=_place(request.device, call),
        )
        return session_message(finish_oidc_sign_in(answer, self.means))


def _place(device: str, call: Call) -> Place:
    return Place(device, call.came_from, call.caller.session)
