"""What is taken away while somebody uses it: of two at the same moment one comes first, nothing slips between (SEC-1).

Hashing takes its time, so its end is where the other's change is put; a rights' change is held open by a transaction.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import grpc
import pytest
from argon2 import PasswordHasher
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import NOBODY
from bylaw_chassis.tokens import never_ended
from bylaw_people.store.work import Records, Store
from bylaw_people.use_cases.sign_in.opening import end_sessions_of
from bylaw_people.use_cases.sign_in.password_check import PasswordCheck

from tests.builders.access import AccessCalls
from tests.builders.people import PASSWORD, PeopleService, identifier, people_service, reason
from tests.builders.sign_in import access_token, accounts_of, bearer, refreshed, refusal, session_of
from tests.databases import Databases

pytestmark = [pytest.mark.postgresql15, pytest.mark.clause("SEC-1")]
ANOTHER = "quiet-orchard-1207"


@dataclass(frozen=True)
class SlowCheck(PasswordCheck):
    """Hashes in a moment, but something happens before it answers."""

    hasher: PasswordHasher = field(default_factory=lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    meanwhile: list[Callable[[], Any]] = field(default_factory=list)

    def right(self, password: str, hash_: str | None) -> bool:
        """Whether a password is the one that was hashed."""
        right = super().right(password, hash_)
        self._happen()
        return right

    def hash(self, password: str) -> str:
        """The hash of a new password."""
        hash_ = super().hash(password)
        self._happen()
        return hash_

    def _happen(self) -> None:
        """In a thread of its own, for it is another call."""
        while self.meanwhile:
            act = self.meanwhile.pop()
            with ThreadPoolExecutor(1) as pool:
                pool.submit(act).result()


@dataclass
class Office:
    """Wang, whom somebody may give a password, and those who may."""

    people: PeopleService
    check: SlowCheck
    wang: staff.Person
    zhao: staff.Person
    calls: AccessCalls


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """A service whose checking of passwords can be looked into."""
    check = SlowCheck()
    with people_service(postgres, check=check) as people:
        site, company = people.site(), people.unit("ACME")
        wang, zhao = (people.person(login, company.name, site.name, login=login) for login in ("wang", "zhao"))
        yield Office(people, check, wang, zhao, AccessCalls(people))


def set_password(office: Office, person: str, password: str, metadata: Any = None) -> None:
    wish = sessions.SetPasswordRequest(name=person, new_password=password)
    office.people.sign_in.SetPassword(wish, metadata=metadata or office.people.everything)


def grant(office: Office, person: str, role: str, metadata: Any) -> access.Grant:
    wish = access.Grant(person=person, role=f"roles/{role}", scope=access.SCOPE_COMPANY)
    return office.people.access.CreateGrant(access.CreateGrantRequest(grant=wish), metadata=metadata)


@contextmanager
def held_open(office: Office, change: Callable[[Records], Any]) -> Iterator[None]:
    """A change that commits once the block has ended, and not before."""
    with Store(office.people.service.database).work(NOBODY) as records:
        change(records)
        yield


def while_open(office: Office, change: Callable[[Records], Any], call: Callable[[], Any]) -> Future[Any]:
    """A call that begins while a change is open, and answers once it has committed."""
    pool, begun = ThreadPoolExecutor(1), threading.Event()

    def run() -> Any:
        begun.set()
        return call()

    with held_open(office, change):
        future = pool.submit(run)
        begun.wait()
        with pytest.raises(TimeoutError):
            future.result(timeout=0.7)  # it waits for the change
    pool.shutdown()
    return future


def why(future: Future[Any]) -> str:
    error = future.exception()
    return reason(error) if isinstance(error, grpc.RpcError) else repr(error or future.result())


def test_a_password_that_was_changed_while_it_was_checked_opens_no_session(office: Office) -> None:
    office.check.meanwhile.append(lambda: set_password(office, office.wang.name, ANOTHER))
    assert refusal(lambda: session_of(office.people, "wang")) == "SIGN_IN_REFUSED"
    assert session_of(office.people, "wang", ANOTHER).person == office.wang.name


def test_an_account_that_was_locked_while_its_password_was_checked_opens_no_session(office: Office) -> None:
    def lock(records: Records) -> None:
        records.accounts.lock(identifier(office.wang.name))
        records.people.hold(identifier(office.wang.name), alone=True)

    assert why(while_open(office, lock, lambda: session_of(office.people, "wang"))) == "SIGN_IN_REFUSED"


def test_who_signs_in_while_all_sessions_are_ended_comes_before_or_after_and_never_in_between(office: Office) -> None:
    def end(records: Records) -> None:
        end_sessions_of(records, identifier(office.wang.name), "signed_out")

    late = while_open(office, end, lambda: session_of(office.people, "wang")).result()
    assert refreshed(office.people, late.refresh_token).person == office.wang.name
    ended: list[int] = []

    def sign_in(records: Records) -> None:
        records.people.hold(identifier(office.wang.name))
        ended.append(len(records.sessions.running(identifier(office.wang.name))))

    everywhere = sessions.EndSessionsOfPersonRequest(name=office.wang.name)
    call = lambda: office.people.sign_in.EndSessionsOfPerson(everywhere, metadata=office.people.everything)  # noqa: E731
    assert while_open(office, sign_in, call).result().ended_count == ended[0] == 1


def test_who_became_administrator_while_their_password_was_hashed_gets_none_of_somebody_lower(office: Office) -> None:
    office.calls.give("hr", office.calls.all(), person=office.zhao.name)
    zhao = bearer(session_of(office.people, "zhao"))
    office.check.meanwhile.append(
        lambda: office.calls.give("administrator", office.calls.all(), person=office.wang.name)
    )
    assert refusal(lambda: set_password(office, office.wang.name, ANOTHER, zhao)) == "GRANT_BEYOND_OWN"
    assert session_of(office.people, "wang").person == office.wang.name


def rights_of(person: str) -> Callable[[Records], None]:
    """A change of what somebody may do."""
    return lambda records: records.renew_access([UUID(person.partition("/")[2])])


def giving(office: Office, metadata: Any) -> dict[str, Callable[[], Any]]:
    """Calls by which somebody gives what they hold."""
    role = access.Role(title={"zh": "读", "en": "Reads"}, permissions=["people.staff.read"])
    person = office.wang.name
    email = accounts.SetEmailRequest(name=person, email="wang@example.com")
    factor = sessions.RemoveSecondFactorRequest(name=person)
    return {
        "a grant": lambda: grant(office, person, "finance", metadata),
        "a role": lambda: office.people.access.CreateRole(
            access.CreateRoleRequest(role_id="reader", role=role), metadata=metadata
        ),
        "a password": lambda: set_password(office, person, ANOTHER, metadata),
        "an address": lambda: accounts_of(office.people).SetEmail(email, metadata=metadata),
        "a factor": lambda: office.people.sign_in.RemoveSecondFactor(factor, metadata=metadata),
    }


@pytest.mark.parametrize("what", ["a grant", "a role", "a password", "an address", "a factor"])
def test_who_loses_rights_at_the_moment_of_giving_gives_nothing(office: Office, what: str) -> None:
    office.calls.give("administrator", office.calls.all(), person=office.zhao.name)
    giver = bearer(session_of(office.people, "zhao"))
    call = giving(office, giver)[what]
    assert why(while_open(office, rights_of(office.zhao.name), call)) == "TOKEN_ENDED"


def test_a_session_that_has_ended_makes_no_access_token_where_a_process_has_not_heard_of_it(office: Office) -> None:
    people, session = office.people, session_of(office.people, "wang")
    people.sign_in.EndAllSessions(sessions.EndAllSessionsRequest(), metadata=bearer(session))
    people.service.server.verifier.ended = never_ended
    assert refusal(lambda: access_token(people, bearer(session), "people.staff.read")) == "SESSION_NEEDED"
    enrol = sessions.EnrolSecondFactorRequest()
    assert refusal(lambda: people.sign_in.EnrolSecondFactor(enrol, metadata=bearer(session))) == "SESSION_NEEDED"
    assert session_of(people, "wang", PASSWORD).person
