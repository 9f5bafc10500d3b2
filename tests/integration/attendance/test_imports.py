"""Files of punches: what is taken, what is a repeat, what is refused and why."""

import gzip
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2, punches_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import ATTENDANCE_PERMISSIONS, AttendanceService
from tests.builders.people import reason
from tests.integration.attendance.real_files import packed

ATTLOG = b"A-1\t2026-02-02 08:20:31\t1\t0\t1\t0\nA-2\t2026-02-02 08:21:00\t1\t0\t1\t0\n"
WIDE_IN = punches_pb2.PUNCH_FILE_FORMAT_WIDE_IN


def office_in(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    for number in ("A-1", "A-2"):
        people.person(number, unit.name, site.name)


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> AttendanceService:
    """A-1 and A-2 work at HQ."""
    return attendance


def test_unknown_employees_are_refused_by_line_and_the_others_are_taken(office: AttendanceService) -> None:
    made = office.imported(ATTLOG + b"B-9\t2026-02-02 08:21:00\t1\t0\t1\t0\n", "HQ")

    assert (made.read_count, made.taken_count, made.refused_count) == (3, 2, 1)
    assert office.refused_lines(made.name) == [(3, "employee_number", "PERSON_NOT_FOUND")]


def test_each_line_is_taken_or_repeated_or_refused_and_counted_once(office: AttendanceService) -> None:
    lines = [
        b"A-1\t2026-02-02 08:20:31\t1\t0\t1\t0",
        b"A-1\t2026-02-02 08:20:31\t1\t0\t1\t0",
        b"A-1\t2026-02-30 08:20:31\t1\t0\t1\t0",
        b"A-1\t2027-01-01 08:20:31\t1\t0\t1\t0",
        b"\t2026-02-02 08:20:31\t1\t0\t1\t0",
        b"B-9\t2026-02-02 08:20:31\t1\t0\t1\t0",
    ]
    made = office.imported(b"\n".join(lines), "HQ")

    assert (made.read_count, made.taken_count, made.repeated_count, made.refused_count) == (6, 1, 1, 4)
    assert [(line, why) for line, _, why in office.refused_lines(made.name)] == [
        (3, "PUNCH_DATE_IMPOSSIBLE"),
        (4, "PUNCH_IN_FUTURE"),
        (5, "PUNCH_PERSON_MISSING"),
        (6, "PERSON_NOT_FOUND"),
    ]


def test_a_file_handed_in_again_names_each_line_that_was_on_record_and_takes_the_new_ones(
    office: AttendanceService,
) -> None:
    office.imported(ATTLOG, "HQ")
    more = b"A-1\t2026-02-02 12:03:00\t1\t0\t1\t0\n" + ATTLOG + b"A-2\t2026-02-02 12:04:00\t1\t0\t1\t0\n"
    again = office.imported(more + more.splitlines(keepends=True)[-1], "HQ")

    assert (again.taken_count, again.repeated_count) == (2, 3)
    first = office.repeated_lines(again.name, page_size=2)
    rest = office.repeated_lines(again.name, page_size=2, page_token=first.next_page_token)
    lines = [(found.line, found.punch_count) for found in (*first.lines, *rest.lines)]
    assert lines == [(2, 1), (3, 1), (5, 1)]
    assert rest.next_page_token == ""


def test_a_line_of_many_days_says_how_many_of_its_punches_were_on_record(office: AttendanceService) -> None:
    rows = ",02/02/2026,03/02/2026\r\nA-1,02/02/2026 08:20,NA\r\n"
    office.imported(rows.encode(), "HQ", format=WIDE_IN)
    more = rows.replace("NA", "03/02/2026 08:21") + "A-2,02/02/2026 08:22,03/02/2026 08:23\r\n"
    again = office.imported(more.encode(), "HQ", format=WIDE_IN)

    assert (again.taken_count, again.repeated_count) == (3, 1)
    assert [(found.line, found.punch_count) for found in office.repeated_lines(again.name).lines] == [(2, 1)]


def test_somebody_taken_on_a_moment_ago_is_known_to_the_import(office: AttendanceService) -> None:
    office.imported(ATTLOG, "HQ")
    unit = office.people.unit("store")
    site = office.people.site("S2")
    office.people.person("NEW-1", unit.name, site.name)

    made = office.imported(b"NEW-1\t2026-02-02 08:20:31\t1\t0\t1\t0\n", "S2")

    assert (made.taken_count, made.refused_count) == (1, 0)


def test_a_late_punch_of_somebody_who_has_left_is_kept_as_a_fact(office: AttendanceService) -> None:
    unit = office.people.unit("store")
    site = office.people.site("S2")
    office.people.person("OLD-1", unit.name, site.name, until="2026-01-31")

    made = office.imported(b"OLD-1\t2026-02-02 08:20:31\t1\t0\t1\t0\n", "S2")

    assert (made.taken_count, made.refused_count) == (1, 0)


@pytest.mark.parametrize(
    ("content", "more", "why"),
    [
        (b"", {}, "FILE_EMPTY"),
        (b"hello there\nthis is no punch file\n", {}, "FILE_NOT_RECOGNISED"),
        (gzip.compress(ATTLOG)[:-12], {}, "FILE_TRUNCATED"),
        (ATTLOG.decode().encode("utf-16"), {}, "FILE_ENCODING_REFUSED"),
        (ATTLOG, {"format": punches_pb2.PUNCH_FILE_FORMAT_CSV}, "FILE_FORMAT_DIFFERS"),
        (b"x" * (32 * 1024 * 1024 + 1), {}, "FILE_TOO_LARGE"),
        (ATTLOG, {"format": 17}, "FIELD_INVALID"),
        (ATTLOG, {"complete_until_date": "2026-02-30"}, "FIELD_INVALID"),
        (ATTLOG, {"complete_until_date": "9999-12-31"}, "FIELD_INVALID"),
        (ATTLOG, {"file_name": "a\nb"}, "FIELD_INVALID"),
    ],
)
def test_a_file_that_cannot_be_a_punch_file_is_refused_at_once(
    office: AttendanceService, content: bytes, more: dict[str, object], why: str
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        office.hand_in(content, "HQ", **more)
    assert reason(refused.value) == why


def test_a_wide_file_must_say_whether_it_holds_arrivals_or_departures(office: AttendanceService) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        office.hand_in(packed("in"), "HQ")
    assert reason(refused.value) == "FILE_DIRECTION_MISSING"


def test_an_unknown_site_is_refused_and_nothing_is_kept(office: AttendanceService) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        office.hand_in(ATTLOG, "NOWHERE")
    assert reason(refused.value) == "SITE_NOT_FOUND"
    with office.service.database.read() as connection:
        assert connection.exec_driver_sql("select count(*) from imports").scalar() == 0


def test_a_header_that_only_reading_shows_to_be_wrong_makes_the_import_refused(office: AttendanceService) -> None:
    made = office.imported(b",01/01/2015,99/01/2015\n1,NA,NA\n", "HQ", format=WIDE_IN)

    assert made.state == punches_pb2.IMPORT_STATE_REFUSED
    assert made.refusal.reason == "FILE_HEADER_WRONG"
    assert made.refusal.message.zh
    assert made.progress_percent == 100


def test_watching_an_import_shows_it_from_waiting_to_done(office: AttendanceService) -> None:
    made = office.hand_in(ATTLOG, "HQ")
    stream = office.punches.WatchPunchImport(
        punches_pb2.WatchPunchImportRequest(name=made.name), metadata=office.everything
    )
    first = next(stream)
    office.run_jobs()

    seen = [first, *stream]
    assert seen[0].state == punches_pb2.IMPORT_STATE_WAITING
    assert seen[-1].state == punches_pb2.IMPORT_STATE_DONE


def test_the_file_is_dropped_once_it_is_done_and_its_digest_stays(office: AttendanceService) -> None:
    office.imported(ATTLOG, "HQ")

    with office.service.database.read() as connection:
        assert connection.exec_driver_sql("select count(*) from import_files").scalar() == 0
        assert len(connection.exec_driver_sql("select file_digest from imports").scalar_one()) == 32


def test_others_learn_that_an_import_has_ended(office: AttendanceService) -> None:
    made = office.imported(ATTLOG, "HQ")

    answer = office.feed.ListEvents(feed_pb2.ListEventsRequest(), metadata=office.everything)
    assert [event.punches_imported.name for event in answer.events] == [made.name]


def test_an_import_is_shown_to_who_handed_it_in_and_to_a_reach_over_everybody(office: AttendanceService) -> None:
    made = office.imported(ATTLOG, "HQ")
    stranger = office.caller(Scope.SELF, person="people/00000000-0000-7000-8000-000000000001")

    with pytest.raises(grpc.RpcError) as refused:
        office.punches.GetPunchImport(punches_pb2.GetPunchImportRequest(name=made.name), metadata=stranger)
    assert reason(refused.value) == "PUNCH_IMPORT_NOT_FOUND"


@pytest.mark.clause("SEC-1", "SHT-1")
def test_imports_are_listed_newest_first_to_who_handed_them_in_and_to_a_reach_over_everybody(
    office: AttendanceService,
) -> None:
    other = office.people.unit("other")
    heidi = office.people.person("H-1", other.name, office.people.site("S2").name).name
    head = office.caller(Scope.UNIT, unit=other.name, person=heidi, permissions=ATTENDANCE_PERMISSIONS)
    first = office.imported(ATTLOG, "HQ", file_name="january.dat")
    second = office.imported(ATTLOG, "HQ", file_name="again.dat")
    of_head = punches_pb2.CreatePunchImportRequest(file={"data": ATTLOG}, site="HQ", file_name="own.dat")
    own = office.punches.CreatePunchImport(of_head, metadata=head)

    everything = listed(office)
    assert [(one.name, one.file_name, one.state) for one in everything] == [
        (own.name, "own.dat", punches_pb2.IMPORT_STATE_WAITING),
        (second.name, "again.dat", punches_pb2.IMPORT_STATE_DONE),
        (first.name, "january.dat", punches_pb2.IMPORT_STATE_DONE),
    ]
    assert [(one.read_count, one.taken_count, one.repeated_count) for one in everything[1:]] == [(2, 0, 2), (2, 2, 0)]
    assert everything[2] == office.get_import(first.name)
    assert [one.name for one in listed(office, head)] == [own.name], "what others handed in is not the head's to see"
    waiting = punches_pb2.IMPORT_STATE_WAITING
    assert [one.name for one in listed(office, state=waiting)] == [own.name]
    assert listed(office, head, state=punches_pb2.IMPORT_STATE_DONE) == []

    request = punches_pb2.RevokePunchImportRequest(name=first.name, reason="another site")
    office.punches.RevokePunchImport(request, metadata=office.everything)
    assert [one.revocation.struck_count for one in listed(office)] == [0, 0, 2]


def test_imports_are_listed_in_pages_and_a_state_that_there_is_not_is_refused(office: AttendanceService) -> None:
    made = [office.imported(ATTLOG, "HQ").name for _ in range(3)]
    request = punches_pb2.ListPunchImportsRequest(page_size=2)
    page = office.punches.ListPunchImports(request, metadata=office.everything)
    request.page_token = page.next_page_token
    rest = office.punches.ListPunchImports(request, metadata=office.everything)
    assert [one.name for one in (*page.punch_imports, *rest.punch_imports)] == made[::-1]
    assert rest.next_page_token == ""
    for wrong in ({"state": 99}, {"page_size": -1}, {"page_token": "x"}):
        with pytest.raises(grpc.RpcError) as refused:
            office.punches.ListPunchImports(punches_pb2.ListPunchImportsRequest(**wrong), metadata=office.everything)
        assert reason(refused.value) == ("PAGE_TOKEN_INVALID" if "page_token" in wrong else "FIELD_INVALID")


def listed(office: AttendanceService, caller: Any = None, **more: Any) -> list[punches_pb2.PunchImport]:
    """The imports on a page."""
    request = punches_pb2.ListPunchImportsRequest(**more)
    return list(office.punches.ListPunchImports(request, metadata=caller or office.everything).punch_imports)


@pytest.mark.clause("SEC-1")
def test_lines_of_people_outside_the_reach_of_who_hands_in_are_refused_like_unknown_ones(
    office: AttendanceService,
) -> None:
    people = office.people
    site, other = people.site("S2"), people.unit("other")
    people.person("C-3", other.name, site.name)
    head = office.caller(Scope.UNIT, unit=other.name, permissions=ATTENDANCE_PERMISSIONS)
    content = ATTLOG + b"C-3\t2026-02-02 08:21:00\t1\t0\t1\t0\n"

    made = office.punches.CreatePunchImport(
        punches_pb2.CreatePunchImportRequest(file={"data": content}, site="S2"), metadata=head
    )
    office.run_jobs()

    ended = office.get_import(made.name)
    assert (ended.taken_count, ended.refused_count) == (1, 2)
    assert {why for _, _, why in office.refused_lines(made.name)} == {"PERSON_NOT_FOUND"}
