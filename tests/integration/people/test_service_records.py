"""What leave depends on beyond the employment: cumulative service and the birthday, put on record by HR alone."""

from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import organisation_pb2 as org
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_people.store.dated_tables import service_records
from google.api.httpbody_pb2 import HttpBody

from tests.builders.people import PeopleService, identifier, reason
from tests.builders.service_records import served, service_record


@pytest.fixture
def anna(people: PeopleService) -> str:
    return people.person("A-1", people.unit("shop").name, people.site().name).name


def refused(call: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        call(*arguments, **more)
    return reason(error.value)


@pytest.mark.clause("LVE-1")
@pytest.mark.postgresql15
def test_service_and_birthday_are_put_on_record_whole_and_taken_off_it(people: PeopleService, anna: str) -> None:
    nothing = service_record(people, anna)
    assert (nothing.name, nothing.service_since_date, nothing.birthday, nothing.etag) == (anna, "", "", "0")
    made = served(people, anna, "2015-06-01", "02-29")
    assert (made.service_since_date, made.birthday, made.etag) == ("2015-06-01", "02-29", "1")
    assert served(people, anna, "2015-06-01", "02-29") == made
    assert served(people, anna, birthday="12-31", etag="1").service_since_date == ""
    assert refused(served, people, anna, "2015-06-01", etag="1") == "SERVICE_RECORD_CHANGED"
    assert service_record(people, anna).birthday == "12-31"


def test_what_was_on_record_before_stays_there(people: PeopleService, anna: str) -> None:
    for since in ("2015-06-01", "2014-06-01"):
        served(people, anna, since)
    with people.service.database.read() as connection:
        kept = connection.execute(sa.select(service_records.c.service_since).order_by(service_records.c.revision))
        assert [day.isoformat() for day in kept.scalars()] == ["2015-06-01", "2014-06-01"]


@pytest.mark.parametrize(
    ("since", "birthday"),
    [
        ("2015-06-31", ""),
        ("1939-12-31", ""),
        ("2026-01-02", ""),
        *(("", wrong) for wrong in ("02-30", "1990-02-03", "2-3", "13-01", "00-10", "aa-bb", "\uff11\uff12-31")),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    people: PeopleService, anna: str, since: str, birthday: str
) -> None:
    assert refused(served, people, anna, since, birthday) == "FIELD_INVALID"
    assert service_record(people, anna).etag == "0"


def test_everybody_reads_their_own_and_whoever_may_read_people_does_not_read_it(
    people: PeopleService, anna: str
) -> None:
    served(people, anna, "2015-06-01")
    own = HeldGrant(Scope.SELF, None, frozenset({"people.service_records.read"}))
    assert service_record(people, anna, people.as_caller(own, person=identifier(anna))).service_since_date
    reading = HeldGrant(Scope.COMPANY, None, frozenset({"people.staff.read"}))
    assert refused(service_record, people, anna, people.as_caller(reading)) == "PERMISSION_MISSING"
    nobody = people.person("A-2", people.unit("store").name, people.site("S2").name)
    stranger = people.as_caller(own, person=identifier(nobody.name))
    assert refused(service_record, people, anna, stranger) == "PERSON_NOT_FOUND"


def test_services_are_told_of_each_change_and_never_of_a_year_of_birth(people: PeopleService, anna: str) -> None:
    served(people, anna, "2015-06-01", "02-29")
    served(people, anna)
    told = [one.service_record_changed for one in people.told() if one.HasField("service_record_changed")]
    assert [(one.person, one.service_since_date, one.birthday) for one in told] == [
        (anna, "2015-06-01", "02-29"),
        (anna, "", ""),
    ]


def import_records(people: PeopleService, text: str, caller: Any = None) -> org.ImportOrganisationResponse:
    request = org.ImportOrganisationRequest(
        file=HttpBody(data=text.encode()), kind=org.ORGANISATION_FILE_KIND_SERVICE_RECORDS
    )
    answer: org.ImportOrganisationResponse = people.organisation.ImportOrganisation(
        request, metadata=caller or people.everything
    )
    return answer


@pytest.mark.clause("LVE-1")
def test_a_file_of_an_hr_system_is_taken_whole_without_a_year_of_birth(people: PeopleService, anna: str) -> None:
    served(people, anna, "2016-06-01", "12-31")
    table = "工号,参加工作日期,出生日期\nA-1,2015/7/1,1990-02-28\n"
    taken = import_records(people, table)
    assert (taken.taken_count, taken.repeated_count) == (1, 0)
    found = service_record(people, anna)
    assert (found.service_since_date, found.birthday, found.etag) == ("2015-07-01", "02-28", "2")
    assert import_records(people, table).repeated_count == 1
    assert import_records(people, "number,service_since,birthday\nA-1,,\n").repeated_count == 1
    assert service_record(people, anna) == found


def test_every_faulty_line_is_named_and_nothing_is_kept(people: PeopleService, anna: str) -> None:
    lines = ("A-1,2015-13-01,", "A-9,2015-01-01,", ",2015-01-01,", "A-2,2030-01-01,02-30")
    people.person("A-2", people.unit("store").name, people.site("S2").name)
    with pytest.raises(grpc.RpcError) as error:
        import_records(people, "\n".join(("number,service_since,birthday", *lines)))
    refusal = refusal_from(error.value)
    assert (refusal.reason, [(one.field, one.reason) for one in refusal.violations]) == (
        "IMPORT_REFUSED",
        [
            ("lines[2].service_since", "FIELD_INVALID"),
            ("lines[3].number", "PERSON_NOT_FOUND"),
            ("lines[4].number", "FIELD_MISSING"),
            ("lines[5].service_since", "FIELD_INVALID"),
            ("lines[5].birthday", "FIELD_INVALID"),
        ],
    )
    assert service_record(people, anna).etag == "0"


def test_whoever_may_import_people_alone_imports_no_service_records(people: PeopleService, anna: str) -> None:
    importing = people.as_caller(HeldGrant(Scope.COMPANY, None, frozenset({"people.organisation.import"})))
    text = "number,service_since\nA-1,2015-01-01\n"
    assert refused(import_records, people, text, importing) == "PERMISSION_MISSING"
    assert service_record(people, anna).etag == "0"
