"""A site's zone and official calendar hold from a date on: each day is judged by those it had on that day."""

import pytest
from bylaw.attendance.v1 import sheets_pb2
from bylaw.people.v1 import organisation_pb2

from tests.builders.attendance import AttendanceService

FULL_DAY = ("08:20", "12:01", "13:50", "18:01")


def anna_in(attendance: AttendanceService) -> str:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    attendance.assign(since="2026-01-01")
    return people.person("A-1", unit.name, site.name).name


BEGUN = {"anna": anna_in}


@pytest.fixture
def anna(attendance: AttendanceService) -> str:
    """Anna works by the rulebook's week at HQ, in Shanghai by China's calendar; everything of February is here."""
    found: str = attendance.filled
    return found


def move_site(attendance: AttendanceService, since: str, time_zone: str, calendar: str) -> None:
    people = attendance.people
    site = people.organisation.ListSites(organisation_pb2.ListSitesRequest(), metadata=people.everything).sites[0]
    wish = organisation_pb2.Site(name=site.name, time_zone=time_zone, calendar=calendar, effective_date=since)
    request = organisation_pb2.UpdateSiteRequest(site=wish)
    request.update_mask.paths.extend(["time_zone", "calendar"])
    people.organisation.UpdateSite(request, metadata=people.everything)
    attendance.follow_people()


def stamped(attendance: AttendanceService, *days: str) -> None:
    lines = (f"A-1\t{day} {time}:00\t0\t1" for day in days for time in FULL_DAY)
    attendance.imported("\n".join(lines).encode(), "HQ", complete_until_date="2026-02-28")


def findings(day: sheets_pb2.Day) -> list[tuple[str, int]]:
    """What was found of each card of a day, with its punch on the wall."""
    return [(card.punch_time[11:16], card.finding) for half in day.halves for card in half.card_points]


ON_TIME = [(time, sheets_pb2.FINDING_ON_TIME) for time in FULL_DAY]


@pytest.mark.clause("HRS-3", "HRS-5")
def test_each_day_is_judged_by_the_zone_and_the_calendar_of_its_site_on_that_day(
    attendance: AttendanceService, anna: str
) -> None:
    move_site(attendance, "2026-02-17", "Asia/Tokyo", "NONE")
    stamped(attendance, "2026-02-13", "2026-02-16", "2026-02-17", "2026-02-24")

    days = attendance.sheet(anna, "2026-02").days

    assert findings(days[12]) == ON_TIME
    assert (days[15].kind, len(days[15].halves)) == (sheets_pb2.DAY_KIND_HOLIDAY, 0)  # Spring Festival in China
    assert (days[16].kind, findings(days[16])) == (sheets_pb2.DAY_KIND_WORK, ON_TIME)  # a Tuesday elsewhere
    assert findings(days[23]) == ON_TIME
    assert list(days[15].other_punch_times) == [f"2026-02-16 {time}:00" for time in FULL_DAY]


def test_a_zone_that_becomes_known_late_judges_the_punches_on_record_anew(
    attendance: AttendanceService, anna: str
) -> None:
    stamped(attendance, "2026-02-10", "2026-02-24")
    assert findings(attendance.sheet(anna, "2026-02").days[23]) == ON_TIME

    move_site(attendance, "2026-02-17", "Asia/Tokyo", "CN")
    days = attendance.sheet(anna, "2026-02").days

    assert findings(days[9]) == ON_TIME
    # What the clock wrote at 08:20 in Shanghai was 09:20 in Tokyo: an hour late.
    assert findings(days[23])[0] == ("09:20", sheets_pb2.FINDING_LEAVE_REQUIRED)


def test_punches_are_read_in_the_zone_that_the_site_had_on_their_day(attendance: AttendanceService, anna: str) -> None:
    move_site(attendance, "2026-02-17", "Asia/Tokyo", "CN")

    assert attendance.punch(anna, "2026-02-16 23:59:00").instant.ToJsonString() == "2026-02-16T15:59:00Z"
    assert attendance.punch(anna, "2026-02-17 08:20:00").instant.ToJsonString() == "2026-02-16T23:20:00Z"
