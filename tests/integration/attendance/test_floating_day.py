"""The floating day: a word of the rota that gives one day off a month on top of the week (HRS-1)."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import rota_pb2 as rota

from tests.builders.attendance import BY_ROTA, AttendanceService, attendance_service, cell
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, refused


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """The shop works the week, the store rests by rota."""
    with attendance_service(postgres, fill=office_in) as attendance:
        yield Office(attendance, *attendance.filled)


@pytest.fixture
def keeping(postgres: Databases) -> Iterator[Office]:
    """The same, where a floating day is kept for a month more."""
    with attendance_service(postgres, fill=office_in, floating_kept_months=1) as attendance:
        yield Office(attendance, *attendance.filled)


def office_in(attendance: AttendanceService) -> tuple[str, ...]:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    anna, ben = (people.person(number, shop, site).name for number in ("A-1", "B-1"))
    cleo = people.person("C-1", store, site).name
    attendance.assign(shop, since="2026-01-01")
    attendance.assign(store, since="2026-01-01", pattern=BY_ROTA)
    return shop, shop, store, anna, ben, cleo, site


def floating(person: str, *days: str) -> list[rota.RotaCell]:
    return [cell(person, day, "floating") for day in days]


@pytest.mark.clause("HRS-1")
def test_a_floating_day_is_off_by_its_clause_and_nothing_that_is_missing_on_it_is_absence(office: Office) -> None:
    before = office.attendance.sheet(office.anna, "2026-02")
    assert office.attendance.publish(office.shop, *floating(office.anna, "2026-02-03")).published_count == 1

    sheet = office.attendance.sheet(office.anna, "2026-02")

    day = sheet.days[2]
    assert (day.work_date, day.clause, list(day.halves), day.hours_notice) == ("2026-02-03", "HRS-1", [], "")
    assert sheet.totals.planned_days == before.totals.planned_days - 1
    explained = office.attendance.explained(office.anna, "2026-02-03")
    assert explained.reason.explanation.en == "The floating day of the month, as the rota plans it (HRS-1)."
    assert explained.reason.explanation.zh == "当月机动休，由排班安排（HRS-1）。"


@pytest.mark.clause("HRS-1")
def test_a_second_floating_day_of_a_month_is_refused_and_the_next_month_has_one_again(office: Office) -> None:
    office.attendance.publish(office.shop, *floating(office.anna, "2026-03-03"))

    refusal = refused(office, *floating(office.anna, "2026-03-10", "2026-04-10"))

    (fault,) = refusal.violations
    assert (fault.field, fault.reason) == ("rota_cells[0].code", "ROTA_FLOATING_DAY_USED")
    assert fault.en == (
        "A-1 has floating days a month: 1; none is left for 2026-03-10 (planned are 2026-03-03, 2026-03-10). Take"
        " another one back, or ask for leave."
    )
    assert fault.zh.startswith("A-1 每月有 1 天机动休，2026-03-10 已无机动休可用")
    assert office.attendance.publish(office.shop, *floating(office.anna, "2026-04-10")).published_count == 1


@pytest.mark.clause("HRS-1")
def test_a_floating_day_lapses_with_its_month_unless_the_company_keeps_it(keeping: Office) -> None:
    """Whoever took none in January to March has two in April, of March and April, and not three."""
    attendance = keeping.attendance
    assert attendance.publish(keeping.shop, *floating(keeping.anna, "2026-04-07", "2026-04-14")).published_count == 2
    (fault,) = refused(keeping, *floating(keeping.anna, "2026-04-21")).violations
    assert fault.reason == "ROTA_FLOATING_DAY_USED"
    attendance.publish(keeping.shop, *floating(keeping.ben, "2026-02-03", "2026-02-10", "2026-03-10"))
    (fault,) = refused(keeping, *floating(keeping.ben, "2026-03-17")).violations
    assert "none is left for 2026-03-17" in fault.en


@pytest.mark.clause("HRS-1", "HRS-2")
def test_a_floating_day_is_refused_on_a_day_that_is_off_anyway_and_to_whoever_rests_by_rota(office: Office) -> None:
    """The first of March is a Sunday, the seventeenth of February a holiday."""
    (fault,) = refused(office, *floating(office.anna, "2026-03-01")).violations
    assert (fault.field, fault.reason) == ("rota_cells[0].code", "ROTA_FLOATING_DAY_IDLE")
    assert fault.en == (
        "A-1 is off on 2026-03-01 anyway, and a floating day there would be lost; choose a day that is worked."
    )
    (holiday,) = refused(office, *floating(office.anna, "2026-02-17")).violations
    assert holiday.reason == "ROTA_FLOATING_DAY_IDLE"
    (unknown,) = refused(office, *floating(office.cleo, "2026-03-03"), unit=office.store).violations
    assert (unknown.reason, unknown.en) == (
        "ROTA_WORD_UNKNOWN",
        "rest-by-rota@1 does not know the rota's word floating; it knows: rest.",
    )
