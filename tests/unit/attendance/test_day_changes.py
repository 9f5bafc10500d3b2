"""What changes days: whom a notice of hours concerns, and that nobody else pays for it (HRS-6)."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from bylaw_attendance.policies import source_of
from bylaw_attendance.rules.calendar.company_day import CompanyDay, CompanyDayWish
from bylaw_attendance.rules.calendar.hours_notice import (
    HoursCause,
    HoursNotice,
    HoursWish,
    NoticeLevel,
    NoticeSubject,
    published_in_time,
)
from bylaw_attendance.rules.judging.assignment import EVERYBODY
from bylaw_attendance.rules.judging.day_changes import NOTHING_OWN, ChangedDays, DayChange, OwnDays, with_changes
from bylaw_chassis.organisation.facts import Stay, Tree, UnitVersion
from bylaw_hooks import DayKind, Excused, Hours
from bylaw_kit.months import month_days

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
COMPANY, SHOP, OFFICE, HQ, STORE, ANNA, BO = (UUID(int=number) for number in range(1, 8))
AT_WORK = ((540, 720),)
SINCE = date(2026, 1, 1)
TREE = Tree.of(
    [
        UnitVersion(COMPANY, SINCE, None, None),
        UnitVersion(SHOP, SINCE, date(2026, 2, 14), COMPANY),
        UnitVersion(SHOP, date(2026, 2, 15), None, None),
        UnitVersion(OFFICE, SINCE, None, COMPANY),
    ]
)
PLAIN = month_days((2026, 2), "Asia/Shanghai", {})
SOURCE = "0dbe9b9e850c1fde18cdad3946ca21665700ebb1fa41b2310c6cdbb86e771107"
"""Of a month that was judged before there were changes of days."""


def notice(
    subject: NoticeSubject, first: int, last: int | None = None, *, spans: tuple[tuple[int, int], ...] = AT_WORK
) -> HoursNotice:
    days = (date(2026, 2, first), date(2026, 2, last or first))
    wish = HoursWish(subject, *days, spans, HoursCause.POWER_FAILURE, ("停电", "no power"))
    return HoursNotice(UUID(int=100 + first), wish, datetime(2026, 2, 1, tzinfo=UTC), "people/x")


def changed(*notices: HoursNotice) -> ChangedDays:
    return ChangedDays.of(TREE, (FIRST, LAST), notices)


def stay(person: UUID, unit: UUID, site: UUID | None, since: date = SINCE, until: date | None = None) -> Stay:
    return Stay(person, since, until, unit, site)


def numbers(found: ChangedDays, *stays: Stay) -> list[int]:
    return [change.work_date.day for change in found.changes(stays)]


@pytest.mark.clause("HRS-6")
def test_a_units_notice_concerns_who_works_in_it_or_below_on_the_day() -> None:
    found = changed(notice((NoticeLevel.UNIT, COMPANY), 10, 20))
    assert numbers(found, stay(ANNA, OFFICE, HQ)) == list(range(10, 21))
    assert numbers(found, stay(ANNA, SHOP, HQ)) == list(range(10, 15)), "it left the company on the fifteenth"
    moved = (stay(ANNA, SHOP, HQ, until=date(2026, 2, 17)), stay(ANNA, OFFICE, HQ, since=date(2026, 2, 18)))
    assert numbers(found, *moved) == [*range(10, 15), 18, 19, 20]


@pytest.mark.clause("HRS-6")
def test_a_sites_notice_concerns_whoever_is_there_of_whatever_unit() -> None:
    found = changed(notice((NoticeLevel.SITE, HQ), 3))
    assert numbers(found, stay(ANNA, OFFICE, HQ)) == numbers(found, stay(BO, SHOP, HQ)) == [3]
    assert numbers(found, stay(ANNA, OFFICE, STORE)) == numbers(found, stay(ANNA, OFFICE, None)) == []


def test_whoever_is_at_the_same_place_has_the_very_same_changes_and_shares_a_plan() -> None:
    found = changed(notice((NoticeLevel.ORGANISATION, EVERYBODY), 3, 5))
    anna, bo = (found.changes([stay(person, OFFICE, HQ)]) for person in (ANNA, BO))
    assert anna is bo
    assert hash(OwnDays((), anna)) == hash(OwnDays((), found.changes([stay(ANNA, SHOP, STORE)])))


def test_nobody_without_changes_pays_for_them() -> None:
    found = changed(notice((NoticeLevel.SITE, HQ), 3))
    assert found.changes([stay(ANNA, OFFICE, STORE)]) == changed().changes([stay(ANNA, OFFICE, HQ)]) == ()
    assert with_changes(PLAIN, ()) is PLAIN
    assert OwnDays((), found.changes([])) == NOTHING_OWN
    old = source_of("fixed-week@1", "{}", PLAIN, time_zone="Asia/Shanghai")
    assert old.hex() == SOURCE, "what was judged before is not judged anew"


def test_a_change_says_kind_hours_and_what_is_excused_of_its_own_day_alone() -> None:
    hours, leave = Hours("HRS-6", AT_WORK), (Excused("LVE-1", "first-half"),)
    made = with_changes(PLAIN, (DayChange(date(2026, 2, 3), DayKind.HOLIDAY, hours, leave),))
    (day,) = (one for one, was in zip(made, PLAIN, strict=True) if one != was)
    assert (day.work_date.day, day.kind, day.hours, day.excused) == (3, DayKind.HOLIDAY, hours, leave)


@pytest.mark.clause("HRS-6")
def test_what_business_needs_is_published_before_the_day_begins_in_every_zone() -> None:
    wish = notice((NoticeLevel.ORGANISATION, EVERYBODY), 3).wish
    business = wish._replace(cause=HoursCause.BUSINESS_NEED)
    midnight = datetime(2026, 2, 2, 16, tzinfo=UTC)  # in Shanghai
    assert published_in_time(business, ["Asia/Shanghai"], midnight.replace(hour=15, minute=59))
    assert not published_in_time(business, ["Asia/Shanghai"], midnight)
    assert published_in_time(business, ["America/New_York"], midnight)
    assert not published_in_time(business, ["America/New_York", "Asia/Shanghai"], midnight)
    assert all(published_in_time(wish._replace(cause=cause), ["UTC"], midnight) for cause in list(HoursCause)[:4])


@pytest.mark.clause("HRS-3")
def test_a_day_of_the_company_and_a_notice_of_hours_change_a_day_together_and_each_by_itself() -> None:
    wish = CompanyDayWish((NoticeLevel.ORGANISATION, EVERYBODY), date(2026, 2, 1), date(2026, 2, 2), True, ("x", "x"))
    company = CompanyDay(UUID(int=7), wish, datetime(2026, 2, 1, tzinfo=UTC), "people/x")
    found = ChangedDays.of(TREE, (FIRST, LAST), [notice((NoticeLevel.UNIT, OFFICE), 2, 3)], [company])
    hours = Hours("HRS-6", AT_WORK)
    assert found.changes([stay(ANNA, OFFICE, HQ)]) == (
        DayChange(date(2026, 2, 1), DayKind.MAKE_UP_WORK),
        DayChange(date(2026, 2, 2), DayKind.MAKE_UP_WORK, hours),
        DayChange(date(2026, 2, 3), None, hours),
    )
    assert numbers(found, stay(ANNA, SHOP, HQ)) == [1, 2]
