"""The hand-over by the 3rd is a duty of each unit's head: it comes due, and is done by the hand-over itself."""

from datetime import date

import pytest
from bylaw.people.v1 import duties_pb2 as duties
from bylaw_attendance.use_cases.closing.remind_of_hand_over import RemindOfHandOver

from tests.builders.closing import Months, months_of
from tests.builders.notices import Office
from tests.databases import Databases


def remind(months: Months, month: date = date(2026, 2, 1)) -> None:
    """What the timer does every ten minutes."""
    timers = {timer.kind: timer.function for timer in months.shop.attendance.service.runner.timers}
    reminding = timers["hand-over-duties"]
    assert isinstance(reminding, RemindOfHandOver)
    months.shop.clocks_have_reported()
    reminding.remind(month)


def due(months: Months, unit: str) -> list[duties.DutyOccurrence]:
    """What is due of a unit."""
    people = months.shop.attendance.people
    stub, request = Office(people).duties, duties.ListDutyOccurrencesRequest(unit=unit)
    return list(stub.ListDutyOccurrences(request, metadata=months.office).duty_occurrences)


@pytest.mark.clause("SHT-1")
def test_the_head_has_the_hand_over_as_a_duty_that_the_hand_over_itself_does(postgres: Databases) -> None:
    with months_of(postgres, "2026-03-02") as months:
        shop = months.shop
        remind(months)
        (first,) = [one for one in due(months, shop.shop) if one.due_date == "2026-03-03"]
        assert (first.state, first.clause) == (duties.DUTY_OCCURRENCE_STATE_OPEN, "SHT-1")
        months.review()
        months.hand_over(caller=shop.head)

        remind(months)
        remind(months)

        (done,) = [one for one in due(months, shop.shop) if one.due_date == "2026-03-03"]
        assert (done.state, done.closed_by) == (duties.DUTY_OCCURRENCE_STATE_DONE, shop.heidi)
        assert done.proof.record == months.name()
        (other,) = [one for one in due(months, shop.store) if one.due_date == "2026-03-03"]
        assert other.state == duties.DUTY_OCCURRENCE_STATE_OPEN, "the store has not handed over"


@pytest.mark.clause("SHT-1")
def test_who_does_not_want_the_duty_leaves_it_out(postgres: Databases) -> None:
    with months_of(postgres, "2026-03-02", hand_over_duties=False) as months:
        assert "hand-over-duties" not in {timer.kind for timer in months.shop.attendance.service.runner.timers}
        assert due(months, months.shop.shop) == []


@pytest.mark.clause("SHT-1", "SHT-2", "ATT-2")
def test_where_deadlines_move_behind_holidays_the_duty_and_the_absence_move_with_them(postgres: Databases) -> None:
    with months_of(postgres, "2026-05-02", deadlines_roll=True) as months:
        shop = months.shop
        for time in ("08:45:00", "12:01:00", "13:50:00", "18:01:00"):
            shop.attendance.punch(shop.anna, f"2026-04-30 {time}")

        absent = shop.attendance.sheet(shop.anna, "2026-04").totals.absent_halves
        shown = months.shown("2026-04")
        assert (shown.hand_over_date, shown.objection_date) == ("2026-05-06", "2026-05-06")
        remind(months, date(2026, 4, 1))
        assert [one.due_date for one in due(months, shop.shop)] == ["2026-05-06", "2026-06-03"]

        months.at(2026, 5, 6, 12)  # days behind the 3rd
        assert shop.attendance.sheet(shop.anna, "2026-04").totals.absent_halves == absent, "leave can still be granted"
        months.review("2026-04")
        months.hand_over("2026-04", caller=shop.head)
        remind(months, date(2026, 4, 1))
        assert due(months, shop.shop)[0].state == duties.DUTY_OCCURRENCE_STATE_DONE
        months.at(2026, 5, 6, 16)
        assert shop.attendance.sheet(shop.anna, "2026-04").totals.absent_halves == absent + 1
