"""Leave of whoever heads everything: another step decides where there is one, else it holds and HR is told (LVE-2)."""

from collections.abc import Iterator

import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import organisation_pb2 as org

from tests.builders.closing import Months
from tests.builders.leave import AGREED, WAITING, LeaveOffice, leave_office, refusal
from tests.databases import Databases

TUESDAY, WEDNESDAY = "2026-03-10", "2026-03-11"


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres) as made:
        yield made


def give_hr(office: LeaveOffice, person: str) -> None:
    people = office.attendance.people
    grant = access.Grant(person=person, role="roles/hr", scope=access.SCOPE_COMPANY)
    people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=people.signed_in("admin"))


@pytest.mark.clause("LVE-2", "ORG-3")
def test_leave_of_whoever_heads_everything_holds_at_once_and_human_resources_is_told(office: LeaveOffice) -> None:
    give_hr(office, office.cleo)
    assert office.preview("annual", TUESDAY, person=office.dora).on_own_responsibility
    taken = office.ask("annual", TUESDAY, WEDNESDAY, person=office.dora)

    assert (taken.state, taken.changed_by, taken.decision) == (AGREED, office.dora, "")
    assert "Nobody is above to decide" in taken.change_text
    assert "无上级可批" in taken.change_text
    assert office.balances(WEDNESDAY, office.dora)["annual"] == "3"
    assert list(office.day(TUESDAY, office.dora).halves) == []
    (told,) = Months(office).notices(office.cleo)  # type: ignore[arg-type]
    assert told.about == taken.name
    assert told.title.en == "D-1 takes leave on their own responsibility"
    assert "“年假”由本人负责" in told.body.zh
    assert Months(office).notices(office.heidi) == []  # type: ignore[arg-type]


@pytest.mark.clause("LVE-2", "LVE-1")
def test_what_speaks_against_leave_speaks_against_theirs_too(office: LeaveOffice) -> None:
    told = refusal(office.ask, "annual", TUESDAY, "2026-03-20", person=office.dora)
    assert (told.reason, told.violations[0].reason) == ("LEAVE_NOT_ADMITTED", "LEAVE_BALANCE")


@pytest.mark.clause("LVE-2", "DEC-2")
def test_a_deputy_of_the_highest_unit_decides_where_there_is_one(office: LeaveOffice) -> None:
    people = office.attendance.people
    company = Months(office).company  # type: ignore[arg-type]
    request = org.AppointDeputyRequest(name=company, deputy=office.heidi, effective_date="2026-03-01")
    people.organisation.AppointDeputy(request, metadata=people.everything)
    office.attendance.follow_people()
    assert not office.preview("annual", TUESDAY, person=office.dora).on_own_responsibility
    asked = office.ask("annual", TUESDAY, person=office.dora)
    assert asked.state == WAITING
    office.answer(asked, who=office.heidi)
    office.learn()
    assert office.get(asked.name, office.attendance.everything).state == AGREED
