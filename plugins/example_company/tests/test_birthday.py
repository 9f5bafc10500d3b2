"""Birthday leave: a day each year, from the birthday on; nothing but `bylaw-hooks` is installed."""

from datetime import date

from bylaw_hooks.leave import Employment, LeaveRequest, Period, Standing

from example_company import BirthdayLeave, register_leave_policies
from example_company.birthday_1 import Birthday

YEARS = Period(date(2026, 1, 1), date(2028, 12, 31))
MEI = Employment(person=7, joined=date(2026, 3, 1), birthday=(2, 29))


def test_each_birthday_of_the_employment_gives_a_day_for_a_month() -> None:
    found = list(BirthdayLeave().entitlements(MEI, YEARS, Birthday()))
    assert [(one.day, one.amount) for one in found] == [(date(2027, 2, 28), 1), (date(2028, 2, 29), 1)]
    assert [one.expires for one in found] == [date(2027, 3, 30), date(2028, 3, 30)]


def test_who_told_no_birthday_gets_none() -> None:
    assert list(BirthdayLeave().entitlements(Employment(8, date(2020, 1, 1)), YEARS, Birthday())) == []


def test_without_a_birthday_behind_them_nobody_takes_one() -> None:
    asked = LeaveRequest("example-birthday", date(2026, 5, 4), date(2026, 5, 4), asked_on=date(2026, 5, 1))
    objections = BirthdayLeave().admit(asked, (), standing=Standing(MEI), parameters=Birthday())
    assert [one.reason for one in objections] == ["LEAVE_TAKES_NOTHING"]


def test_both_policies_are_registered() -> None:
    registered = [policy.identity for policy in register_leave_policies()]
    assert registered == ["example-birthday@1", "example-lateness@1"]
