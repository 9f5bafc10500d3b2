"""What follows from a decision: booked once and whole where it is agreed, nothing where it is not (WHS-6, DEC-2)."""

from uuid import UUID

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import stocktakes_pb2 as messages
from bylaw.people.v1 import decisions_pb2
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.database import Database
from bylaw_chassis.status import refusal_from

from tests.builders.decisions import refusal
from tests.builders.inventory import InventoryService, line
from tests.builders.stocktakes import (
    BLOCKED,
    COUNT_AGAIN,
    DONE,
    EXPLAINING,
    FINANCE,
    KEEP,
    KEEPER,
    SUBMITTED,
    Counting,
    count,
)
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House
from tests.integration.inventory.test_stock_at_once import at_once

pytestmark = pytest.mark.clause("WHS-6")


@pytest.fixture
def shelf(house: House, counting: Counting) -> tuple[items.Item, messages.Stocktake]:
    """Ten in the book and seven on the shelf, as a stocktake that two people counted."""
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "7"))
    return tea, made


@pytest.mark.clause("DEC-2")
def test_the_decision_is_asked_of_the_heads_with_what_differs_and_the_report(
    counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    _, made = shelf
    sent = counting.sent(made)
    seen = counting.acme.see("qian", decisions_pb2.Decision(name=sent.decision))
    assert (seen.kind, seen.asking_service) == ("stock-adjustment", "inventory")
    assert (list(seen.subjects), seen.text) == ([f"{made.name}/reports/1"], "counted at the end of the quarter")
    facts = {fact.key: fact.value for fact in seen.facts}
    assert (facts["shortage"], facts["surplus"], facts["damage"], facts["adjusted"]) == ("1", "0", "0", "1")
    assert (facts["keeper"], facts["finance"]) == (sent.keeper, sent.finance)
    assert [step.levels_up for step in seen.plan] == [0, 1]
    assert counting.submit(made) == sent


def test_a_wish_that_is_sent_again_under_its_key_is_done_once(
    house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    tea, made = shelf
    told = count(tea, house.first, "7")
    recording = messages.RecordStocktakeCountsRequest(parent=made.name, counts=[told], request_id="count-1")
    for _ in range(2):
        counting.stub.RecordStocktakeCounts(recording, metadata=counting.token(KEEPER))
    counting.end(made)
    assert len(counting.counts(made)) == 3
    counting.explain(made)
    counting.signed(made)
    sending = messages.SubmitStocktakeRequest(name=made.name, request_id="submit-1")
    first, again = (counting.stub.SubmitStocktake(sending, metadata=counting.token(KEEPER)) for _ in range(2))
    assert (first, first.state) == (again, SUBMITTED)
    counting.decide(first)
    assert counting.stub.SubmitStocktake(sending, metadata=counting.token(KEEPER)) == first  # what was answered then


def test_what_is_refused_is_not_booked_and_is_explained_signed_and_sent_anew(
    inventory: InventoryService, house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    tea, made = shelf
    made = counting.decide(counting.sent(made), agree=False)
    assert (made.state, made.decision_outcome, list(made.movements)) == (EXPLAINING, "refused", [])
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    assert refusal(lambda: counting.submit(made)) == "STOCKTAKE_NOT_SIGNED"
    counting.explain(made, cause="found torn and thrown away")
    counting.signed(made)
    made = counting.decide(counting.submit(made))
    assert (made.state, made.decision_outcome) == (DONE, "agreed")
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    assert_sound(inventory)


def test_what_is_taken_back_is_not_booked_and_may_be_sent_again(
    house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    tea, made = shelf
    sent = counting.sent(made)
    assert refusal(lambda: counting.withdraw(made, FINANCE)) == "DECISION_NOT_OWN"
    assert refusal(lambda: counting.cancel(made)) == "STOCKTAKE_NOT_IN_STATE"
    assert refusal(lambda: counting.record(made, count(tea, house.first, "8"))) == "STOCKTAKE_NOT_IN_STATE"
    back = counting.withdraw(made)
    assert (back.state, back.decision_outcome) == (EXPLAINING, "withdrawn")
    again = counting.submit(made)
    counting.learn()  # that the first was withdrawn comes late
    assert (counting.seen(made).state, again.decision != sent.decision) == (SUBMITTED, True)
    assert counting.decide(again).state == DONE
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}


def test_what_was_decided_is_not_taken_back(counting: Counting, shelf: tuple[items.Item, messages.Stocktake]) -> None:
    _, made = shelf
    sent = counting.sent(made)
    decision = decisions_pb2.Decision(name=sent.decision)
    for who in ("qian", "lin"):
        counting.acme.answer(who, counting.acme.see(who, decision))
    assert refusal(lambda: counting.withdraw(made)) == "DECISION_OVER"
    counting.learn()
    assert counting.seen(made).state == DONE


@pytest.mark.parametrize("proposal", [KEEP, COUNT_AGAIN])
def test_only_what_was_proposed_to_be_adjusted_is(
    house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake], proposal: int
) -> None:
    tea, made = shelf
    made = counting.decide(counting.sent(made, proposal))
    assert (made.state, list(made.movements)) == (DONE, [])
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}


def test_an_outcome_that_is_told_again_books_nothing_again(
    inventory: InventoryService, house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    tea, made = shelf
    counting.decide(counting.sent(made))
    database = Database(inventory.url, "inventory", inventory.clock)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("update decided set applied_at = null, try_at = now()")
    database.close()
    inventory.run_timer("outcomes")
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    assert len(counting.seen(made).movements) == 1


def test_what_cannot_be_booked_any_more_says_why_and_is_booked_whole_later(
    inventory: InventoryService, house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    tea, made = shelf
    ink = house.item("INK")
    house.receive(ink, "2", house.second)
    counting.confirmed(made, count(ink, house.second, "1"))
    counting.sent(made)
    held = house.warehouse.reserve((tea, "9"))
    made = counting.decide(counting.seen(made))
    assert (made.state, made.decision_outcome, list(made.movements)) == (BLOCKED, "agreed", [])
    (block,) = made.blocks
    by_item = {one.item: one.name for one in counting.differences(made)}
    assert (block.difference, block.reason) == (by_item[tea.name], "STOCK_SHORT")
    assert "1" in block.message.en
    assert house.warehouse.on_hand(ink) == {"A-02": ("2", "0")}  # not half of it
    with pytest.raises(grpc.RpcError) as error:
        counting.book(made)
    refusal = refusal_from(error.value)
    assert (refusal.reason, [one.field for one in refusal.violations]) == ("STOCK_SHORT", [by_item[tea.name]])
    house.warehouse.release(held.name)
    made = counting.book(made)
    assert (made.state, list(made.blocks)) == (DONE, [])
    assert counting.book(made) == made
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    assert house.warehouse.on_hand(ink) == {"A-02": ("1", "0")}
    assert_sound(inventory)


def test_what_was_blocked_is_booked_by_itself_once_the_stock_allows_it_as_who_decided(
    inventory: InventoryService, house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    tea, made = shelf
    counting.sent(made)
    held = house.warehouse.reserve((tea, "9"))
    made = counting.decide(counting.seen(made))
    inventory.run_timer("stocktakes-blocked")
    assert counting.seen(made) == made
    assert made.state == BLOCKED
    house.warehouse.release(held.name)
    at_once([lambda: inventory.run_timer("stocktakes-blocked")] * 4)
    done = counting.seen(made)
    assert (done.state, list(done.blocks), len(done.movements)) == (DONE, [], 1)
    request = stock.GetStockMovementRequest(name=done.movements[0])
    booked = inventory.stock.GetStockMovement(request, metadata=inventory.everything)
    assert booked.posted_by == counting.person("lin")
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    assert_sound(inventory)


def test_a_piece_that_has_come_to_the_place_meanwhile_is_not_found_there_twice(
    house: House, counting: Counting
) -> None:
    phone = house.item("PHONE", tracking=items.ITEM_TRACKING_SERIAL)
    house.warehouse.post(line(phone, house.supplier, house.first, "1", lot="S1"))
    made = counting.begun(places=[house.second])
    counting.confirmed(made, count(phone, house.second, "1", lot="S1"))
    sent = counting.sent(made)
    house.warehouse.post(line(phone, house.first, house.second, "1", lot="S1"))
    made = counting.decide(sent)
    assert (made.state, [one.reason for one in made.blocks]) == (BLOCKED, ["SERIAL_NOT_ONE"])
    assert refusal(lambda: counting.book(made)) == "SERIAL_NOT_ONE"
    counting.cancel(made)
    assert house.warehouse.on_hand(phone) == {"A-02": ("1", "0")}


def test_what_was_approved_and_cannot_be_booked_may_be_given_up(
    house: House, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    tea, made = shelf
    counting.sent(made)
    house.warehouse.reserve((tea, "9"))
    made = counting.decide(counting.seen(made))
    counting.cancel(made)
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "9")}
    assert refusal(lambda: counting.book(made)) == "STOCKTAKE_NOT_IN_STATE"


@pytest.mark.clause("DEC-2")
def test_an_asking_of_which_the_answer_was_lost_goes_on_where_it_stood(
    inventory: InventoryService, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    _, made = shelf
    sent = counting.sent(made)
    _lose(inventory, made.name)
    assert counting.submit(made) == sent
    _lose(inventory, made.name)
    inventory.run_timer("organisation")
    inventory.clock.pass_time(minutes=16)
    inventory.run_timer("organisation")
    inventory.run_timer("stocktakes-never-asked")
    assert counting.seen(made) == sent


@pytest.mark.clause("DEC-2")
def test_what_was_never_asked_is_explained_on(
    inventory: InventoryService, counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    _, made = shelf
    counting.sent(made)
    _lose(inventory, made.name, subject="stocktakes/another")
    inventory.run_timer("organisation")
    inventory.run_timer("stocktakes-never-asked")
    assert counting.seen(made).state == SUBMITTED  # its call may still be under way
    inventory.clock.pass_time(minutes=16)
    inventory.run_timer("organisation")
    inventory.run_timer("stocktakes-never-asked")
    assert counting.seen(made).state == EXPLAINING


def test_what_people_refuses_to_ask_is_explained_on(
    counting: Counting, shelf: tuple[items.Item, messages.Stocktake]
) -> None:
    _, made = shelf
    counting.end(made)
    counting.explain(made)
    counting.signed(made)
    held = counting.acme.service.as_caller(
        HeldGrant(Scope.COMPANY, None, frozenset({"inventory.stocktakes.settle"})),
        person=UUID(counting.person(FINANCE).rpartition("/")[2]),
    )
    request = messages.SubmitStocktakeRequest(name=made.name)
    assert refusal(lambda: counting.stub.SubmitStocktake(request, metadata=held)) == "PERMISSION_MISSING"
    assert counting.seen(made).state == EXPLAINING
    assert counting.submit(made).state == SUBMITTED


def _lose(inventory: InventoryService, name: str, subject: str = "") -> None:
    """As if the answer of the asking had been lost; under another subject: as if it had never been asked."""
    database = Database(inventory.url, "inventory", inventory.clock)
    identifier = name.rpartition("/")[2]
    with database.engine.begin() as connection:
        connection.exec_driver_sql("update stocktakes set decision = null where id = %s", (identifier,))
        own = f"{name}/reports/1"
        if subject:
            connection.exec_driver_sql("update asked_decisions set subject = %s where subject = %s", (subject, own))
        else:
            connection.exec_driver_sql("delete from asked_decisions where subject = %s", (own,))
    database.close()
