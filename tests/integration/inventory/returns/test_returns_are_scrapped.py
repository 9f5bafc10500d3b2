"""Returned goods are scrapped by a decision, with cause, who is responsible and a photo; else nothing moves (WHS-6)."""

from pathlib import Path
from uuid import uuid4

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import stocktakes_pb2, stocktakes_pb2_grpc
from bylaw.people.v1 import decisions_pb2
from bylaw_chassis.database import Database

from tests.builders.images import png
from tests.builders.inventory import EVERYTHING, InventoryService, line
from tests.builders.receiving import refusal_of
from tests.builders.returns import BOOKED, LAPSED, OTHER, REFUSED, SCRAP, WAITING, WITHDRAWN, Returns
from tests.builders.stock_books import StockBooks
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House
from tests.integration.inventory.returns.test_returns_are_decided import at, refused, returned

pytestmark = pytest.mark.clause("WHS-6")


def not_noted(inventory: InventoryService, name: str, *, asked: bool = True) -> None:
    """Makes scrap what it is when its call dies before it notes the decision; or before it even asks."""
    database = Database(inventory.url, "inventory", inventory.clock)
    with database.engine.begin() as connection:
        told = {"id": name.rpartition("/")[2], "name": name}
        connection.exec_driver_sql("update return_decisions set decision = null where id = %(id)s", told)
        if asked:
            connection.exec_driver_sql("delete from asked_decisions where subject = %(name)s", told)
        else:
            connection.exec_driver_sql("update asked_decisions set subject = %(id)s where subject = %(name)s", told)
    database.close()


@pytest.fixture
def broken(house: House, returns: Returns) -> tuple[items.Item, str]:
    """Three cups that came back, with a photo."""
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    returns.photo(made)
    return cup, made


@pytest.mark.clause("DEC-2")
def test_scrap_waits_for_the_heads_with_what_and_why_and_is_booked_when_they_agree(
    inventory: InventoryService, house: House, returns: Returns, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    asked = returns.decide(made, returns.line(cup, "2", SCRAP, cause="broken in the post"))
    assert (asked.scrap_state, list(asked.booked), len(asked.photos)) == (WAITING, [], 1)
    seen = returns.acme.see("qian", decisions_pb2.Decision(name=asked.decision))
    assert (seen.kind, seen.asking_service, list(seen.subjects)) == ("stock-adjustment", "inventory", [asked.name])
    facts = {fact.key: fact.value for fact in seen.facts}
    assert (facts["return"], facts["line_1"], seen.text) == (made, f"{cup.code} 2 piece", "broken in the post")
    assert returns.waits() == [(made, "1")]
    assert house.warehouse.on_hand(cup) == {"LOOK": ("3", "0")}
    assert (
        refusal_of(lambda: returns.decide(made, returns.line(cup, "2", to_place=house.first))) == "RETURN_OVER_WAITING"
    )
    done = returns.settle(asked)
    assert (done.scrap_state, len(done.booked)) == (BOOKED, 1)
    moved = inventory.stock.GetStockMovement(
        stock.GetStockMovementRequest(name=done.booked[0]), metadata=inventory.everything
    )
    assert (moved.kind, moved.reason) == (stock.STOCK_MOVEMENT_KIND_SCRAP, done.name)
    assert [(one.from_place, one.to_place, one.quantity.value) for one in moved.lines] == [
        (house.inspection, house.scrap, "2")
    ]
    assert house.warehouse.on_hand(cup) == {"LOOK": ("1", "0")}
    told = refused(lambda: house.warehouse.reverse(done.booked[0]))
    assert (told.reason, told.clause) == ("MOVEMENT_NEEDS_COUNT", "WHS-6")
    assert_sound(inventory)


def test_what_is_refused_waits_in_inspection_again(
    house: House, returns: Returns, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    asked = returns.decide(made, returns.line(cup, "3", SCRAP))
    assert returns.waits() == []
    done = returns.settle(asked, agree=False)
    assert (done.scrap_state, list(done.booked)) == (REFUSED, [])
    assert returns.waits() == [(made, "3")]
    returns.decide(made, returns.line(cup, "3", to_place=house.first))


def test_whoever_asked_takes_it_back_and_nobody_else(returns: Returns, broken: tuple[items.Item, str]) -> None:
    cup, made = broken
    asked = returns.decide(made, returns.line(cup, "3", SCRAP))
    assert refusal_of(lambda: returns.withdraw(asked.name, OTHER)) == "RETURN_DECISION_NOT_OWN"
    assert returns.withdraw(asked.name).scrap_state == WITHDRAWN
    assert returns.waits() == [(made, "3")]
    told = refused(lambda: returns.withdraw(asked.name))
    assert (told.reason, told.clause) == ("RETURN_DECISION_OVER", "WHS-6")
    returns.learn()
    assert returns.one(asked.name).scrap_state == WITHDRAWN


def test_what_people_decided_is_not_taken_back(returns: Returns, broken: tuple[items.Item, str]) -> None:
    cup, made = broken
    asked = returns.decide(made, returns.line(cup, "1", SCRAP))
    for who in ("qian", "lin"):
        returns.acme.answer(who, returns.acme.see(who, decisions_pb2.Decision(name=asked.decision)))
    assert refusal_of(lambda: returns.withdraw(asked.name)) == "DECISION_OVER"
    returns.learn()
    assert returns.one(asked.name).scrap_state == BOOKED


def test_what_left_inspection_before_it_was_agreed_is_not_booked(
    inventory: InventoryService, house: House, returns: Returns, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    asked = returns.decide(made, returns.line(cup, "3", SCRAP))
    house.warehouse.post(line(cup, house.inspection, house.first, "1"))
    done = returns.settle(asked)
    assert (done.scrap_state, list(done.booked)) == (LAPSED, [])
    assert house.warehouse.on_hand(cup) == {"LOOK": ("2", "0"), "A-01": ("1", "0")}
    assert returns.waits() == [(made, "2")]
    assert_sound(inventory)


def test_nothing_moves_out_of_inspection_while_it_is_frozen_and_counted(
    inventory: InventoryService, house: House, returns: Returns, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    asked = returns.decide(made, returns.line(cup, "1", SCRAP))
    frozen = stocktakes_pb2.Stocktake(warehouse=house.warehouse.name, places=[house.inspection], freeze=True)
    stub = stocktakes_pb2_grpc.StocktakesStub(inventory.channel)
    opened = stub.CreateStocktake(
        stocktakes_pb2.CreateStocktakeRequest(stocktake=frozen), metadata=inventory.everything
    )
    other = inventory.people.as_caller(EVERYTHING, person=uuid4())
    stub.JoinStocktake(stocktakes_pb2.JoinStocktakeRequest(name=opened.name), metadata=other)
    told = refused(lambda: returns.decide(made, returns.line(cup, "1", to_place=house.first)))
    assert at(told) == ("PLACE_FROZEN", "WHS-6", ["lines[0].quantity"])
    assert returns.settle(asked).scrap_state == LAPSED
    assert returns.waits() == [(made, "3")]


@pytest.mark.clause("WHS-5")
def test_scrapped_returns_are_a_kind_of_their_own_in_the_month_report(
    inventory: InventoryService, returns: Returns, kept: StockBooks, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    returns.settle(returns.decide(made, returns.line(cup, "2", SCRAP)))
    (line_,) = (one for one in kept.lines(f"{inventory.clock.now:%Y-%m}", by_item=True) if one.item == cup.name)
    went = {one.kind: one.quantity for one in line_.went if one.quantity != "0"}
    assert went == {stock.STOCK_MOVEMENT_KIND_SCRAP: "2"}
    assert line_.closing.value == "1"


def test_scrap_takes_a_photo_that_proves_it(house: House, returns: Returns) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "1")
    told = refused(lambda: returns.decide(made, returns.line(cup, "1", SCRAP)))
    assert at(told) == ("RETURN_SCRAP_UNPROVEN", "WHS-6", [])
    assert returns.listed() == []


def test_the_same_wish_again_asks_once(returns: Returns, broken: tuple[items.Item, str]) -> None:
    cup, made = broken
    key, own = str(uuid4()), returns.line(cup, "1", SCRAP)
    first, again = (returns.decide(made, own, request_id=key) for _ in range(2))
    assert first == again
    assert len(returns.listed()) == 1


def test_where_nobody_could_decide_nothing_stays(returns: Returns, broken: tuple[items.Item, str]) -> None:
    cup, made = broken
    own = returns.line(cup, "1", SCRAP)
    assert refusal_of(lambda: returns.decide(made, own, who="lin")) == "DECISION_HAS_NOBODY"
    assert returns.listed() == []
    assert returns.waits() == [(made, "3")]


@pytest.mark.clause("DEC-2")
def test_scrap_that_was_asked_before_the_service_died_goes_on_and_what_was_not_waits_in_inspection_again(
    inventory: InventoryService, returns: Returns, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    asked, never = (returns.decide(made, returns.line(cup, "1", SCRAP)) for _ in range(2))
    not_noted(inventory, asked.name)
    not_noted(inventory, never.name, asked=False)
    returns.learn()
    inventory.run_timer("scrap-never-asked")
    assert returns.waits() == [(made, "1")]  # their calls may still be under way
    inventory.clock.pass_time(minutes=16)
    inventory.run_timer("scrap-never-asked")
    assert returns.waits() == [(made, "1")]  # people's feed is not read to its end
    returns.learn()
    inventory.run_timer("scrap-never-asked")
    assert (returns.one(asked.name).decision, returns.one(never.name).scrap_state) == (asked.decision, WITHDRAWN)
    assert returns.waits() == [(made, "2")]
    returns.acme.sign_in_anew()
    assert returns.settle(returns.one(asked.name)).scrap_state == BOOKED


def test_a_wish_of_which_the_answer_was_lost_goes_on_where_it_stood(
    inventory: InventoryService, returns: Returns, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    key, own = str(uuid4()), returns.line(cup, "1", SCRAP)
    asked = returns.decide(made, own, request_id=key)
    not_noted(inventory, asked.name)
    database = Database(inventory.url, "inventory", inventory.clock)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("delete from request_keys where key = %(key)s", {"key": key})
    database.close()
    told = refusal_of(lambda: returns.decide(made, returns.line(cup, "2", SCRAP), request_id=key))
    assert told == "KEY_REUSED"
    assert returns.decide(made, own, request_id=key) == asked
    assert len(returns.listed()) == 1


def test_an_outcome_that_is_told_again_books_nothing_again(
    inventory: InventoryService, house: House, returns: Returns, broken: tuple[items.Item, str]
) -> None:
    cup, made = broken
    done = returns.settle(returns.decide(made, returns.line(cup, "1", SCRAP)))
    database = Database(inventory.url, "inventory", inventory.clock)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("update decided set applied_at = null, try_at = now()")
    database.close()
    inventory.run_timer("outcomes")
    assert returns.one(done.name) == done
    assert house.warehouse.on_hand(cup) == {"LOOK": ("2", "0")}


def test_photos_are_kept_once_and_shown(
    inventory: InventoryService, house: House, returns: Returns, photos: Path
) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "1")
    first = returns.photo(made)
    assert returns.photo(made) == first
    assert (first.stock_movement, first.content_type) == (made, "image/png")
    assert returns.image(first.name).data == png(shade=7)
    assert len(list((photos / "returns").rglob("*"))) >= 1
    for number in range(19):
        returns.photo(made, png(shade=20 + number))
    assert refusal_of(lambda: returns.photo(made, png(shade=99))) == "PHOTO_QUOTA_USED"
    assert refusal_of(lambda: returns.photo(made, b"no image")) == "PHOTO_NOT_IMAGE"
    assert refusal_of(lambda: returns.photo(made, b"x" * (5 * 1024 * 1024 + 1))) == "PHOTO_TOO_LARGE"
    house.receive(cup, "1")
    moved = house.warehouse.post(line(cup, house.first, house.second, "1")).name
    assert refusal_of(lambda: returns.photo(moved)) == "RETURN_NOT_ONE"
    far = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    assert refusal_of(lambda: returns.photo(made, metadata=far)) == "STOCK_MOVEMENT_NOT_FOUND"
    assert refusal_of(lambda: returns.image(first.name, far)) == "PHOTO_NOT_FOUND"
    inventory.run_timer("sweep-return-photos")
    assert returns.image(first.name).data == png(shade=7)
