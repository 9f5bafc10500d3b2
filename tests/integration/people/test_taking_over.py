"""Ways round to somebody's rights that are closed: by a lock, by leaving and coming back, by what begins later (SEC-1).

Human resources set passwords, lock and unlock accounts, end employments and take that back; an administrator may more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.access import AccessCalls
from tests.builders.people import PeopleService
from tests.builders.sign_in import (
    Metadata,
    access_token,
    accounts_of,
    bearer,
    exchanged,
    refreshed,
    refusal,
    session_of,
)
from tests.integration.people.conftest import Shop

pytestmark = [pytest.mark.postgresql15, pytest.mark.clause("SEC-1")]
ANOTHER = "quiet-orchard-1207"


@dataclass(frozen=True)
class Office:
    """Chen, of human resources, and Qian, whom an administrator gave more."""

    shop: Shop
    calls: AccessCalls
    chen: Metadata

    @property
    def people(self) -> PeopleService:
        """The service."""
        return self.shop.service


@pytest.fixture
def office(shop: Shop) -> Office:
    calls = AccessCalls(shop.service)
    calls.give("hr", calls.all(), person=shop.chen.name)
    return Office(shop, calls, bearer(session_of(shop.service, "chen")))


def lock(office: Office) -> None:
    wish = accounts.LockAccountRequest(name=office.shop.qian.name)
    accounts_of(office.people).LockAccount(wish, metadata=office.chen)


def leave(office: Office) -> None:
    wish = staff.EndEmploymentRequest(name=office.shop.qian.name, last_date="2026-03-01")
    office.people.staff.EndEmployment(wish, metadata=office.chen)


def give_from_tomorrow(office: Office) -> None:
    office.calls.give("administrator", office.calls.all(), person=office.shop.qian.name, start_date="2026-03-03")


def give(office: Office) -> None:
    office.calls.give("administrator", office.calls.all(), person=office.shop.qian.name)


WAYS: dict[str, tuple[Callable[[Office], None], ...]] = {
    "while it is locked": (give, lock),
    "before the end of the employment is taken back": (give, leave),
    "the day before the grant begins": (give_from_tomorrow,),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_gets_hold_of_the_account_of_who_may_more(office: Office, way: str) -> None:
    for step in WAYS[way]:
        step(office)
    person = office.shop.qian.name
    password = sessions.SetPasswordRequest(name=person, new_password=ANOTHER)
    email = accounts.SetEmailRequest(name=person, email="chen@example.com")
    login = staff.UpdatePersonRequest(person=staff.Person(name=person, login="x"), update_mask={"paths": ["login"]})
    calls = {
        lambda: office.people.sign_in.SetPassword(password, metadata=office.chen),
        lambda: accounts_of(office.people).SetEmail(email, metadata=office.chen),
        lambda: office.people.staff.UpdatePerson(login, metadata=office.chen),
    }
    assert {refusal(call) for call in calls} == {"GRANT_BEYOND_OWN"}


def rehire(office: Office, start: str) -> None:
    first = staff.Appointment(
        unit=office.shop.stock.name,
        site=office.shop.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
        start_date=start,
    )
    wish = staff.RehirePersonRequest(name=office.shop.qian.name, appointment=first)
    office.people.staff.RehirePerson(wish, metadata=office.calls.all())


@pytest.mark.clause("SEC-2")
@pytest.mark.parametrize(("last", "back"), [("2026-03-01", "2026-03-03"), ("2026-03-04", "2026-03-06")])
def test_who_comes_back_has_neither_the_grants_nor_the_sessions_nor_the_access_tokens_of_before(
    office: Office, last: str, back: str
) -> None:
    people, qian = office.people, office.shop.qian.name
    office.calls.give("finance", office.calls.all(), person=qian)
    before = session_of(people, "qian")
    program = access_token(people, bearer(before), "people.staff.read")
    assert "roles/finance" in roles(office)
    end = staff.EndEmploymentRequest(name=qian, last_date=last)
    people.staff.EndEmployment(end, metadata=office.calls.all())
    rehire(office, back)
    people.clock.now = datetime.fromisoformat(f"{back}T04:00:00+00:00")
    assert roles(office) == {"roles/employee"}
    assert refusal(lambda: refreshed(people, before.refresh_token)) == "SESSION_ENDED"
    assert refusal(lambda: exchanged(people, program.secret)) == "TOKEN_INVALID"
    office.calls.give("finance", office.calls.all(), person=qian)
    assert "roles/finance" in roles(office)
    assert session_of(people, "qian").person == qian


def roles(office: Office) -> set[str]:
    return {standing.role for standing in office.calls.holdings(office.shop.qian.name).standings}
