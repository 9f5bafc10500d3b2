"""The company's days off and days worked hold over the official calendar, and the calendar says so (HRS-3)."""

from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import calendar_pb2, explanations_pb2, feed_pb2, sheets_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.calendar import company_day, kinds, published, shown, withdrawn
from tests.builders.hours import Office, hours_notice, hours_of, hours_office_in, refused
from tests.builders.hours import published as notice_published
from tests.builders.people import reason

PLANNED = ["08:30-12:00", "14:00-18:00"]


BEGUN = {"office": hours_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Office:
    return Office(attendance, *attendance.filled)


@pytest.mark.clause("HRS-3")
@pytest.mark.postgresql15
def test_a_day_that_the_company_gives_off_afterwards_turns_an_absence_into_nothing_and_back(office: Office) -> None:
    attendance = office.attendance
    attendance.imported(b"A-1\t2026-02-02 08:20:00\t0\t1", "HQ", complete_until_date="2026-02-28")
    before = attendance.sheet(office.anna, "2026-02")
    assert [half.verdict for half in before.days[2].halves] == [sheets_pb2.FINDING_ABSENT] * 2

    made = published(attendance, company_day(office.shop, "2026-02-03"))

    after = attendance.sheet(office.anna, "2026-02")
    day = after.days[2]
    assert (day.kind, day.clause, len(day.halves)) == (sheets_pb2.DAY_KIND_HOLIDAY, "HRS-3", 0)
    assert (day.company_day, after.days[3].company_day) == (made.name, "")
    assert after.totals.absent_halves == before.totals.absent_halves - 2
    assert hours_of(office.day(office.bo, 3)) == PLANNED, "of another unit"

    withdrawn(attendance, made.name)
    assert attendance.sheet(office.anna, "2026-02").inputs_digest == before.inputs_digest, "as if it had never been"


@pytest.mark.clause("HRS-3")
def test_a_sunday_that_the_company_works_is_planned_and_a_make_up_day_that_it_gives_off_is_not(office: Office) -> None:
    for worked, day in ((True, "2026-02-01"), (False, "2026-02-28")):
        published(office.attendance, company_day("", day, worked=worked))
    sunday, saturday = office.day(office.anna, 1), office.day(office.anna, 28)
    assert (sunday.kind, hours_of(sunday)) == (sheets_pb2.DAY_KIND_MAKE_UP_WORK, PLANNED)
    assert (saturday.kind, hours_of(saturday)) == (sheets_pb2.DAY_KIND_HOLIDAY, [])


@pytest.mark.clause("HRS-3")
def test_the_nearest_decides_the_site_before_the_unit_before_everybody(office: Office) -> None:
    published(office.attendance, company_day("", "2026-02-03"))
    published(office.attendance, company_day(office.shop, "2026-02-03", worked=True))
    assert [hours_of(office.day(person, 3)) for person in (office.anna, office.bo)] == [PLANNED, []]
    published(office.attendance, company_day(office.site, "2026-02-03"))
    assert [hours_of(office.day(person, 3)) for person in (office.anna, office.cai)] == [[], PLANNED]


@pytest.mark.clause("HRS-3")
@pytest.mark.clause("HRS-6")
def test_a_notice_sets_the_hours_of_a_day_that_the_company_works(office: Office) -> None:
    made = published(office.attendance, company_day("", "2026-02-01", worked=True))
    notice = notice_published(office.attendance, hours_notice("", "2026-02-01", "", "09:00-12:00"))
    day = office.day(office.anna, 1)
    assert (day.company_day, day.hours_notice, hours_of(day)) == (made.name, notice.name, ["09:00-12:00"])


@pytest.mark.clause("HRS-3")
def test_an_explained_day_names_the_companys_day_and_says_it_in_words(office: Office) -> None:
    attendance = office.attendance
    off, worked = (
        published(attendance, company_day("", "2026-02-03")),
        published(attendance, company_day("", "2026-02-08", worked=True)),
    )
    said = [_reason(attendance, f"{office.anna}/days/{day}") for day in ("2026-02-03", "2026-02-08", "2026-02-04")]
    assert [one.company_day for one in said] == [off.name, worked.name, ""]
    assert said[0].explanation.en == "The company gives the day off (HRS-3)."
    assert said[1].explanation.zh == "公司安排当天上班（HRS-3）。"


def _reason(attendance: AttendanceService, name: str) -> explanations_pb2.DayReason:
    request = explanations_pb2.ExplainDayRequest(name=name)
    return attendance.explanations.ExplainDay(request, metadata=attendance.everything).reason


@pytest.mark.clause("HRS-3")
def test_nobody_makes_a_statutory_holiday_a_working_day_but_a_substitute_one(office: Office) -> None:
    attendance = office.attendance
    with pytest.raises(grpc.RpcError) as error:
        published(attendance, company_day(office.shop, "2026-02-18", "2026-02-20", worked=True))
    assert reason(error.value) == "COMPANY_DAY_ON_STATUTORY_HOLIDAY"
    assert "2026-02-18, 2026-02-19;" in error.value.details()
    published(attendance, company_day(office.shop, "2026-02-20", worked=True))
    assert hours_of(office.day(office.anna, 20)) == PLANNED
    late = company_day("", "2031-01-01", worked=True)
    assert refused(published, attendance, late) == "COMPANY_DAY_ON_STATUTORY_HOLIDAY", "the law names it already"
    published(attendance, company_day("", "2026-02-18"))


@pytest.mark.clause("HRS-3")
def test_the_calendar_tells_statutory_from_substitute_days_and_the_companys_over_both(office: Office) -> None:
    attendance = office.attendance
    off = published(attendance, company_day(office.shop, "2026-02-13"))
    published(attendance, company_day("", "2026-02-23", worked=True))

    everybody = shown(attendance, "2026-02-01", "2026-02-28", site="HQ")

    holiday = {15: "substitute", **dict.fromkeys(range(16, 20), "statutory_holiday")}
    bridge = {**dict.fromkeys(range(20, 23), "substitute"), 23: "company_worked"}
    made_up = {14: "make_up_work", 28: "make_up_work"}
    assert (everybody.calendar, kinds(everybody)) == ("CN", {**holiday, **bridge, **made_up})
    assert everybody.calendar_days[22].official_kind == calendar_pb2.CALENDAR_DAY_KIND_SUBSTITUTE
    shop = shown(attendance, "2026-02-13", site=office.site, unit=office.shop)
    assert (kinds(shop), shop.calendar_days[0].company_day) == ({13: "company_off"}, off.name)
    nowhere = shown(attendance, "2026-02-17", unit=office.shop)
    assert (nowhere.calendar, kinds(nowhere)) == ("NONE", {})


@pytest.mark.clause("HRS-3")
def test_of_a_year_that_is_not_announced_the_calendar_shows_what_the_law_fixes_and_says_that_it_may_change(
    office: Office,
) -> None:
    days = shown(office.attendance, "2031-01-01", "2031-01-02", site=office.site).calendar_days
    statutory, ordinary = calendar_pb2.CALENDAR_DAY_KIND_STATUTORY_HOLIDAY, calendar_pb2.CALENDAR_DAY_KIND_ORDINARY
    assert [(day.kind, day.provisional) for day in days] == [(statutory, True), (ordinary, True)]


@pytest.mark.postgresql15
def test_two_about_one_subject_on_one_day_are_refused_with_the_one_in_the_way(office: Office) -> None:
    attendance = office.attendance
    first = published(attendance, company_day(office.shop, "2026-02-03", "2026-02-05"))
    with pytest.raises(grpc.RpcError) as error:
        published(attendance, company_day(office.shop, "2026-02-05", "2026-02-06", worked=True))
    assert reason(error.value) == "COMPANY_DAY_OVERLAPS"
    assert first.name in error.value.details()
    withdrawn(attendance, first.name)
    published(attendance, company_day(office.shop, "2026-02-05", "2026-02-06", worked=True))


def test_a_withdrawn_one_stays_on_record_with_who_when_and_why(office: Office) -> None:
    attendance = office.attendance
    made = published(attendance, company_day(office.site))
    assert refused(withdrawn, attendance, made.name, etag="7") == "COMPANY_DAY_CHANGED"
    assert refused(withdrawn, attendance, made.name, reason=" ") == "FIELD_INVALID"

    taken = withdrawn(attendance, made.name, reason=" the wrong day ", etag=made.etag)

    assert (taken.withdraw_reason, taken.withdrawn_by) == (
        "the wrong day",
        f"people/{attendance.people.administrator}",
    )
    assert refused(withdrawn, attendance, made.name) == "COMPANY_DAY_WITHDRAWN"
    request = calendar_pb2.GetCompanyDayRequest(name=made.name)
    assert attendance.calendar.GetCompanyDay(request, metadata=attendance.everything) == taken
    assert (listed(attendance), listed(attendance, show_withdrawn=True)) == ([], [taken])
    nothing = calendar_pb2.GetCompanyDayRequest(name="companyDays/018f0000-0000-7000-8000-000000000000")
    assert refused(attendance.calendar.GetCompanyDay, nothing, metadata=attendance.everything) == (
        "COMPANY_DAY_NOT_FOUND"
    )


def listed(attendance: AttendanceService, **more: Any) -> list[calendar_pb2.CompanyDay]:
    request = calendar_pb2.ListCompanyDaysRequest(**more)
    return list(attendance.calendar.ListCompanyDays(request, metadata=attendance.everything).company_days)


def test_they_are_listed_newest_first_by_subject_and_day_in_pages(office: Office) -> None:
    attendance = office.attendance
    everybody = published(attendance, company_day("", "2026-02-03", "2026-02-05"))
    site = published(attendance, company_day(office.site, "2026-02-05"))
    assert listed(attendance) == [site, everybody]
    assert listed(attendance, subject="organisation") == [everybody]
    assert listed(attendance, running_on_date="2026-02-04") == [everybody]
    request = calendar_pb2.ListCompanyDaysRequest(page_size=1)
    page = attendance.calendar.ListCompanyDays(request, metadata=attendance.everything)
    request.page_token = page.next_page_token
    rest = attendance.calendar.ListCompanyDays(request, metadata=attendance.everything)
    assert ([*page.company_days], [*rest.company_days]) == ([site], [everybody])


def test_whoever_reaches_a_unit_publishes_for_it_and_below_but_not_for_sites_others_or_everybody(
    office: Office,
) -> None:
    attendance = office.attendance
    within = attendance.caller(Scope.SUBTREE, unit=office.shop)
    made = published(attendance, company_day(office.shop), within)
    assert refused(published, attendance, company_day(""), within) == "PERMISSION_MISSING"
    assert refused(published, attendance, company_day(office.site), within) == "PERMISSION_MISSING"
    assert refused(published, attendance, company_day(office.company), within) == "UNIT_NOT_FOUND"
    above = published(attendance, company_day(office.company))
    assert refused(withdrawn, attendance, above.name, within) == "COMPANY_DAY_NOT_FOUND"
    withdrawn(attendance, made.name, within)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"since": "2026-02-31"}, "company_day.start_date"),
        ({"until": "2026-02-02"}, "company_day.end_date"),
        ({"until": "2026-05-06"}, "company_day.end_date"),
        ({"subject": "people/x"}, "company_day.subject"),
        ({"words": " "}, "company_day.wording.zh"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_with_its_field(office: Office, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(grpc.RpcError) as error:
        published(office.attendance, company_day(**{"since": "2026-02-03", **wrong}))
    assert reason(error.value) == "FIELD_INVALID"
    assert error.value.details().startswith(field), error.value.details()
    assert listed(office.attendance, show_withdrawn=True) == []


def test_a_calendar_is_asked_for_a_year_at_most_of_a_site_and_a_unit_that_there_are(office: Office) -> None:
    attendance = office.attendance
    assert refused(shown, attendance, "2026-01-01", "2027-01-02") == "FIELD_INVALID"
    assert refused(shown, attendance, "2026-01-02", "2026-01-01") == "FIELD_INVALID"
    assert refused(shown, attendance, "2026-01-01", site="MOON") == "SITE_NOT_FOUND"
    nothing = "units/018f0000-0000-7000-8000-000000000000"
    assert refused(shown, attendance, "2026-01-01", unit=nothing) == "UNIT_NOT_FOUND"


def test_publishing_and_withdrawing_are_told_in_the_feed_without_the_reason(office: Office) -> None:
    attendance = office.attendance
    made = published(attendance, company_day(office.site))
    taken = withdrawn(attendance, made.name)
    taken.ClearField("withdraw_reason")
    attendance.service.runner.write_timers()
    while attendance.service.runner.run_one(["feed"]):
        pass
    events = attendance.feed.ListEvents(feed_pb2.ListEventsRequest(page_size=100), metadata=attendance.everything)
    told = [one.company_day_changed for one in events.events if one.HasField("company_day_changed")]
    assert told == [made, taken]
