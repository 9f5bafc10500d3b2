"""Whatever plans days sees hours set by notice: the rota, crews at night, a what-if, the facts of a month (HRS-6)."""

import pytest
from bylaw.attendance.v1 import facts_pb2, facts_pb2_grpc

from tests.builders.attendance import BY_ROTA, AttendanceService, cell
from tests.builders.hours import Office, hours_notice, hours_of, hours_office_in, published, refused
from tests.builders.what_if import WhatIf

BEGUN = {"office": hours_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Office:
    return Office(attendance, *attendance.filled)


@pytest.mark.clause("HRS-6")
def test_a_rota_is_planned_with_the_notices_of_its_days(office: Office) -> None:
    """Six days of rest of which five are granted: the sixth would be worked, unless nobody works on it."""
    attendance = office.attendance
    attendance.assign(office.shop, since="2026-02-01", pattern=BY_ROTA)
    days = [f"2026-02-{day:02}" for day in (3, 5, 7, 10, 12, 25)]
    cells = [cell(office.anna, day, "rest") for day in days]
    assert refused(attendance.publish, office.shop, *cells) == "ROTA_REFUSED"
    published(attendance, hours_notice(office.shop, "2026-02-25"))
    assert attendance.publish(office.shop, *cells).published_count == 6


@pytest.mark.clause("HRS-6")
def test_hours_by_notice_begin_when_the_night_before_is_over_and_end_when_the_next_shift_begins(
    office: Office,
) -> None:
    """A crew works night after night; a notice for everybody names hours that run into both of its nights."""
    attendance = office.attendance
    attendance.assign(
        office.shop, since="2026-02-01", pattern="shiftPatterns/crews@1", is_approved=True, cycle=["night"]
    )
    published(attendance, hours_notice("", "2026-02-04", "", "05:00-12:00", "18:00-02:00"))
    published(attendance, hours_notice(office.company, "2026-02-05", "", "01:00-04:00"))
    days = attendance.sheet(office.anna, "2026-02").days
    assert hours_of(days[2]) == ["22:00-06:00"]
    assert hours_of(days[3]) == ["06:00-12:00", "18:00-01:00"]
    assert hours_of(days[4]) == ["01:00-04:00"]


@pytest.mark.clause("HRS-6")
def test_a_what_if_and_the_facts_of_a_month_see_the_same_days(office: Office) -> None:
    attendance = office.attendance
    published(attendance, hours_notice(office.site, "2026-02-03", "", "09:00-12:00"))
    published(attendance, hours_notice(office.site, "2026-02-04"))

    found = WhatIf(attendance).done(office.shop, "2026-02", sign_in_lead_minutes=10)
    request = facts_pb2.ListMonthFactsRequest(parent=office.shop, month="2026-02")
    facts = facts_pb2_grpc.FactsStub(attendance.channel).ListMonthFacts(request, metadata=attendance.everything)

    sheets = [attendance.sheet(person, "2026-02").totals for person in (office.anna, office.cai)]
    assert sheets[0].planned_halves == sheets[1].planned_halves - 3
    planned = sum(one.planned_halves for one in sheets)
    assert found.before.totals.planned_halves == found.after.totals.planned_halves == planned
    (stretch,) = facts.month_facts[0].stretches
    days = {day.work_date: day for day in facts.calendars[stretch.calendar].days}
    told = [
        (day, [(span.start_minutes, span.end_minutes) for span in days[day].hours.spans])
        for day in sorted(days)
        if days[day].HasField("hours")
    ]
    assert told == [("2026-02-03", [(540, 720)]), ("2026-02-04", [])]
    assert days["2026-02-04"].hours.clause == "HRS-6"
