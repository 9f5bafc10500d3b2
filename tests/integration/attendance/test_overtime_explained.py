"""A day explained tells of overtime: what was asked for, what counts and why not more; and where leave stands."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import leave_pb2 as leave

from tests.builders.leave import NO, leave_office
from tests.builders.overtime import AGREED, REFUSED, TIME_OFF, WAITING, OvertimeOffice
from tests.databases import Databases

TUESDAY, WEDNESDAY, SUNDAY = "2026-03-10", "2026-03-11", "2026-03-15"


@pytest.fixture
def office(postgres: Databases) -> Iterator[OvertimeOffice]:
    with leave_office(postgres) as made:
        yield OvertimeOffice(made)


@pytest.mark.clause("HRS-7", "LVE-2")
def test_a_day_tells_what_was_asked_for_what_counts_and_what_would_have_made_all_of_it_count(
    office: OvertimeOffice,
) -> None:
    agreed, waiting = office.agreed(TUESDAY), office.ask(TUESDAY, "20:30-21:00", compensation=TIME_OFF)
    away = office.office.ask("personal", TUESDAY, start_time="09:00", end_time="10:00")
    before = office.attendance.explained(office.anna, TUESDAY)
    assert "The clocks have not reported past it" in before.overtime[0].explanation.en
    office.attendance.clock.pass_time(days=14)
    office.punched(TUESDAY, "08:20", "12:01", "13:50", "18:40", "19:10", "20:00", "22:00")

    day = office.attendance.explained(office.anna, TUESDAY)

    first, second = day.overtime
    assert (first.overtime_request, first.state, first.percent, first.clause) == (agreed.name, AGREED, 150, "HRS-7")
    assert (first.asked_minutes, first.found_minutes, first.settled) == (150, 150, True)
    assert first.explanation.en == (
        "Overtime was asked for from 18:00 to 20:30, 150 minutes, paid at 150 per cent (HRS-7). The punches bear all of"
        " it out: 150 minutes count."
    )
    assert (second.state, second.found_minutes, second.decision) == (WAITING, 0, waiting.decision)
    assert second.explanation.zh == (
        f"申请加班 20:30 至 21:00，30 分钟，折算调休（HRS-7）。尚待审批（{waiting.decision}），获准之前不计。"
    )
    assert (day.unasked_overtime_minutes, "nobody asked for" in day.unasked_overtime.en) == (90, True)
    (waits,) = day.leave
    assert (waits.leave_request, waits.state, waits.minutes) == (away.name, leave.LEAVE_REQUEST_STATE_WAITING, 60)
    assert waits.explanation.en == (
        f"Personal leave, 09:00 to 10:00, waits for a decision ({away.decision}); before it is agreed the day is worked"
        " as planned (LVE-1)."
    )
    assert {one.clause for one in day.clause_wordings} >= {"HRS-7", "LVE-1"}


@pytest.mark.clause("HRS-7")
def test_a_day_of_rest_worked_without_asking_is_named_in_the_hours_of_the_month_and_on_its_day(
    office: OvertimeOffice,
) -> None:
    refused = office.decided(office.ask(TUESDAY), NO)
    office.agreed(WEDNESDAY, "18:00-20:00")
    office.attendance.clock.pass_time(days=14)
    office.punched(WEDNESDAY, "08:20", "12:01", "13:50", "18:30", "19:00", "19:40")
    office.punched(SUNDAY, "09:00", "12:30")

    hours = office.hours()

    assert [(one.work_date, one.percent, one.minutes) for one in hours.unasked_overtime] == [(SUNDAY, 200, 210)]
    assert hours.overtime.rest_day_minutes == 0
    assert office.attendance.explained(office.anna, SUNDAY).unasked_overtime_minutes == 210
    (no,) = office.attendance.explained(office.anna, TUESDAY).overtime
    assert (no.state, no.remedy.en) == (REFUSED, "")
    assert no.explanation.en.endswith(f"It was refused ({refused.decision}), so nothing counts.")
    (short,) = office.attendance.explained(office.anna, WEDNESDAY).overtime
    assert (short.found_minutes, short.asked_minutes) == (70, 120)
    assert short.remedy.en.startswith("All of it counts for whoever is there at 18:00, goes out from 20:00 on")
