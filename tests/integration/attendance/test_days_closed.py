"""In a closed month no day of the company is changed, and no punch that comes later adds to overtime (SHT-3)."""

from collections.abc import Iterator

import pytest

from tests.builders.calendar import company_day, published, withdrawn
from tests.builders.closing import Months, months_of
from tests.builders.leave import LeaveOffice, refusal
from tests.builders.overtime import OvertimeOffice
from tests.databases import Databases

FRIDAY = "2026-02-27"


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres, day="2026-02-26") as made:
        yield made


@pytest.mark.clause("SHT-3", "HRS-3")
def test_days_of_the_company_are_neither_added_to_a_closed_month_nor_withdrawn_from_it(months: Months) -> None:
    attendance, shop = months.shop.attendance, months.shop.shop
    made = published(attendance, company_day(shop, "2026-02-03"))
    months.at(2026, 3, 6, 4)
    months.finish()
    for subject in (shop, months.site, ""):
        assert refusal(published, attendance, company_day(subject, "2026-02-04")).reason == "MONTH_CLOSED"
    assert refusal(withdrawn, attendance, made.name).reason == "MONTH_CLOSED"
    published(attendance, company_day(shop, "2026-03-04"))


@pytest.mark.clause("SHT-3", "HRS-7")
def test_overtime_of_a_closed_month_stays_as_it_was_found(months: Months) -> None:
    shop = months.shop
    people = LeaveOffice(shop.attendance, shop.shop, "", shop.anna, shop.ben, shop.heidi, "", "")
    office = OvertimeOffice(people)
    made = office.agreed(FRIDAY, "18:00-20:00")
    months.at(2026, 3, 6, 4)
    for time in ("08:20", "12:01", "13:50", "19:00"):
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}:00")
    assert office.get(made.name).found_minutes == 60
    months.finish()

    shop.attendance.punch(shop.anna, f"{FRIDAY} 20:00:00")

    assert office.get(made.name).found_minutes == 60
    assert office.hours("2026-02").overtime.working_day_minutes == 60
