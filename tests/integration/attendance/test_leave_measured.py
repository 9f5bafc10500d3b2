"""Leave whose days are planned otherwise later: what it takes follows, by entries of its own in the ledger (LVE-1)."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import leave_pb2 as leave
from bylaw.attendance.v1 import rota_pb2 as rota
from bylaw_attendance.app import MIGRATIONS
from bylaw_attendance.doctor.leave import leave as examined
from bylaw_chassis.doctor import Examined

from tests.builders.attendance import cell
from tests.builders.calendar import company_day, published, withdrawn
from tests.builders.leave import LeaveOffice, leave_office, refusal
from tests.databases import Databases

TUESDAY, WEDNESDAY, THURSDAY, SUNDAY = "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-15"


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres) as made:
        yield made


def measure(office: LeaveOffice) -> None:
    """What was changed has its effect on leave, and the ledger still is what requests take."""
    while office.attendance.service.runner.run_one(["measure-leave"]):
        pass
    service = office.attendance.service
    with service.database.read() as connection:
        finding = examined(connection, Examined(service.database, MIGRATIONS, running=False))
    assert finding.holds, finding.seen.en


def days(made: leave.LeaveRequest) -> list[tuple[str, str]]:
    return [(day.work_date, day.days) for day in made.days]


@pytest.mark.clause("LVE-1", "HRS-1")
def test_a_leave_day_that_the_rota_makes_a_day_off_is_given_back_and_taken_again_when_it_is_worked(
    office: LeaveOffice,
) -> None:
    asked = office.agreed("annual", TUESDAY, THURSDAY)
    assert office.balances(THURSDAY)["annual"] == "2"

    office.attendance.publish(office.shop, cell(office.anna, WEDNESDAY, "floating"))
    measure(office)

    shorter = office.get(asked.name)
    assert days(shorter) == [(TUESDAY, "1"), (WEDNESDAY, "0"), (THURSDAY, "1")]
    assert (shorter.total_minutes, shorter.changed_by) == (900, "")
    assert office.balances(THURSDAY)["annual"] == "3"
    back = office.entries("annual")[0]
    assert (back.kind, back.date, back.amount) == (leave.LEAVE_ENTRY_KIND_GIVE_BACK, WEDNESDAY, "1")
    assert back.explanation.en == "Annual leave, measured anew after a change of the plan"

    wish = rota.DeleteRotaCellRequest(name=f"{office.anna}/rotaCells/{WEDNESDAY}")
    office.attendance.rota.DeleteRotaCell(wish, metadata=office.attendance.everything)
    measure(office)
    assert office.balances(THURSDAY)["annual"] == "2"
    assert [one.state for one in office.told()][-2:] == [leave.LEAVE_REQUEST_STATE_AGREED] * 2
    office.cancel(asked.name)
    assert office.balances(THURSDAY)["annual"] == "5"
    measure(office)


@pytest.mark.clause("LVE-1", "HRS-3")
def test_a_day_of_rest_within_leave_that_the_company_has_worked_is_taken_of_one_request_alone(
    office: LeaveOffice,
) -> None:
    first = office.agreed("annual", "2026-03-14", "2026-03-16")
    second = office.ask("personal", SUNDAY, "2026-03-17", person=office.ben)
    made = published(office.attendance, company_day(office.shop, SUNDAY, worked=True))
    measure(office)

    assert days(office.get(first.name)) == [("2026-03-14", "1"), (SUNDAY, "1"), ("2026-03-16", "1")]
    assert office.balances("2026-03-16")["annual"] == "2"
    assert office.get(second.name).total_days == "3", "what waits is measured too, and takes it when it is agreed"
    withdrawn(office.attendance, made.name)
    measure(office)
    assert (office.get(first.name).total_days, office.get(second.name).total_days) == ("2", "2")
    assert office.balances("2026-03-16")["annual"] == "3"


@pytest.mark.clause("LVE-1")
def test_leave_is_shortened_by_half_a_day_and_by_hours_where_the_kind_permits(office: LeaveOffice) -> None:
    asked = office.agreed("annual", TUESDAY, THURSDAY)
    shorter = office.shorten(asked.name, WEDNESDAY, end_half=leave.DAY_HALF_FIRST, text="back at noon")
    assert days(shorter) == [(TUESDAY, "1"), (WEDNESDAY, "0.5"), (THURSDAY, "1")]
    assert [day.given_back for day in shorter.days] == [False, False, True]
    assert (shorter.total_days, shorter.change_text) == ("1.5", "back at noon")
    assert office.balances(THURSDAY)["annual"] == "3.5"
    assert [half.start_time[11:] for half in office.day(WEDNESDAY).halves] == ["14:00"]
    told = refusal(office.shorten, asked.name, WEDNESDAY, end_half=leave.DAY_HALF_FIRST)
    assert (told.reason, told.violations[0].field) == ("FIELD_INVALID", "end_half")
    assert refusal(office.shorten, asked.name, TUESDAY, end_time="10:00").violations[0].field == "end_time"
    measure(office)
    assert office.balances(THURSDAY)["annual"] == "3.5", "what was cut short stays so"

    away = office.agreed("personal", "2026-03-17", "2026-03-18", person=office.ben)
    ben = office.oneself(office.ben)
    assert office.shorten(away.name, "2026-03-18", ben, end_time="15:00").total_minutes == 450 + 270
    again = office.shorten(away.name, "2026-03-18", ben, end_time="10:00")
    assert (again.days[1].part, again.days[1].minutes, again.days[1].days) == (leave.LEAVE_PART_HOURS, 90, "0.2")
    assert [half.start_time[11:] for half in office.day("2026-03-18", office.ben).halves] == ["10:00", "14:00"]
    assert refusal(office.shorten, away.name, "2026-03-18", ben, end_time="08:00").reason == "FIELD_INVALID"
    published(office.attendance, company_day(office.shop, "2026-03-18"))
    measure(office)
    assert office.get(away.name).total_minutes == 450
    assert office.cancel(away.name, ben).total_minutes == 0
