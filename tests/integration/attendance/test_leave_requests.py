"""Leave as it is lived: previewed, asked for, decided by the department, taken from the balance, seen on the sheet."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import leave_pb2 as leave
from bylaw.attendance.v1 import sheets_pb2

from tests.builders.leave import (
    AGREED,
    CANCELLED,
    FIRST_HALF,
    NO,
    REFUSED,
    SECOND_HALF,
    WAITING,
    WITHDRAWN,
    LeaveOffice,
    leave_office,
    refusal,
)
from tests.databases import Databases

TUESDAY, WEDNESDAY = "2026-03-10", "2026-03-11"


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres) as made:
        yield made


@pytest.mark.postgresql15
@pytest.mark.clause("LVE-1", "LVE-2")
def test_agreed_leave_is_taken_from_the_balance_and_nobody_has_to_be_there(office: LeaveOffice) -> None:
    assert office.balances() == {"annual": "5", "floating": "1", "lieu": "0"}
    preview = office.preview("annual", TUESDAY, WEDNESDAY)
    assert (preview.left, list(preview.objections), preview.leave_request.name) == ("3", [], "")

    asked = office.ask("annual", TUESDAY, WEDNESDAY)
    assert (asked.state, asked.total_days, asked.total_minutes) == (WAITING, "2", 900)
    assert list(asked.approval_steps) == ["unit-head"]
    assert office.balances(WEDNESDAY)["annual"] == "5", "what waits is not taken"
    (annual, *_) = office.shown_balances(WEDNESDAY)
    assert annual.waiting == "2"
    assert len(office.day(TUESDAY).halves) == 2

    office.answer(asked)
    office.learn()

    agreed = office.get(asked.name)
    assert (agreed.state, agreed.changed_by) == (AGREED, office.heidi)
    assert office.balances(WEDNESDAY)["annual"] == "3"
    day = office.day(TUESDAY)
    assert (day.kind, list(day.halves)) == (sheets_pb2.DAY_KIND_WORK, [])
    (part,) = day.leave
    assert (part.leave_request, part.part, part.minutes) == (asked.name, leave.LEAVE_PART_DAY, 450)
    assert (part.title.zh, part.clause, part.counts_as_worked) == ("年假", "LVE-1", False)
    sheet = office.attendance.sheet(office.anna, "2026-03")
    assert (sheet.totals.excused_minutes, sheet.totals.outside_minutes) == (900, 0)
    assert office.attendance.sheet(office.ben, "2026-03").totals.excused_minutes == 0


@pytest.mark.clause("LVE-1")
def test_leave_of_a_far_year_is_refused_and_no_grants_of_the_years_between_are_recorded(office: LeaveOffice) -> None:
    for ask in (office.preview, office.ask):
        told = refusal(ask, "annual", "2099-12-09")
        assert (told.reason, told.violations[0].field) == ("FIELD_INVALID", "end_date")
    assert [one for one in office.entries() if one.date > "2030"] == []


@pytest.mark.clause("LVE-1")
def test_half_a_day_is_that_halfs_minutes_and_two_halves_go_together(office: LeaveOffice) -> None:
    morning = office.agreed("annual", TUESDAY, end_half=FIRST_HALF)
    assert (morning.total_days, morning.total_minutes) == ("0.5", 210)
    (half,) = office.day(TUESDAY).halves
    assert half.start_time == f"{TUESDAY} 14:00"

    told = refusal(office.ask, "personal", TUESDAY, end_half=FIRST_HALF)
    assert (told.reason, [one.reason for one in told.violations]) == ("LEAVE_NOT_ADMITTED", ["LEAVE_OVERLAPS"])
    afternoon = office.agreed("annual", TUESDAY, start_half=SECOND_HALF)
    assert (afternoon.total_days, afternoon.total_minutes) == ("0.5", 240)
    assert list(office.day(TUESDAY).halves) == []
    assert office.balances(TUESDAY)["annual"] == "4"


@pytest.mark.clause("LVE-1")
def test_half_a_day_on_a_day_of_rest_takes_nothing_and_is_not_asked_for(office: LeaveOffice) -> None:
    preview = office.preview("annual", "2026-03-15", end_half=FIRST_HALF)
    assert [day.days for day in preview.leave_request.days] == ["0"]
    assert "LEAVE_TAKES_NOTHING" in [one.reason for one in preview.objections]
    over = office.agreed("annual", "2026-03-14", "2026-03-16")
    assert [(day.work_date, day.days) for day in over.days] == [
        ("2026-03-14", "1"),
        ("2026-03-15", "0"),
        ("2026-03-16", "1"),
    ]


@pytest.mark.clause("LVE-1")
def test_hours_are_asked_for_where_the_kind_allows_and_the_edge_in_the_middle_asks_for_no_card(
    office: LeaveOffice,
) -> None:
    office.agreed("personal", TUESDAY, start_time="09:30", end_time="11:00")
    halves = office.day(TUESDAY).halves
    assert [half.start_time[11:] for half in halves] == ["08:30", "11:00", "14:00"]
    assert [len(half.card_points) for half in halves] == [1, 1, 2]
    told = refusal(office.ask, "annual", TUESDAY, start_time="14:00", end_time="15:00")
    assert "LEAVE_UNIT" in [one.reason for one in told.violations]


@pytest.mark.clause("LVE-3")
def test_a_trip_and_duty_outside_count_as_worked_and_take_no_balance(office: LeaveOffice) -> None:
    trip = office.agreed("trip", TUESDAY, WEDNESDAY)
    outside = office.agreed("outside-duty", "2026-03-12", start_time="14:00", end_time="16:00")

    assert (trip.counts_as_worked, trip.clause, trip.policy, trip.balance) == (True, "LVE-3", "", "")
    assert outside.total_minutes == 120
    totals = office.attendance.sheet(office.anna, "2026-03").totals
    assert (totals.outside_minutes, totals.excused_minutes) == (1020, 0)
    assert office.entries("annual")[0].leave_request == ""
    explained = office.attendance.explained(office.anna, TUESDAY).reason
    assert list(explained.leave_requests) == [trip.name]
    assert "出差，全天，计为出勤（LVE-3）" in explained.explanation.zh
    assert "Business trip, the whole day: it counts as worked (LVE-3)" in explained.explanation.en


@pytest.mark.clause("LVE-2")
def test_longer_leave_goes_to_the_next_head_up_as_well(office: LeaveOffice) -> None:
    asked = office.ask("annual", TUESDAY, "2026-03-13")
    assert list(asked.approval_steps) == ["unit-head", "head-above"]
    office.answer(asked)
    office.learn()
    assert office.get(asked.name).state == WAITING
    office.answer(asked, who=office.dora)
    office.learn()
    assert office.get(asked.name).state == AGREED


@pytest.mark.clause("LVE-2", "DEC-2")
def test_what_is_refused_takes_nothing_and_frees_its_days(office: LeaveOffice) -> None:
    asked = office.ask("annual", TUESDAY)
    office.answer(asked, NO, text="the fair is on")
    office.learn()
    assert office.get(asked.name).state == REFUSED
    assert office.balances(TUESDAY)["annual"] == "5"
    assert len(office.day(TUESDAY).halves) == 2
    assert office.ask("annual", TUESDAY).state == WAITING


@pytest.mark.clause("LVE-1")
def test_what_is_taken_back_while_it_waits_is_taken_back_in_people_too(office: LeaveOffice) -> None:
    asked = office.ask("annual", TUESDAY)
    withdrawn = office.cancel(asked.name, text="plans changed")
    assert (withdrawn.state, withdrawn.changed_by, withdrawn.change_text) == (WITHDRAWN, office.anna, "plans changed")
    told = refusal(office.answer, asked)
    assert told.reason == "DECISION_STEP_DONE"
    office.learn()
    assert office.get(asked.name) == withdrawn
    assert refusal(office.cancel, asked.name).reason == "LEAVE_REQUEST_OVER"


@pytest.mark.clause("LVE-1")
def test_what_is_cancelled_or_shortened_is_given_back_and_judged_as_if_it_had_never_been(office: LeaveOffice) -> None:
    before = office.attendance.sheet(office.anna, "2026-03").inputs_digest
    agreed = office.agreed("annual", TUESDAY, "2026-03-12")
    assert office.balances("2026-03-12")["annual"] == "2"

    shorter = office.shorten(agreed.name, TUESDAY, etag=agreed.etag)
    assert (shorter.state, shorter.total_days) == (AGREED, "1")
    assert [day.given_back for day in shorter.days] == [False, True, True]
    assert office.balances("2026-03-12")["annual"] == "4"
    assert len(office.day(WEDNESDAY).halves) == 2
    assert refusal(office.cancel, agreed.name, etag=agreed.etag).reason == "LEAVE_REQUEST_CHANGED"

    cancelled = office.cancel(agreed.name)
    assert (cancelled.state, cancelled.total_days) == (CANCELLED, "0")
    assert office.balances("2026-03-12")["annual"] == "5"
    assert office.attendance.sheet(office.anna, "2026-03").inputs_digest == before
    assert [entry.kind for entry in office.entries("annual")[:6]].count(leave.LEAVE_ENTRY_KIND_GIVE_BACK) == 3


@pytest.mark.clause("LVE-2", "ORG-3")
def test_days_gone_by_are_given_back_by_the_head_alone_and_nobody_does_so_for_themselves(office: LeaveOffice) -> None:
    agreed = office.agreed("sick", "2026-03-02", "2026-03-04", evidence="the clinic's paper")
    office.attendance.clock.pass_time(days=1)
    told = refusal(office.cancel, agreed.name)
    assert (told.reason, told.variables["day"]) == ("LEAVE_DAYS_PAST", "2026-03-02")
    assert refusal(office.give_back, agreed.name, caller=office.oneself(office.anna)).reason == "LEAVE_OWN"
    assert refusal(office.give_back, agreed.name, text="").reason == "FIELD_INVALID"
    assert office.give_back(agreed.name, "2026-03-04").total_days == "2"
    assert office.give_back(agreed.name).state == CANCELLED


@pytest.mark.clause("SEC-1")
def test_a_request_is_shown_to_whose_reach_holds_the_person_and_to_nobody_else(office: LeaveOffice) -> None:
    anna, cleo = office.ask("annual", TUESDAY), office.ask("trip", TUESDAY, person=office.cleo)
    assert office.names() == [anna.name]
    assert office.names(office.attendance.everything) == [cleo.name, anna.name]
    assert office.names(office.attendance.everything, state=AGREED) == []
    assert office.names(office.attendance.everything, start_date=WEDNESDAY) == []
    assert office.names(office.attendance.everything, parent=office.store) == [cleo.name]
    assert refusal(office.get, cleo.name).reason == "LEAVE_REQUEST_NOT_FOUND"
    assert refusal(office.cancel, cleo.name).reason == "LEAVE_REQUEST_NOT_FOUND"
    assert refusal(office.give_back, cleo.name).reason == "LEAVE_REQUEST_NOT_FOUND"
    for call, more in ((office.cancel, ()), (office.shorten, (TUESDAY,))):
        told = refusal(call, anna.name, *more, office.head)
        assert (told.reason, told.variables["person"]) == ("LEAVE_REQUEST_NOT_OWN", "A-1"), "the head sees it"
    assert office.get(anna.name, office.oneself(office.anna)) == anna


@pytest.mark.clause("SEC-1")
def test_the_feed_tells_whose_and_which_days_and_neither_kind_nor_why(office: LeaveOffice) -> None:
    asked = office.agreed("sick", TUESDAY, reason="a broken leg", evidence="an X-ray")
    told = office.told()
    assert [(one.name, one.person, one.start_date, one.state) for one in told] == [
        (asked.name, office.anna, TUESDAY, WAITING),
        (asked.name, office.anna, TUESDAY, AGREED),
    ]
    assert not any(word in str(one) for one in told for word in ("leg", "sick"))
