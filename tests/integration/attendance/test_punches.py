"""Punches one by one and in batches: facts as they arrived, once each, and every reason to refuse one."""

import grpc
import pytest
from bylaw.attendance.v1 import punches_pb2
from bylaw.people.v1 import staff_pb2
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason


def anna_in(attendance: AttendanceService) -> str:
    people = attendance.people
    shanghai, new_york = people.site(), people.site("NY", "America/New_York", "US")
    unit = people.unit("shop")
    person = people.person("A-1", unit.name, shanghai.name)
    again = staff_pb2.Appointment(
        unit=unit.name, site=new_york.name, start_date="2026-02-01", employment_kind=staff_pb2.EMPLOYMENT_KIND_FORMAL
    )
    wish = staff_pb2.AppointPersonRequest(name=person.name, appointment=again)
    people.staff.AppointPerson(wish, metadata=people.everything)
    return person.name


BEGUN = {"anna": anna_in}


@pytest.fixture
def anna(attendance: AttendanceService) -> str:
    """Anna works in Shanghai until the end of January, from February on in New York."""
    found: str = attendance.filled
    return found


@pytest.mark.clause("ATT-1")
@pytest.mark.postgresql15
def test_a_punch_is_kept_with_its_local_time_its_offset_and_its_zone(attendance: AttendanceService, anna: str) -> None:
    made = attendance.punch(anna, "2026-02-02 08:20:31", device="gate", status="0")

    assert made.instant.ToJsonString() == "2026-02-02T13:20:31Z"
    assert (made.utc_offset_minutes, made.time_zone, made.source) == (-300, "America/New_York", "api")
    assert made.local_time == "2026-02-02 08:20:31"


def test_a_punch_is_read_in_the_zone_of_the_site_of_its_own_day(attendance: AttendanceService, anna: str) -> None:
    assert attendance.punch(anna, "2026-01-31 08:20:31").time_zone == "Asia/Shanghai"
    assert attendance.punch(anna, "2026-02-01 08:20:31").time_zone == "America/New_York"


def test_an_employee_number_will_do(attendance: AttendanceService, anna: str) -> None:
    assert attendance.punch("", "2026-02-02 08:20:31", employee_number="A-1").person == anna


@pytest.mark.postgresql15
def test_the_same_punch_again_answers_the_first_one(attendance: AttendanceService, anna: str) -> None:
    first = attendance.punch(anna, "2026-02-02 08:20:31", device="gate")

    assert attendance.punch(anna, "2026-02-02 08:20:31", device="gate") == first
    assert attendance.punch(anna, "2026-02-02 08:20:31", device="door").name != first.name


@pytest.mark.parametrize(
    ("local_time", "why"),
    [
        ("2026-02-30 08:00:00", "PUNCH_DATE_IMPOSSIBLE"),
        ("2026-03-02 23:00:00", "PUNCH_IN_FUTURE"),
        ("2025-03-09 02:30:00", "PUNCH_TIME_SKIPPED_BY_CLOCK_CHANGE"),
        ("1999-12-31 08:00:00", "PUNCH_TOO_OLD"),
        ("at eight", "PUNCH_LINE_MALFORMED"),
        ("", "PUNCH_LINE_MALFORMED"),
    ],
)
def test_a_time_that_cannot_be_is_refused_by_name(attendance: AttendanceService, local_time: str, why: str) -> None:
    people = attendance.people
    site = people.site("NY", "America/New_York", "US")
    person = people.person("B-1", people.unit("shop", since="1990-01-01").name, site.name, since="1990-01-01")

    with pytest.raises(grpc.RpcError) as refused:
        attendance.punch(person.name, local_time)
    refusal = refusal_from(refused.value)
    assert refusal.reason == why
    assert refusal.violations[0].field == "punch.local_time"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"employee_number": "NOBODY"}, "PERSON_NOT_FOUND"),
        ({"person": "people/00000000-0000-7000-8000-000000000009"}, "PERSON_NOT_FOUND"),
        ({"person": "persons/1"}, "FIELD_INVALID"),
        ({"person": "ANNA", "employee_number": "B-1"}, "FIELD_INVALID"),
        ({"employee_number": "A-1", "direction": 9}, "FIELD_INVALID"),
        ({"employee_number": "A-1\x00"}, "FIELD_INVALID"),
        ({"employee_number": "A-1", "device": "x" * 65}, "FIELD_INVALID"),
        ({"employee_number": "A-1", "status": "a\nb"}, "FIELD_INVALID"),
    ],
)
def test_a_wrong_field_is_named(attendance: AttendanceService, anna: str, wrong: dict[str, object], why: str) -> None:
    assert anna
    given = {name: anna if value == "ANNA" else value for name, value in wrong.items()}
    punch = punches_pb2.Punch(local_time="2026-02-02 08:20:31", **given)
    with pytest.raises(grpc.RpcError) as refused:
        attendance.punches.CreatePunch(punches_pb2.CreatePunchRequest(punch=punch), metadata=attendance.everything)
    assert reason(refused.value) == why


def batch(attendance: AttendanceService, *punches: punches_pb2.Punch) -> punches_pb2.BatchCreatePunchesResponse:
    request = punches_pb2.BatchCreatePunchesRequest(punches=punches)
    return attendance.punches.BatchCreatePunches(request, metadata=attendance.everything)


@pytest.mark.postgresql15
def test_a_batch_counts_new_punches_and_repeats(attendance: AttendanceService, anna: str) -> None:
    punches = [punches_pb2.Punch(person=anna, local_time=f"2026-02-02 08:{minute}:00") for minute in (20, 21, 21, 22)]

    assert batch(attendance, *punches) == punches_pb2.BatchCreatePunchesResponse(taken_count=3, repeated_count=1)
    assert batch(attendance, *punches) == punches_pb2.BatchCreatePunchesResponse(taken_count=0, repeated_count=4)
    assert batch(attendance) == punches_pb2.BatchCreatePunchesResponse()


def test_a_batch_with_faulty_punches_stores_none_and_names_each(attendance: AttendanceService, anna: str) -> None:
    good = punches_pb2.Punch(person=anna, local_time="2026-02-02 08:20:00")
    impossible = punches_pb2.Punch(person=anna, local_time="2026-02-30 08:20:00")
    nobody = punches_pb2.Punch(employee_number="NOBODY", local_time="2026-02-02 08:20:00")

    with pytest.raises(grpc.RpcError) as refused:
        batch(attendance, good, impossible, good, nobody, punches_pb2.Punch())
    violations = refusal_from(refused.value).violations
    assert [(violation.field, violation.reason) for violation in violations] == [
        ("punches[1].local_time", "PUNCH_DATE_IMPOSSIBLE"),
        ("punches[3].employee_number", "PERSON_NOT_FOUND"),
        ("punches[4].employee_number", "FIELD_INVALID"),
    ]
    assert all(violation.zh and violation.en for violation in violations)
    assert not listed(attendance, anna)


def test_a_batch_beyond_ten_thousand_is_refused(attendance: AttendanceService, anna: str) -> None:
    punch = punches_pb2.Punch(person=anna, local_time="2026-02-02 08:20:00")
    with pytest.raises(grpc.RpcError) as refused:
        batch(attendance, *[punch] * 10_001)
    assert reason(refused.value) == "BATCH_TOO_LARGE"


def listed(attendance: AttendanceService, person: str, **more: object) -> list[str]:
    found: list[str] = []
    token = ""
    while True:
        request = punches_pb2.ListPunchesRequest(parent=person, page_size=2, page_token=token, **more)
        answer = attendance.punches.ListPunches(request, metadata=attendance.everything)
        found += [punch.local_time for punch in answer.punches]
        token = answer.next_page_token
        if not token:
            return found


def test_punches_are_listed_oldest_first_page_by_page_and_by_local_date(
    attendance: AttendanceService, anna: str
) -> None:
    times = [f"2026-02-0{day} 2{hour}:30:00" for day in (2, 3, 4) for hour in (1, 2)]
    batch(attendance, *(punches_pb2.Punch(person=anna, local_time=time) for time in reversed(times)))

    assert listed(attendance, anna) == times
    assert listed(attendance, anna, start_date="2026-02-03", end_date="2026-02-03") == times[2:4]


def test_a_page_token_of_another_list_is_refused(attendance: AttendanceService, anna: str) -> None:
    batch(attendance, *(punches_pb2.Punch(person=anna, local_time=f"2026-02-02 08:2{n}:00") for n in range(4)))
    request = punches_pb2.ListPunchesRequest(parent=anna, page_size=2)
    token = attendance.punches.ListPunches(request, metadata=attendance.everything).next_page_token
    request.page_token, request.start_date = token, "2026-02-02"

    with pytest.raises(grpc.RpcError) as refused:
        attendance.punches.ListPunches(request, metadata=attendance.everything)
    assert reason(refused.value) == "PAGE_TOKEN_INVALID"


@pytest.mark.postgresql15
def test_the_service_cannot_change_or_delete_a_punch(attendance: AttendanceService, anna: str) -> None:
    attendance.punch(anna, "2026-02-02 08:20:31")
    for statement in ("update punches set device = 'x'", "delete from punches", "truncate punches"):
        with (
            pytest.raises(Exception, match="permission denied"),
            attendance.service.database.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)
