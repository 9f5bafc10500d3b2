"""From an empty installation to an employee who signs in, and what cannot be set up on the way."""

import grpc
import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.status import refusal_from

from tests.builders.people import PeopleService, reason, text


@pytest.mark.postgresql15
def test_an_employee_signs_in_and_sees_themselves_and_nobody_else(people: PeopleService) -> None:
    site, company = people.site(), people.unit("ACME")
    shop = people.unit("SHOP", company.name)
    li = people.person("1001", shop.name, site.name, login="Li.Wei")
    people.person("1002", shop.name, site.name)
    token = people.signed_in("li.wei")
    found = people.staff.ListPeople(staff.ListPeopleRequest(), metadata=token).people
    assert [person.number for person in found] == ["1001"]
    assert people.staff.GetPerson(staff.GetPersonRequest(name=li.name), metadata=token).appointment.unit == shop.name
    everybody = people.staff.ListPeople(staff.ListPeopleRequest(), metadata=people.signed_in("admin")).people
    assert [person.number for person in everybody] == ["1001", "1002", "admin"]
    assert len(people.events()) == 6


NOT_FOUND = "018f0000-0000-7000-8000-000000000000"


def first_appointment(people: PeopleService, **more: str) -> staff.Appointment:
    site, company = people.site(), people.unit("ACME")
    good = {"unit": company.name, "site": site.name, "start_date": "2026-02-01"}
    return staff.Appointment(**{**good, **more}, employment_kind=staff.EMPLOYMENT_KIND_FORMAL)


@pytest.mark.parametrize(
    ("more", "expected", "field"),
    [
        ({"unit": f"units/{NOT_FOUND}"}, "UNIT_NOT_FOUND", ""),
        ({"position": f"positions/{NOT_FOUND}"}, "POSITION_NOT_FOUND", ""),
        ({"site": f"sites/{NOT_FOUND}"}, "SITE_NOT_FOUND", ""),
        ({"unit": "unit/7"}, "FIELD_INVALID", "person.appointment.unit"),
        ({"start_date": "2026-02-30"}, "FIELD_INVALID", "person.appointment.start_date"),
        ({"end_date": "2026-01-01"}, "FIELD_INVALID", "appointment.end_date"),
        ({"start_date": "2025-12-31"}, "UNIT_NOT_FOUND", ""),
    ],
)
def test_a_first_appointment_that_cannot_be_is_refused_with_its_field(
    people: PeopleService, more: dict[str, str], expected: str, field: str
) -> None:
    person = staff.Person(number="1", display_name="Li", appointment=first_appointment(people, **more))
    with pytest.raises(grpc.RpcError) as refused:
        people.staff.CreatePerson(staff.CreatePersonRequest(person=person), metadata=people.everything)
    answer = refusal_from(refused.value)
    assert answer.reason == expected
    assert [violation.field for violation in answer.violations] == ([field] if field else [])


def test_everything_that_is_wrong_with_a_person_is_said_at_once(people: PeopleService) -> None:
    person = staff.Person(number=" 1", display_name="\0", login="a\tb", appointment=first_appointment(people))
    with pytest.raises(grpc.RpcError) as refused:
        people.staff.CreatePerson(staff.CreatePersonRequest(person=person), metadata=people.everything)
    found = {violation.field for violation in refusal_from(refused.value).violations}
    assert found == {"person.number", "person.display_name", "person.login"}


def test_no_text_that_a_database_cannot_hold_is_a_fault_of_ours(people: PeopleService) -> None:
    null = "\0"
    with pytest.raises(grpc.RpcError) as person:
        people.staff.ListPeople(staff.ListPeopleRequest(number=null), metadata=people.everything)
    with pytest.raises(grpc.RpcError) as unit:
        people.organisation.ListUnits(org.ListUnitsRequest(code=null), metadata=people.everything)
    with pytest.raises(grpc.RpcError) as login:
        people.signed_in(null)
    assert [reason(each.value) for each in (person, unit, login)] == ["FIELD_INVALID"] * 2 + ["SIGN_IN_REFUSED"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"code": "HQ"}, "SITE_CODE_TAKEN"),
        ({"time_zone": "Mars/Olympus"}, "TIME_ZONE_UNKNOWN"),
        ({"time_zone": "../etc/passwd"}, "TIME_ZONE_UNKNOWN"),
        ({"time_zone": ""}, "TIME_ZONE_UNKNOWN"),
        ({"calendar": "china"}, "CALENDAR_UNKNOWN"),
        ({"calendar": "XX"}, "CALENDAR_UNKNOWN"),
        ({"calendar": "cn"}, "CALENDAR_UNKNOWN"),
        ({"calendar": ""}, "CALENDAR_UNKNOWN"),
        ({"code": ""}, "FIELD_INVALID"),
    ],
)
def test_a_site_that_cannot_be_is_refused(people: PeopleService, more: dict[str, str], expected: str) -> None:
    people.site("HQ")
    with pytest.raises(grpc.RpcError) as refused:
        people.site(**{"code": "NEW", **more})
    assert reason(refused.value) == expected


@pytest.mark.clause("ORG-1")
def test_codes_are_given_once(people: PeopleService) -> None:
    company = people.unit("ACME")
    with pytest.raises(grpc.RpcError) as unit:
        people.unit("ACME")
    position = org.Position(code="CLERK", title=text("clerk"), unit=company.name, duties=text("Writes."))
    request = org.CreatePositionRequest(position=position)
    made = people.organisation.CreatePosition(request, metadata=people.everything)
    with pytest.raises(grpc.RpcError) as taken:
        people.organisation.CreatePosition(request, metadata=people.everything)
    assert (reason(unit.value), reason(taken.value)) == ("UNIT_CODE_TAKEN", "POSITION_CODE_TAKEN")
    listed = people.organisation.ListPositions(org.ListPositionsRequest(), metadata=people.everything).positions
    assert list(listed) == [made]


def test_a_login_is_taken_whatever_its_letter_case(people: PeopleService) -> None:
    site, company = people.site(), people.unit("ACME")
    people.person("1", company.name, site.name, login="li.wei")
    with pytest.raises(grpc.RpcError) as refused:
        people.person("2", company.name, site.name, login="LI.Wei")
    assert reason(refused.value) == "LOGIN_TAKEN"


def test_who_some_people_are_is_asked_for_at_once_and_beyond_ones_reach_nobody_is_told(people: PeopleService) -> None:
    site, company = people.site(), people.unit("ACME")
    li = people.person("1001", company.name, site.name, login="li.wei")
    wang, zhao = (people.person(number, company.name, site.name) for number in ("1002", "1003"))

    def named(*names: str, metadata: object = people.everything) -> set[str]:
        asked = staff.ListPeopleRequest(names=names)
        return {person.name for person in people.staff.ListPeople(asked, metadata=metadata).people}

    assert named(wang.name, zhao.name) == {wang.name, zhao.name}
    assert named(li.name, wang.name, metadata=people.signed_in("li.wei")) == {li.name}
    with pytest.raises(grpc.RpcError) as refused:
        named(wang.name, "units/1")
    assert [violation.field for violation in refusal_from(refused.value).violations] == ["names[1]"]
    with pytest.raises(grpc.RpcError) as too_many:
        named(*[wang.name] * 1001)
    assert reason(too_many.value) == "FIELD_INVALID"
