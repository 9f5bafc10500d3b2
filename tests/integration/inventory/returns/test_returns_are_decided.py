"""What becomes of returned goods is decided: to sale and to the supplier at once, never more than waits (WHS-3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import put_away_pb2, put_away_pb2_grpc
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import SLIP, InventoryService, line
from tests.builders.issuing import Papers, SpecialGoods
from tests.builders.receiving import refusal_of
from tests.builders.returns import KEEPER, OTHER, SALE, SCRAP, SUPPLIER, Returns
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-3")
NONE = "00000000-0000-7000-8000-000000000000"


def returned(house: House, item: items.Item, value: str, **more: Any) -> str:
    """A return of so much."""
    made = line(item, house.customer, house.inspection, value, **more)
    return str(house.warehouse.post(made, papers=[SLIP]).name)


def fixed(house: House, item: items.Item, place: str) -> None:
    """Gives an item its fixed place."""
    inventory = house.warehouse.inventory
    request = put_away_pb2.SetFixedPlaceRequest(parent=house.warehouse.name, item=item.name, place=place)
    put_away_pb2_grpc.PutAwaysStub(inventory.channel).SetFixedPlace(request, metadata=inventory.everything)


def refused(act: Callable[[], Any]) -> Refusal:
    """With what a call is refused."""
    with pytest.raises(grpc.RpcError) as error:
        act()
    return refusal_from(error.value)


def at(told: Refusal) -> tuple[str, str, list[str]]:
    """Reason, clause and fields of a refusal."""
    return told.reason, told.clause, [one.field for one in told.violations]


def test_parts_of_a_return_go_back_to_sale_and_to_the_supplier_in_one_call_and_the_rest_waits(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup, pot = house.item("CUP"), house.item("POT")
    made = house.warehouse.post(
        line(cup, house.customer, house.inspection, "5"),
        line(pot, house.customer, house.inspection, "2"),
        papers=[SLIP],
    ).name
    fixed(house, cup, house.second)
    done = returns.decide(
        made,
        returns.line(cup, "2", cause="never opened"),
        returns.line(pot, "1", SUPPLIER, cause="a crack from the kiln", responsible=returns.acme.name(OTHER)),
        supplier_slip="TH-7",
    )
    assert [(one.item, one.quantity.value, one.outcome, one.to_place) for one in done.lines] == [
        (cup.name, "2", SALE, house.second),
        (pot.name, "1", SUPPLIER, ""),
    ]
    assert (done.stock_movement, done.decided_by, done.supplier_slip) == (made, returns.acme.name(KEEPER), "TH-7")
    assert [one.cause for one in done.lines] == ["never opened", "a crack from the kiln"]
    assert [one.responsible for one in done.lines] == ["", returns.acme.name(OTHER)]
    assert house.warehouse.on_hand(cup) == {"LOOK": ("3", "0"), "A-02": ("2", "0")}
    assert house.warehouse.on_hand(pot) == {"LOOK": ("1", "0")}
    sold, sent = (
        inventory.stock.GetStockMovement(stock.GetStockMovementRequest(name=one), metadata=inventory.everything)
        for one in done.booked
    )
    assert (sold.kind, sent.kind) == (stock.STOCK_MOVEMENT_KIND_TRANSFER, stock.STOCK_MOVEMENT_KIND_SUPPLIER_RETURN)
    assert ([one.number for one in sent.papers], sent.reason) == (["TH-7"], done.name)
    assert returns.waits() == [(made, "3+1")]
    rest = returns.decide(
        made, returns.line(cup, "3", to_place=house.second), returns.line(pot, "1", to_place=house.first)
    )
    assert returns.waits() == []
    assert returns.listed() == returns.listed(stock_movement=made) == [rest, done]
    assert_sound(inventory)


def test_never_more_is_decided_than_waits_of_that_return(house: House, returns: Returns) -> None:
    cup = house.item("CUP")
    first, second = returned(house, cup, "2"), returned(house, cup, "5")
    place = {"to_place": house.first}
    told = refused(lambda: returns.decide(first, returns.line(cup, "3", **place)))
    assert at(told) == ("RETURN_OVER_WAITING", "", ["lines[0].quantity"])
    assert "2" in told.violations[0].en
    told = refused(lambda: returns.decide(first, returns.line(cup, "1", **place), returns.line(cup, "2", **place)))
    assert at(told) == ("RETURN_OVER_WAITING", "", ["lines[1].quantity"])
    assert house.warehouse.on_hand(cup) == {"LOOK": ("7", "0")}
    returns.decide(first, returns.line(cup, "2", **place))
    assert refusal_of(lambda: returns.decide(first, returns.line(cup, "1", **place))) == "RETURN_OVER_WAITING"
    assert returns.waits() == [(second, "5")]


def test_lots_are_told_apart_and_an_expired_one_is_not_sold_again(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    tea = house.item("TEA", tracking=items.ITEM_TRACKING_LOT)
    tomorrow = (inventory.clock.now + timedelta(days=1)).date().isoformat()
    made = returned(house, tea, "2", lot="L-1", expiry_date=tomorrow)
    place = {"to_place": house.first}
    assert at(refused(lambda: returns.decide(made, returns.line(tea, "1", lot="L-2", **place)))) == (
        "RETURN_LINE_NOT_FOUND",
        "",
        ["lines[0].item"],
    )
    returns.decide(made, returns.line(tea, "1", lot="L-1", **place))
    inventory.clock.now += timedelta(days=3)
    told = refused(lambda: returns.decide(made, returns.line(tea, "1", lot="L-1", **place)))
    assert at(told) == ("LOT_EXPIRED", "", ["lines[0].lot"])
    returns.decide(made, returns.line(tea, "1", SUPPLIER, lot="L-1"), supplier_slip="TH-8")


@pytest.mark.clause("WHS-8")
def test_goods_are_sold_from_their_fixed_place_or_from_the_bin_that_is_said(house: House, returns: Returns) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    assert at(refused(lambda: returns.decide(made, returns.line(cup, "1")))) == (
        "FIXED_PLACE_MISSING",
        "WHS-8",
        ["lines[0].to_place"],
    )
    assert refusal_of(lambda: returns.decide(made, returns.line(cup, "1", to_place=house.packing))) == "PLACE_NOT_BIN"
    nowhere = f"places/{NONE}"
    assert refusal_of(lambda: returns.decide(made, returns.line(cup, "1", to_place=nowhere))) == "PLACE_NOT_FOUND"
    fixed(house, cup, house.second)
    told = refused(lambda: returns.decide(made, returns.line(cup, "1", to_place=house.first)))
    assert at(told) == ("PLACE_NOT_FIXED", "WHS-8", ["lines[0].to_place"])
    returns.decide(made, returns.line(cup, "3"))
    assert house.warehouse.on_hand(cup) == {"A-02": ("3", "0")}


def test_to_the_supplier_goods_go_by_their_slip_alone_and_what_lacks_it_is_reported(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    told = refused(lambda: returns.decide(made, returns.line(cup, "1", SUPPLIER)))
    assert (told.reason, told.clause) == ("PAPERS_MISSING", "WHS-3")
    (kept,) = Papers(inventory, house.warehouse).refused()
    assert kept.kind == stock.STOCK_MOVEMENT_KIND_SUPPLIER_RETURN
    assert returns.waits() == [(made, "3")]


@pytest.mark.clause("WHS-9")
def test_special_goods_are_decided_on_by_their_keepers_alone(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup, spirit = house.item("CUP"), house.item("SPIRIT")
    made = house.warehouse.post(
        line(cup, house.customer, house.inspection, "1"),
        line(spirit, house.customer, house.inspection, "2"),
        papers=[SLIP],
    ).name
    returns.photo(made)
    SpecialGoods(inventory).mark(returns.acme.name(KEEPER), item=spirit.name)
    both = [returns.line(cup, "1", to_place=house.first), returns.line(spirit, "1", to_place=house.first)]
    told = refused(lambda: returns.decide(made, *both, who=OTHER))
    assert at(told) == ("SPECIAL_GOODS_KEEPER", "WHS-9", ["lines[1].item"])
    told = refused(lambda: returns.decide(made, returns.line(spirit, "1", SCRAP), who=OTHER))
    assert at(told) == ("SPECIAL_GOODS_KEEPER", "WHS-9", ["lines[0].item"])
    returns.decide(made, *both)
    assert returns.waits() == [(made, "1")]


def test_what_left_inspection_otherwise_is_not_decided_on(house: House, returns: Returns) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    house.warehouse.post(line(cup, house.inspection, house.first, "2"))
    assert returns.waits() == [(made, "1")]
    told = refused(lambda: returns.decide(made, returns.line(cup, "2", to_place=house.first)))
    assert at(told) == ("STOCK_SHORT", "WHS-4", ["lines[0].quantity"])
    returns.decide(made, returns.line(cup, "1", to_place=house.first))


def test_a_decision_that_is_reversed_lets_the_goods_wait_again(house: House, returns: Returns) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    done = returns.decide(made, returns.line(cup, "3", to_place=house.first))
    assert returns.waits() == []
    told = refused(lambda: house.warehouse.reverse(made))
    assert (told.reason, told.clause) == ("RETURN_DECIDED", "WHS-4")
    house.warehouse.reverse(done.booked[0])
    assert returns.waits() == [(made, "3")]
    house.warehouse.reverse(made)
    assert returns.waits() == []
    told = refused(lambda: returns.decide(made, returns.line(cup, "3", to_place=house.first)))
    assert (told.reason, told.clause) == ("RETURN_NOT_ONE", "WHS-3")


def test_what_waits_is_listed_the_longest_waiting_first_with_its_days(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup = house.item("CUP")
    first = returned(house, cup, "2")
    inventory.clock.now += timedelta(days=4)
    second, third = returned(house, cup, "3"), returned(house, cup, "1")
    found = returns.waiting()
    assert [(one.stock_movement, one.waiting_days, list(one.slips)) for one in found] == [
        (first, 4, ["R-1"]),
        (second, 0, ["R-1"]),
        (third, 0, ["R-1"]),
    ]
    (own,) = found[0].lines
    assert (own.item, own.item_code, own.place, own.returned.value, own.waiting.value) == (
        cup.name,
        cup.code,
        house.inspection,
        "2",
        "2",
    )
    house.warehouse.post(line(cup, house.inspection, house.first, "3"))  # put away without a decision: the oldest first
    assert returns.waits() == [(second, "2"), (third, "1")]
    assert [one.stock_movement for one in returns.waiting(page_size=1)] == [second]


def test_of_two_who_decide_on_the_last_at_once_one_does(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    returned(house, cup, "9")  # so that inspection itself holds more than enough

    def decide(number: int) -> str:
        place = house.first if number % 2 else house.second
        return refusal_of(lambda: returns.decide(made, returns.line(cup, "1", to_place=place)))

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(decide, range(12)))
    assert sorted(said) == ["", "", "", *["RETURN_OVER_WAITING"] * 9]
    assert house.warehouse.on_hand(cup)["LOOK"] == ("9", "0")
    assert_sound(inventory)


def test_a_wish_sent_again_under_its_key_is_decided_once(house: House, returns: Returns) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    key, own = str(uuid4()), returns.line(cup, "1", to_place=house.first)
    first, again = (returns.decide(made, own, request_id=key) for _ in range(2))
    assert first == again
    assert returns.waits() == [(made, "2")]


def test_what_has_no_form_or_is_no_return_or_out_of_reach_is_refused(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup = house.item("CUP")
    house.receive(cup, "5")
    made, place = returned(house, cup, "3"), house.first
    wrong = [
        [],
        [returns.line(cup, "1", cause="", to_place=place)],
        [returns.line(cup, "1", 9, to_place=place)],
        [returns.line(cup, "1", SUPPLIER, to_place=place)],
        [returns.line(cup, "1", SCRAP, responsible="")],
        [returns.line(cup, "1", SCRAP), returns.line(cup, "1", to_place=place)],
        [returns.line(cup, "1", lot="x" * 65, to_place=place)],
    ]
    for lines in wrong:
        assert refusal_of(lambda lines=lines: returns.decide(made, *lines)) == "FIELD_INVALID"  # type: ignore[misc]
    for value in ("0", "-1", "1.5", "x"):
        told = refused(lambda value=value: returns.decide(made, returns.line(cup, value, to_place=place)))  # type: ignore[misc]
        assert at(told) == ("QUANTITY_INVALID", "", ["lines[0].quantity"])
    boxed = returns.line(cup, "1", to_place=place, unit="box")
    assert at(refused(lambda: returns.decide(made, boxed))) == ("QUANTITY_UNIT_UNKNOWN", "", ["lines[0].quantity"])
    sold = returns.line(cup, "1", to_place=place)
    transfer = house.warehouse.post(line(cup, house.first, house.second, "1")).name
    assert refusal_of(lambda: returns.decide(transfer, sold)) == "RETURN_NOT_ONE"
    assert refusal_of(lambda: returns.decide(f"stockMovements/{NONE}", sold)) == "STOCK_MOVEMENT_NOT_FOUND"
    nobody = returns.line(cup, "1", to_place=place, responsible=f"people/{NONE}")
    assert at(refused(lambda: returns.decide(made, nobody))) == ("PERSON_NOT_FOUND", "", ["lines[0].responsible"])
    far = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    assert refusal_of(lambda: returns.decide(made, sold, metadata=far)) == "STOCK_MOVEMENT_NOT_FOUND"
    done = returns.decide(made, sold)
    assert refusal_of(lambda: returns.one(done.name, far)) == "RETURN_DECISION_NOT_FOUND"
    assert refusal_of(lambda: returns.withdraw(done.name, metadata=far)) == "RETURN_DECISION_NOT_FOUND"
    assert refusal_of(lambda: returns.one(f"returnDecisions/{NONE}")) == "RETURN_DECISION_NOT_FOUND"
    assert refusal_of(lambda: returns.listed(stock_movement="items/1")) == "FIELD_INVALID"
