"""At each quarter's end a stocktake is due of each warehouse, and done by the stocktake itself (WHS-6)."""

from datetime import UTC, date, datetime

import pytest
from bylaw.people.v1 import duties_pb2 as duties
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_inventory.rules.stocktake.duty import first_due_month, quarter_end
from bylaw_inventory.use_cases.books.keep_duties import DeclareDuties
from bylaw_people.permissions import known_permissions

from tests.builders.notices import Office
from tests.builders.stocktakes import Counting, count
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-6")
DONE, OPEN = duties.DUTY_OCCURRENCE_STATE_DONE, duties.DUTY_OCCURRENCE_STATE_OPEN


def remind(counting: Counting) -> None:
    """What the timer does every hour."""
    timers = {timer.kind: timer.function for timer in counting.inventory.service.runner.timers}
    reminding = timers["stocktake-duties"]
    assert isinstance(reminding, DeclareDuties)
    reminding.declare_all()


def due(counting: Counting, house: House) -> dict[str, duties.DutyOccurrence]:
    """What is due of the unit that keeps the house, by its date."""
    inventory = counting.inventory
    while inventory.service.runner.run_one(["book-duties-done"]):
        pass
    request = duties.ListDutyOccurrencesRequest(unit=house.unit, page_size=1000)
    reader = inventory.people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))
    found = Office(inventory.people).duties.ListDutyOccurrences(request, metadata=reader)
    return {one.due_date: one for one in found.duty_occurrences if one.clause == "WHS-6"}


def test_the_stock_is_due_to_be_counted_at_the_quarters_end_and_counting_it_is_the_proof(
    house: House, counting: Counting
) -> None:
    counting.inventory.clock.now = datetime(2026, 3, 30, 4, tzinfo=UTC)
    tea = house.item("TEA")
    house.receive(tea, "10")
    remind(counting)
    assert {day: one.state for day, one in due(counting, house).items()}["2026-03-31"] == OPEN
    part = counting.begun(places=[house.second])
    counting.end(part)
    counting.signed(part)
    counting.submit(part)
    assert due(counting, house)["2026-03-31"].state == OPEN  # some of it is not all of it
    made = counting.begun()
    counting.record(made, count(tea, house.first, "10"))
    counting.end(made)
    counting.signed(made)
    counting.submit(made)
    found = due(counting, house)["2026-03-31"]
    assert (found.state, found.proof.record) == (DONE, made.name)
    remind(counting)
    assert due(counting, house)["2026-03-31"].state == DONE


def test_an_adjustment_that_is_approved_is_the_proof_too(house: House, counting: Counting) -> None:
    counting.inventory.clock.now = datetime(2026, 3, 31, 4, tzinfo=UTC)
    tea = house.item("TEA")
    house.receive(tea, "10")
    remind(counting)
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "9"))
    sent = counting.sent(made)
    assert due(counting, house)["2026-03-31"].state == OPEN
    counting.decide(sent)
    assert due(counting, house)["2026-03-31"].state == DONE


@pytest.mark.parametrize(
    ("started", "of"),
    [
        ("2026-03-01", "2026-03-31"),
        ("2026-03-31", "2026-03-31"),
        ("2026-04-01", "2026-03-31"),
        ("2026-05-31", "2026-03-31"),
        ("2026-12-24", "2026-12-31"),
        ("2026-01-07", "2025-12-31"),
        ("2026-08-15", "2026-06-30"),
    ],
)
def test_a_stocktake_is_of_the_quarter_that_ends_or_has_just_ended(started: str, of: str) -> None:
    assert quarter_end(date.fromisoformat(started)) == date.fromisoformat(of)


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-01-01", "2026-03-01"), ("2026-11-30", "2026-12-01"), ("2026-12-01", ""), ("2026-06-30", "")],
)
def test_what_is_due_is_reckoned_from_the_quarters_last_month(today: str, first: str) -> None:
    found = first_due_month(date.fromisoformat(today))
    assert (found.isoformat() if found else "") == first
