"""An import is taken back: its punches count no more, its clocks are not waited for, and what is right comes again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2, punches_pb2, sheets_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import ATTENDANCE_PERMISSIONS
from tests.builders.closing import FEBRUARY, Months, months_of
from tests.builders.corrections import refusal
from tests.databases import Databases

pytestmark = pytest.mark.clause("ATT-1")
MONDAY, MARCH_DAY = "2026-02-02", "2026-03-03"
DAILY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
TIMES = ("08:21:00", "12:01:00", "13:50:00", "18:01:00")
ABSENT, ON_TIME, PENDING = sheets_pb2.FINDING_ABSENT, sheets_pb2.FINDING_ON_TIME, sheets_pb2.FINDING_PENDING


def lines(day: str, *numbers: str) -> bytes:
    return "".join(f"{number}\t{day} {time}\t1\t0\t1\t0\n" for number in numbers for time in TIMES).encode()


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    """The shop at HQ; SH is another site, two hours ahead of it."""
    with months_of(postgres) as made:
        made.shop.attendance.people.site("SH", "Asia/Vladivostok", "CN")
        made.shop.attendance.follow_people()
        yield made


def verdicts(months: Months, day: str) -> list[int]:
    sheet = months.shop.attendance.sheet(months.shop.anna, day[:7])
    return [half.verdict for one in sheet.days if one.work_date == day for half in one.halves]


def clocks(months: Months) -> list[str]:
    attendance = months.shop.attendance
    request = punches_pb2.ListClocksRequest()
    return [one.device for one in attendance.punches.ListClocks(request, metadata=attendance.everything).clocks]


@pytest.mark.clause("ATT-4")
def test_what_was_imported_for_the_wrong_site_is_taken_back_and_comes_again_for_the_right_one(months: Months) -> None:
    attendance, file = months.shop.attendance, lines(MONDAY, "A-1", "B-1")
    wrong = attendance.imported(file, "SH")
    assert (wrong.taken_count, verdicts(months, MONDAY)) == (8, [ABSENT, ABSENT])
    assert (wrong.warning.field, wrong.warning.reason) == ("site", "PUNCH_IMPORT_OTHER_SITE")
    assert "said, SH; 2 of them belong to HQ" in wrong.warning.message.en

    taken_back = attendance.revoke(wrong.name, "it was the file of HQ")

    found = taken_back.revocation
    assert (found.struck_count, found.remaining_count, list(found.remaining)) == (8, 0, [])
    assert (found.reason, found.revoke_time.ToSeconds()) == (
        "it was the file of HQ",
        int(attendance.clock().timestamp()),
    )
    assert attendance.get_import(wrong.name) == taken_back
    assert clocks(months) == [""]
    assert all(one.HasField("strike_time") for one in months.shop.punches())
    assert {one.punch_import for one in months.shop.punches()} == {wrong.name}

    right = attendance.imported(file, "HQ", complete_until_date="2026-03-05")
    assert (right.taken_count, right.repeated_count) == (8, 0)
    assert not right.HasField("warning")
    assert verdicts(months, MONDAY) == [ON_TIME, ON_TIME]


def test_in_one_time_zone_too_the_same_punches_come_again_once_and_read_as_they_were_sent(months: Months) -> None:
    attendance, file = months.shop.attendance, lines(MONDAY, "A-1")
    attendance.people.site("SZ")
    attendance.follow_people()
    for _ in range(2):
        attendance.revoke(attendance.imported(file, "SZ").name)
        assert verdicts(months, MONDAY) == [ABSENT, ABSENT]

    right, again = attendance.imported(file, "HQ"), attendance.imported(file, "HQ")

    assert (right.taken_count, again.taken_count, again.repeated_count) == (4, 0, 4)
    assert verdicts(months, MONDAY) == [ON_TIME, ON_TIME]
    found = months.shop.punches()
    assert sum(not one.HasField("strike_time") for one in found) == 4
    assert {one.status for one in found} == {found[0].status}


def test_thousands_of_punches_come_again_as_a_few_do(months: Months) -> None:
    attendance = months.shop.attendance
    file = "".join(
        f"A-1\t2026-02-{day:02} {hour:02}:{minute:02}:00\t1\t0\t1\t0\n"
        for day in range(1, 29)
        for hour in range(8, 18)
        for minute in range(0, 60, 20)
    ).encode()
    wrong = attendance.imported(file, "SH")
    assert attendance.revoke(wrong.name).revocation.struck_count == 840
    attendance.revoke(attendance.imported(file, "HQ").name)
    assert (attendance.imported(file, "HQ").taken_count, attendance.imported(file, "HQ").repeated_count) == (840, 840)


def test_a_punch_that_is_sent_alone_comes_again_too_and_is_answered_as_the_one_that_counts(months: Months) -> None:
    attendance = months.shop.attendance
    attendance.revoke(attendance.imported(lines(MONDAY, "A-1"), "HQ").name)
    sent = months.shop.punches()[0]
    again = attendance.punch(months.shop.anna, sent.local_time, status=sent.status, device=sent.device)

    assert (again.status, again.punch_import, again.HasField("strike_time")) == (sent.status, "", False)
    assert again.name != sent.name
    assert attendance.punch(months.shop.anna, sent.local_time, status=sent.status, device=sent.device) == again


def test_a_file_that_found_the_punches_on_record_meanwhile_is_named_to_be_handed_in_again(months: Months) -> None:
    attendance, file = months.shop.attendance, lines(MONDAY, "A-1")
    wrong, meanwhile = attendance.imported(file, "HQ"), attendance.imported(file, "HQ")

    assert list(attendance.revoke(wrong.name).revocation.hand_in_again) == [meanwhile.name]


@pytest.mark.clause("SHT-3")
def test_punches_of_closed_months_remain_and_are_named_and_those_of_open_ones_are_struck(months: Months) -> None:
    attendance = months.shop.attendance
    made = attendance.imported(lines(MONDAY, "A-1", "B-1") + lines(MARCH_DAY, "A-1"), "HQ")
    months.finish()
    before = attendance.sheet(months.shop.anna, FEBRUARY)

    found = attendance.revoke(made.name).revocation

    assert (found.struck_count, found.remaining_count) == (4, 8)
    told = [(one.employee_number, one.sheet, one.punch_count) for one in found.remaining]
    assert told == [
        ("A-1", f"{months.shop.anna}/sheets/{FEBRUARY}", 4),
        ("B-1", f"{months.shop.ben}/sheets/{FEBRUARY}", 4),
    ]
    assert attendance.sheet(months.shop.anna, FEBRUARY) == before
    assert verdicts(months, MARCH_DAY) == [ABSENT, ABSENT]


@pytest.mark.clause("SHT-3")
def test_a_night_that_a_closed_month_was_judged_from_remains_though_it_ends_in_the_open_one(months: Months) -> None:
    attendance = months.shop.attendance
    attendance.assign(months.shop.anna, since="2026-02-01", segments=[{"hours": "22:00-06:00"}], working_days=DAILY)
    night = b"A-1\t2026-02-28 21:55:00\t1\t0\t1\t0\nA-1\t2026-03-01 06:02:00\t1\t0\t1\t0\n"
    made = attendance.imported(night + b"A-1\t2026-03-01 21:50:00\t1\t0\t1\t0\n", "HQ")
    months.shop.clocks_have_reported()
    months.finish()

    found = attendance.revoke(made.name).revocation

    assert (found.struck_count, found.remaining_count) == (1, 2)


@pytest.mark.clause("SHT-3")
def test_an_import_of_closed_months_alone_is_refused_naming_whose_sheets_are_to_be_corrected(months: Months) -> None:
    attendance = months.shop.attendance
    made = attendance.imported(lines(MONDAY, "A-1"), "HQ", complete_until_date="2026-03-05")
    months.finish()

    told = refusal(attendance.revoke, made.name)

    assert (told.reason, told.variables["sheets_en"]) == ("PUNCH_IMPORT_CLOSED", "A-1 2026-02")
    assert not attendance.get_import(made.name).HasField("revocation")


@pytest.mark.clause("ATT-4")
def test_a_clock_that_another_import_or_somebody_else_reported_for_stays_and_stands_as_without_it(
    months: Months,
) -> None:
    attendance = months.shop.attendance
    kept = attendance.imported(lines(MONDAY, "A-1"), "HQ")
    wrong = attendance.imported(lines(MARCH_DAY, "A-1"), "HQ", complete_until_date="2026-03-04")
    attendance.revoke(wrong.name)

    listed = attendance.punches.ListClocks(punches_pb2.ListClocksRequest(), metadata=attendance.everything).clocks
    assert [(one.device, one.report_time.ToJsonString()[:10]) for one in listed if one.device] == [("1", MONDAY)]
    attendance.revoke(kept.name)
    assert clocks(months) == [""]


def test_taken_back_twice_it_answers_as_the_first_time_and_is_told_once(months: Months) -> None:
    attendance = months.shop.attendance
    made = attendance.imported(lines(MONDAY, "A-1"), "HQ")
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda reason: attendance.revoke(made.name, reason), ["one", "other"])

    assert first == second
    events = attendance.feed.ListEvents(
        feed_pb2.ListEventsRequest(page_size=1000), metadata=attendance.everything
    ).events
    (told,) = [one.punch_import_revoked for one in events if one.HasField("punch_import_revoked")]
    assert (told.name, told.revocation.struck_count, told.revocation.reason) == (made.name, 4, "")


def test_an_import_that_has_not_ended_waits_and_one_without_a_reason_or_of_a_stranger_is_refused(
    months: Months,
) -> None:
    attendance = months.shop.attendance
    waiting = attendance.hand_in(lines(MONDAY, "A-1"), "HQ")
    assert refusal(attendance.revoke, waiting.name).reason == "PUNCH_IMPORT_RUNNING"
    attendance.run_jobs()

    assert refusal(attendance.revoke, waiting.name, " ").reason == "FIELD_INVALID"
    stranger = attendance.caller(Scope.SUBTREE, unit=months.shop.shop, person=months.shop.heidi)
    assert refusal(attendance.revoke, waiting.name, caller=stranger).reason == "PUNCH_IMPORT_NOT_FOUND"
    assert not attendance.get_import(waiting.name).HasField("revocation")


def test_who_may_import_alone_may_not_take_back(months: Months) -> None:
    attendance = months.shop.attendance
    made = attendance.imported(lines(MONDAY, "A-1"), "HQ")
    importing = attendance.caller(
        Scope.COMPANY, permissions=ATTENDANCE_PERMISSIONS - {"attendance.punches.revoke"}, person=months.shop.heidi
    )
    with pytest.raises(grpc.RpcError):
        attendance.revoke(made.name, caller=importing)
    assert verdicts(months, MONDAY) == [ON_TIME, ON_TIME]
