"""Written notices change working hours for a site, a unit or everybody; days under one are judged by it (HRS-6)."""

from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2, hours_pb2, sheets_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.closing import Months
from tests.builders.hours import (
    BUSINESS,
    DISASTER,
    Office,
    hours_notice,
    hours_of,
    hours_office_in,
    published,
    refused,
    withdrawn,
)
from tests.builders.people import reason

FULL_DAY = ("08:20", "12:01", "13:50", "18:01")


BEGUN = {"office": hours_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Office:
    return Office(attendance, *attendance.filled)


PLANNED = ["08:30-12:00", "14:00-18:00"]


@pytest.mark.clause("HRS-6")
@pytest.mark.postgresql15
def test_a_notice_after_a_power_cut_turns_an_absence_into_a_day_on_which_nothing_is_asked(office: Office) -> None:
    attendance = office.attendance
    lines = "\n".join(f"A-1\t2026-02-02 {time}:00\t0\t1" for time in FULL_DAY).encode()
    attendance.imported(lines, "HQ", complete_until_date="2026-02-28")
    before = attendance.sheet(office.anna, "2026-02")
    assert [half.verdict for half in before.days[2].halves] == [sheets_pb2.FINDING_ABSENT] * 2

    notice = published(attendance, hours_notice(office.site, "2026-02-03"))

    after = attendance.sheet(office.anna, "2026-02")
    day = after.days[2]
    assert (day.kind, day.clause, len(day.halves)) == (sheets_pb2.DAY_KIND_REST, "HRS-6", 0)
    assert (day.hours_notice, after.days[1].hours_notice) == (notice.name, "")
    assert after.totals.absent_halves == before.totals.absent_halves - 2
    assert after.inputs_digest != before.inputs_digest


@pytest.mark.clause("HRS-6")
def test_hours_worked_instead_are_judged_by_the_same_ladder(office: Office) -> None:
    notice = published(office.attendance, hours_notice("", "2026-02-03", "2026-02-04", "09:00-12:00", "20:00-02:00"))
    office.attendance.punch(office.anna, "2026-02-03 09:05:00")

    day = office.day(office.anna, 3)

    assert hours_of(day) == ["09:00-12:00", "20:00-02:00"]
    card = day.halves[0].card_points[0]
    assert (card.due_time, card.finding, card.minutes) == ("2026-02-03 08:55", sheets_pb2.FINDING_LATE, 10)
    assert (day.clause, day.hours_notice) == ("HRS-6", notice.name)
    assert hours_of(office.day(office.anna, 4)) == hours_of(day)
    assert hours_of(office.day(office.anna, 5)) == PLANNED


@pytest.mark.clause("HRS-6")
def test_the_nearest_notice_decides_the_site_before_the_unit_before_the_company_before_everybody(
    office: Office,
) -> None:
    for subject, worked in (("", "10:00-11:00"), (office.company, "10:00-12:00"), (office.shop, "10:00-13:00")):
        published(office.attendance, hours_notice(subject, "2026-02-03", "", worked))
    assert hours_of(office.day(office.anna, 3)) == hours_of(office.day(office.cai, 3)) == ["10:00-13:00"]
    assert hours_of(office.day(office.bo, 3)) == ["10:00-12:00"]

    published(office.attendance, hours_notice(office.site, "2026-02-03", "", "10:00-14:00"))

    assert hours_of(office.day(office.anna, 3)) == hours_of(office.day(office.bo, 3)) == ["10:00-14:00"]
    assert hours_of(office.day(office.cai, 3)) == ["10:00-13:00"]


@pytest.mark.clause("HRS-6")
def test_a_day_of_rest_stays_one_and_is_not_said_to_be_by_notice(office: Office) -> None:
    published(office.attendance, hours_notice("", "2026-02-01", "", "09:00-12:00"))
    day = office.day(office.anna, 1)
    assert (len(day.halves), day.clause, day.hours_notice) == (0, "HRS-1", "")


@pytest.mark.clause("HRS-6")
def test_business_need_is_announced_before_the_day_begins_at_its_sites_and_a_failure_may_be_told_afterwards(
    office: Office,
) -> None:
    attendance = office.attendance
    today, tomorrow = "2026-03-02", "2026-03-03"
    assert attendance.clock().isoformat() == f"{today}T04:00:00+00:00", "noon in Shanghai"
    for subject in ("", office.site, office.shop):
        late = hours_notice(subject, today, cause=BUSINESS)
        assert refused(published, attendance, late) == "HOURS_NOTICE_TOO_LATE"
        published(attendance, hours_notice(subject, tomorrow, cause=BUSINESS))
    published(attendance, hours_notice("", today, cause=DISASTER))
    attendance.people.site("TOKYO", "Asia/Tokyo")
    studio = attendance.people.unit("studio").name
    attendance.people.person("S-1", studio, office.site)
    attendance.follow_people()
    attendance.clock.pass_time(hours=11, minutes=30)  # half past midnight in Tokyo, before it in Shanghai
    late = hours_notice("", tomorrow, cause=BUSINESS)
    assert refused(published, attendance, late) == "HOURS_NOTICE_TOO_LATE", "it has begun in Tokyo"
    published(attendance, hours_notice(studio, tomorrow, cause=BUSINESS))


@pytest.mark.clause("HRS-6")
@pytest.mark.postgresql15
def test_two_notices_about_one_subject_on_one_day_are_refused_with_the_one_in_the_way(office: Office) -> None:
    attendance = office.attendance
    first = published(attendance, hours_notice(office.shop, "2026-02-03", "2026-02-05"))
    with pytest.raises(grpc.RpcError) as error:
        published(attendance, hours_notice(office.shop, "2026-02-05", "2026-02-06"))
    assert reason(error.value) == "HOURS_NOTICE_OVERLAPS"
    assert first.name in error.value.details()
    withdrawn(attendance, first.name)
    published(attendance, hours_notice(office.shop, "2026-02-05", "2026-02-06"))


@pytest.mark.clause("HRS-6", "PLN-2")
def test_those_whose_days_a_notice_changes_are_told_and_told_again_when_it_is_withdrawn(office: Office) -> None:
    attendance = office.attendance
    months = Months(office)  # type: ignore[arg-type]

    def told(person: str) -> list[tuple[str, str]]:
        return [(one.about, one.title.en) for one in months.notices(person)]

    shop = published(attendance, hours_notice(office.shop, "2026-02-05", "2026-02-06", "09:00-12:00", words="no power"))
    title = "Working hours change: 2026-02-05 – 2026-02-06"
    assert told(office.anna) == told(office.cai) == [(shop.name, title)]
    assert told(office.bo) == []
    (notice,) = months.notices(office.anna)
    assert "Because of a power failure" in notice.body.en
    assert "调整为：09:00-12:00。通知原文：no power" in notice.body.zh
    site = published(attendance, hours_notice(office.site, "2026-02-09", words="no water"))
    assert told(office.bo) == [(site.name, "Working hours change: 2026-02-09")]
    assert len(told(office.anna)) == 2
    assert len(told(office.cai)) == 1, "Cai is at the store"
    withdrawn(attendance, shop.name)
    assert told(office.cai)[0] == (shop.name, "The change of working hours is withdrawn: 2026-02-05 – 2026-02-06")


@pytest.mark.clause("HRS-6")
def test_a_withdrawn_notice_counts_on_none_of_its_days_and_stays_on_record(office: Office) -> None:
    attendance = office.attendance
    attendance.sheet(office.anna, "2026-02")
    judged = attendance.sheet(office.anna, "2026-02").inputs_digest
    notice = published(attendance, hours_notice(office.site))
    assert refused(withdrawn, attendance, notice.name, etag="7") == "HOURS_NOTICE_CHANGED"
    assert refused(withdrawn, attendance, notice.name, reason=" ") == "FIELD_INVALID"

    taken = withdrawn(attendance, notice.name, reason=" the wrong day ", etag=notice.etag)

    assert (taken.withdraw_reason, taken.withdrawn_by) == (
        "the wrong day",
        f"people/{attendance.people.administrator}",
    )
    assert taken.withdraw_time.ToDatetime() == attendance.clock().replace(tzinfo=None)
    assert refused(withdrawn, attendance, notice.name) == "HOURS_NOTICE_WITHDRAWN"
    request = hours_pb2.GetHoursNoticeRequest(name=notice.name)
    assert attendance.hours.GetHoursNotice(request, metadata=attendance.everything) == taken
    assert listed(attendance) == []
    assert listed(attendance, show_withdrawn=True) == [taken]
    assert attendance.sheet(office.anna, "2026-02").inputs_digest == judged, "as if it had never been"
    assert hours_of(office.day(office.anna, 3)) == PLANNED


def listed(attendance: AttendanceService, **more: Any) -> list[hours_pb2.HoursNotice]:
    request = hours_pb2.ListHoursNoticesRequest(**more)
    return list(attendance.hours.ListHoursNotices(request, metadata=attendance.everything).hours_notices)


def test_notices_are_listed_newest_first_by_subject_and_day_in_pages(office: Office) -> None:
    attendance = office.attendance
    everybody = published(attendance, hours_notice("", "2026-02-03", "2026-02-05"))
    site = published(attendance, hours_notice(office.site, "2026-02-05"))
    shop = published(attendance, hours_notice(office.shop, "2026-02-06"))

    assert listed(attendance) == [shop, site, everybody]
    assert listed(attendance, subject=office.site) == [site]
    assert listed(attendance, subject="organisation") == [everybody]
    assert listed(attendance, running_on_date="2026-02-05") == [site, everybody]
    request = hours_pb2.ListHoursNoticesRequest(page_size=2)
    page = attendance.hours.ListHoursNotices(request, metadata=attendance.everything)
    request.page_token = page.next_page_token
    rest = attendance.hours.ListHoursNotices(request, metadata=attendance.everything)
    assert ([*page.hours_notices], [*rest.hours_notices]) == ([shop, site], [everybody])


def test_who_heads_a_unit_publishes_for_it_and_below_but_not_for_sites_others_or_everybody(office: Office) -> None:
    attendance = office.attendance
    head = attendance.caller(Scope.SUBTREE, unit=office.shop)
    made = published(attendance, hours_notice(office.shop), head)
    assert refused(published, attendance, hours_notice(""), head) == "PERMISSION_MISSING"
    assert refused(published, attendance, hours_notice(office.site), head) == "PERMISSION_MISSING"
    assert refused(published, attendance, hours_notice(office.company), head) == "UNIT_NOT_FOUND"
    above = published(attendance, hours_notice(office.company))
    assert refused(withdrawn, attendance, above.name, head) == "HOURS_NOTICE_NOT_FOUND"
    withdrawn(attendance, made.name, head)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": "2026-02-02"}, "hours_notice.end_date"),
        ({"until": "2026-05-06"}, "hours_notice.end_date"),
        ({"subject": "people/x"}, "hours_notice.subject"),
        ({"cause": 0}, "hours_notice.cause"),
        ({"cause": 77}, "hours_notice.cause"),
        ({"words": " "}, "hours_notice.wording.zh"),
        ({"words": "x" * 501}, "hours_notice.wording.zh"),
        ({"worked": ("9:00-12:00",)}, "hours_notice.hours[0]"),
        ({"worked": ("09:00-12:00", "12:00-13:00")}, "hours_notice.hours"),
        ({"worked": ("09:00-08:00",)}, "hours_notice.hours"),
        ({"worked": ("09:00-10:00",) * 9}, "hours_notice.hours"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_with_its_field(office: Office, wrong: dict[str, Any], field: str) -> None:
    given = {"subject": "", "since": "2026-02-03", "until": "", "worked": (), **wrong}
    worked = given.pop("worked")
    notice = hours_notice(given.pop("subject"), given.pop("since"), given.pop("until"), *worked, **given)
    with pytest.raises(grpc.RpcError) as error:
        published(office.attendance, notice)
    assert reason(error.value) == "FIELD_INVALID"
    assert error.value.details().startswith(field), error.value.details()
    assert listed(office.attendance, show_withdrawn=True) == []


def test_a_day_off_and_other_hours_exclude_each_other(office: Office) -> None:
    both, neither = hours_notice("", "2026-02-03", "", "09:00-12:00"), hours_notice()
    both.day_off, neither.day_off = True, False
    assert refused(published, office.attendance, both) == refused(published, office.attendance, neither)
    assert refused(published, office.attendance, both) == "FIELD_INVALID"


def test_publishing_and_withdrawing_are_told_in_the_feed_without_the_reason(office: Office) -> None:
    attendance = office.attendance
    notice = published(attendance, hours_notice(office.site))
    taken = withdrawn(attendance, notice.name)
    taken.ClearField("withdraw_reason")
    attendance.service.runner.write_timers()
    while attendance.service.runner.run_one(["feed"]):
        pass
    events = attendance.feed.ListEvents(feed_pb2.ListEventsRequest(page_size=100), metadata=attendance.everything)
    told = [one.hours_notice_changed for one in events.events if one.HasField("hours_notice_changed")]
    assert told == [notice, taken]


def test_a_notice_at_the_months_edge_moves_the_neighbouring_months_windows_alike(office: Office) -> None:
    """The night of the last day of January is cut against the first of February, in both months."""
    attendance = office.attendance
    published(attendance, hours_notice("", "2026-01-30", "", "20:00-06:00"))
    attendance.punch(office.anna, "2026-01-31 06:01:00")
    day = attendance.sheet(office.anna, "2026-01").days[29]
    assert day.halves[0].card_points[1].punch_time == "2026-01-31 06:01:00"


def test_where_there_are_no_sites_yet_a_day_begins_by_universal_time(attendance: AttendanceService) -> None:
    attendance.people.unit("shop")
    attendance.follow_people()
    late = hours_notice("", "2026-03-02", cause=BUSINESS)
    assert refused(published, attendance, late) == "HOURS_NOTICE_TOO_LATE"
    published(attendance, hours_notice("", "2026-03-03", cause=BUSINESS))
