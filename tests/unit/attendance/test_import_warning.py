"""A file whose people mostly work elsewhere is taken, and says so."""

from datetime import date
from uuid import UUID

import pytest
from bylaw_attendance.rules.import_warning import OTHER_SITE, other_site
from bylaw_chassis.organisation.facts import SiteFacts, SiteVersion

pytestmark = pytest.mark.clause("ATT-1")
HQ, SH, SZ = (UUID(int=number) for number in (1, 2, 3))


def site(identifier: UUID, code: str) -> SiteFacts:
    version = SiteVersion(identifier, date(2015, 1, 1), None, code, "地点", "Site", "Asia/Shanghai", "CN")
    return SiteFacts(identifier, (version,))


SITES = {HQ: site(HQ, "HQ"), SH: site(SH, "SH"), SZ: site(SZ, "SZ")}


def test_most_people_of_another_site_are_told_with_the_site_that_most_of_them_work_at() -> None:
    told = other_site(HQ, [HQ, SH, SH, SH, SZ], SITES)

    assert told is not None
    assert (told.field, told.reason) == ("site", OTHER_SITE)
    assert told.en.startswith("4 of the 5 people in the file do not belong to the site that was said, HQ; 3 of them")
    assert "其中 3 人属于 SH" in told.zh


def test_visitors_are_no_reason_to_warn_nor_are_people_without_a_site() -> None:
    assert other_site(HQ, [HQ, HQ, SH, SZ], SITES) is None
    assert other_site(HQ, [HQ, None, None, None], SITES) is None
    assert other_site(HQ, [], SITES) is None
