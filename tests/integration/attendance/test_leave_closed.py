"""Leave and closed months: none is asked for, agreed or given back in one (SHT-3)."""

from collections.abc import Iterator

import pytest

from tests.builders.closing import Months
from tests.builders.corrections import shop_of
from tests.builders.leave import AGREED, REFUSED, LeaveOffice, refusal
from tests.databases import Databases

FRIDAY, SATURDAY = "2026-02-27", "2026-02-28"


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with shop_of(postgres) as shop:
        yield Months(shop)


@pytest.fixture
def office(months: Months) -> LeaveOffice:
    shop = months.shop
    return LeaveOffice(shop.attendance, shop.shop, shop.store, shop.anna, shop.ben, shop.heidi, "", shop.cleo)


@pytest.mark.clause("SHT-3", "LVE-2")
def test_no_leave_is_asked_for_agreed_or_given_back_in_a_closed_month(months: Months, office: LeaveOffice) -> None:
    agreed = office.agreed("outside-duty", FRIDAY, start_time="09:00", end_time="10:00")
    waits = office.ask("outside-duty", SATURDAY, start_time="09:00", end_time="10:00")
    months.at(2026, 3, 6, 4)
    months.finish()
    before = office.attendance.sheet(office.anna, "2026-02")

    told = refusal(office.ask, "sick", SATURDAY, "2026-03-02")
    assert (told.reason, told.clause, told.variables["month"]) == ("MONTH_CLOSED", "SHT-3", "2026-02")
    shown = refusal(office.preview, "sick", SATURDAY, "2026-03-02")
    assert (shown.reason, shown.message_en) == (told.reason, told.message_en), "a preview says what asking would"
    assert refusal(office.give_back, agreed.name).reason == "MONTH_CLOSED"
    office.answer(waits)
    office.learn()

    late = office.get(waits.name)
    assert (late.state, late.changed_by) == (REFUSED, "")
    assert "2026-02" in late.change_text
    assert office.get(agreed.name).state == AGREED
    assert office.attendance.sheet(office.anna, "2026-02").etag == before.etag
    assert before.totals.outside_minutes == 60
