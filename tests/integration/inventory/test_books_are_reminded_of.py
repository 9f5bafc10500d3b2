"""To close each day and hand each month over are duties of who keeps the warehouse; the report is told to both."""

from datetime import timedelta

import pytest
from bylaw.people.v1 import duties_pb2 as duties
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.jobs import NotNow
from bylaw_chassis.refusals import Code, Refusal
from bylaw_inventory.rules.books.duty import DutyDone
from bylaw_inventory.use_cases.books.keep_duties import KeepDuties
from bylaw_people.permissions import known_permissions

from tests.builders.inventory import InventoryService, inventory_service, line
from tests.builders.notices import Office
from tests.builders.receiving import holder_of, notices_of
from tests.builders.stock_books import StockBooks
from tests.databases import Databases
from tests.integration.inventory.conftest import House

DONE, OPEN = duties.DUTY_OCCURRENCE_STATE_DONE, duties.DUTY_OCCURRENCE_STATE_OPEN


@pytest.fixture
def kept(house: House) -> StockBooks:
    """The books of the house, whose keeper is reminded of them."""
    remind(house.warehouse.inventory)
    return StockBooks(house.warehouse)


def remind(inventory: InventoryService) -> None:
    """What the timer does every hour."""
    timers = {timer.kind: timer.function for timer in inventory.service.runner.timers}
    reminding = timers["book-duties"]
    assert isinstance(reminding, KeepDuties)
    reminding.declare_all()


def due(house: House, clause: str) -> dict[str, duties.DutyOccurrence]:
    """What is due of the unit that keeps the house by a clause, by its date."""
    inventory = house.warehouse.inventory
    while inventory.service.runner.run_one(["book-duties-done"]):
        pass
    request = duties.ListDutyOccurrencesRequest(unit=house.unit, page_size=1000)
    reader = inventory.people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))
    found = Office(inventory.people).duties.ListDutyOccurrences(request, metadata=reader)
    return {one.due_date: one for one in found.duty_occurrences if one.clause == clause}


@pytest.mark.clause("WHS-4")
def test_to_close_yesterday_is_a_duty_that_the_close_itself_does(house: House, kept: StockBooks) -> None:
    house.receive(house.item("TEA"), "5")
    tomorrow = (kept.today + timedelta(days=1)).isoformat()
    assert due(house, "WHS-4")[tomorrow].state == OPEN
    day = kept.next_day()
    kept.close(day, "nothing was counted")
    done = due(house, "WHS-4")[tomorrow]
    assert (done.state, done.proof.record) == (DONE, kept.day_name(day))
    remind(house.warehouse.inventory)
    assert due(house, "WHS-4")[tomorrow].state == DONE
    assert due(house, "WHS-4")[(day + timedelta(days=2)).isoformat()].state == OPEN


@pytest.mark.clause("WHS-4")
def test_days_closed_along_with_another_are_done_too(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "5")
    first = kept.next_day()
    kept.close(first, "nothing was counted")
    kept.next_day()
    house.warehouse.post(line(tea, house.first, house.customer, "1"))
    third = kept.next_day()
    kept.close(third, "nothing was counted")
    found = due(house, "WHS-4")
    assert [found[(first + timedelta(days=days)).isoformat()].state for days in (1, 2, 3)] == [DONE] * 3


@pytest.mark.clause("WHS-5")
def test_to_hand_the_month_over_is_due_on_its_last_day_and_done_by_the_hand_over(
    house: House, kept: StockBooks
) -> None:
    house.receive(house.item("TEA"), "5")
    last = (kept.today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    waiting = due(house, "WHS-5")[last.isoformat()]
    assert (waiting.state, waiting.title.en) == (OPEN, f"Hand this month's stock report over: W-{house.number}")
    month = f"{kept.today:%Y-%m}"
    kept.hand_over(month)
    done = due(house, "WHS-5")[last.isoformat()]
    assert (done.state, done.proof.record) == (DONE, kept.month_name(month))


@pytest.mark.clause("WHS-5")
def test_a_report_handed_over_is_told_to_operations_director_and_shop_manager(house: House, kept: StockBooks) -> None:
    inventory = house.warehouse.inventory
    roles = ("operations-director", "shop-manager", "warehouse-keeper")
    director, manager, keeper = (
        holder_of(inventory, role, f"{house.number}{place}", house.unit, house.site) for place, role in enumerate(roles)
    )
    house.receive(house.item("TEA"), "5")
    month = f"{kept.today:%Y-%m}"
    made = kept.hand_over(month, "两箱待检 two boxes wait to be looked at").hand_overs[0]
    for person in (director, manager):
        (notice,) = [one for one in notices_of(inventory, person) if one.about == kept.month_name(month)]
        assert notice.title.en == f"Stock report of {month}: W-{house.number}"
        assert made.digest[:12] in notice.body.en
        assert notice.body.zh.endswith("两箱待检 two boxes wait to be looked at")
    assert notices_of(inventory, keeper) == []


@pytest.mark.clause("WHS-4", "WHS-5")
def test_who_does_not_want_the_duties_leaves_them_out(postgres: Databases) -> None:
    with inventory_service(postgres, book_duties=False) as inventory:
        assert "book-duties" not in {timer.kind for timer in inventory.service.runner.timers}


class Away(Refusal):
    """People does not answer."""

    code = Code.UNAVAILABLE
    reason = "NEIGHBOUR_AWAY"


class Deaf:
    """A desk that does not answer."""

    def declare(self, warehouse: object) -> None:  # noqa: ARG002 - as the port has it
        """Is not heard."""
        raise Away

    def done(self, duty: str, due: object, *, record: str, by: object) -> None:  # noqa: ARG002 - as the port has it
        """Is not heard."""
        raise Away


@pytest.mark.clause("WHS-4")
def test_while_people_is_away_what_was_done_waits_and_nothing_fails(house: House, kept: StockBooks) -> None:
    timers = {timer.kind: timer.function for timer in house.warehouse.inventory.service.runner.timers}
    reminding = timers["book-duties"]
    assert isinstance(reminding, KeepDuties)
    unheard = KeepDuties(reminding.finding, Deaf())
    unheard.declare_all()
    lease = Told(DutyDone("close-days-x", (kept.today,), kept.day_name(kept.today), None).pack())
    with pytest.raises(NotNow):
        unheard.tell(lease)  # type: ignore[arg-type]


class Told:
    """A job as far as telling reads it."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
