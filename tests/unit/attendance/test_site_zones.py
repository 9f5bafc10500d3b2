"""The zones of a site: each date's is that of the version which holds on it."""

from datetime import date, timedelta
from uuid import UUID

from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_chassis.organisation.facts import SiteFacts, SiteVersion
from hypothesis import given
from hypothesis import strategies as st

FIRST, SITE = date(2026, 2, 1), UUID(int=1)
zones = st.sampled_from(["Asia/Shanghai", "Asia/Tokyo", "America/New_York"])


@given(st.lists(st.tuples(st.integers(0, 27), zones), min_size=1, unique_by=lambda said: said[0]), st.integers(-5, 35))
def test_the_zone_of_a_date_is_that_of_the_version_of_the_date(said: list[tuple[int, str]], number: int) -> None:
    versions = tuple(
        SiteVersion(SITE, FIRST + timedelta(days=since), None, "HQ", "总部", "HQ", zone, "CN")
        for since, zone in sorted(said)
    )
    site, day = SiteFacts(SITE, versions), FIRST + timedelta(days=number)

    assert SiteZones.of(site).on(day).key == site.on(day).time_zone
    assert len(SiteZones.of(site).zones) <= len(versions)
