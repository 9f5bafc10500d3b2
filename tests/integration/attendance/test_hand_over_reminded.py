"""The hand-over by the 3rd is a duty of each unit's head: it comes due, and is done by the hand-over itself."""

from datetime import date

import pytest
from bylaw.people.v1 import duties_pb2 as duties
from bylaw_attendance.use_cases.remind_of_hand_over import RemindOfHandOver

from tests.builders.closing import Months, months_of
from tests.builders.notices import Office
from tests.databases import Databases


def remind(months: Months) -> None:
    """What the timer does every ten minutes."""
    timers = {timer.kind: timer.function for timer in months.shop.attendance.service.runner.timers}
    reminding = timers["hand-over-duties"]
    assert isinstance(reminding, RemindOfHandOver)
    months.shop.clocks_have_reported()
    reminding.remind(date(2026, 2, 1))


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
