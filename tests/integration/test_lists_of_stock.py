"""What a list of goods shows is what single reads allow: warehouses kept by different units, and what is in them."""

import random

import grpc
import pytest

from tests.builders.people import reason
from tests.integration import lists, packing_lists, receiving_lists, stock_lists, stocktake_lists
from tests.integration.asking import callers, everything, parts_shown
from tests.integration.organisations import Company

pytestmark = pytest.mark.clause("SEC-1")


def test_the_warehouses_listed_are_those_that_are_shown_alone(made: Company, chance: random.Random) -> None:
    assert parts_shown(made, stock_lists.of_warehouses(made.inventory), chance, name="ListWarehouses")


def test_what_is_in_a_warehouse_is_shown_where_the_warehouse_is_and_else_refused_like_one_there_is_not(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), stock_lists.of_warehouses(made.inventory).shown
    for reads in callers(made):
        for known in (*made.stock, {"warehouses": f"warehouses/{lists.NEVER}"}):
            name = known["warehouses"]
            visible = bool(single(reads, stock_lists.warehouses.Warehouse(name=name)))
            outcomes.add(visible)
            for what, walk in stock_lists.under_a_warehouse(made.inventory, name).items():
                seen = walk.all(reads.caller, chance)
                assert seen == (everything(made, walk, chance) if visible else "WAREHOUSE_NOT_FOUND"), what
    assert outcomes == {True, False}


def test_a_card_is_shown_where_its_warehouse_is_and_else_refused_like_one_there_is_not(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), stock_lists.of_warehouses(made.inventory).shown
    for reads in callers(made):
        for known in made.stock:
            visible = bool(single(reads, stock_lists.warehouses.Warehouse(name=known["warehouses"])))
            walk = stock_lists.card_of(made.inventory, known["stockBalances"])
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "STOCK_BALANCE_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_deliveries_are_shown_where_their_warehouse_is_and_else_refused_like_those_of_no_note(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), stock_lists.of_warehouses(made.inventory).shown
    for reads in callers(made):
        for known in made.stock:
            visible = bool(single(reads, stock_lists.warehouses.Warehouse(name=known["warehouses"])))
            walk = receiving_lists.deliveries_of(made.inventory, known["deliveryNotes"])
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "DELIVERY_NOTE_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_scans_are_shown_where_their_warehouse_is_and_else_refused_like_those_of_no_check(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), stock_lists.of_warehouses(made.inventory).shown
    for reads in callers(made):
        for known in made.stock:
            visible = bool(single(reads, stock_lists.warehouses.Warehouse(name=known["warehouses"])))
            walk = packing_lists.scans_of(made.inventory, known["packChecks"])
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "PACK_CHECK_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_a_stocktake_is_shown_where_its_warehouse_is_and_else_refused_like_one_there_is_not(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), stock_lists.of_warehouses(made.inventory).shown
    for reads in callers(made):
        for known in made.stock:
            visible = bool(single(reads, stock_lists.warehouses.Warehouse(name=known["warehouses"])))
            for what, walk in stocktake_lists.under_a_stocktake(made.inventory, known["stocktakes"]).items():
                seen = walk.all(reads.caller, chance)
                assert seen == (everything(made, walk, chance) if visible else "STOCKTAKE_NOT_FOUND"), what
            counts = stocktake_lists.counts_of(made.inventory, known["stocktakes"]).all(reads.caller, chance)
            assert visible or counts == "STOCKTAKE_NOT_FOUND"
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_items_are_shown_whole_to_whoever_may_ask(made: Company, chance: random.Random) -> None:
    for name, walk in stock_lists.shown_to_all(made.inventory).items():
        whole = everything(made, walk, chance)
        assert whole, name
        assert [walk.all(reads.caller, chance) for reads in callers(made)] == [whole] * len(callers(made)), name


def test_what_tells_of_every_warehouse_takes_a_reach_over_everybody(made: Company) -> None:
    for name, walk in stock_lists.for_whoever_sees_everybody(made.inventory).items():
        for reads in callers(made):
            if reads.sees_everybody:
                assert getattr(walk.method(walk.request, metadata=reads.caller), walk.field), name
                continue
            with pytest.raises(grpc.RpcError) as refused:
                walk.method(walk.request, metadata=reads.caller)
            assert reason(refused.value) == "PERMISSION_MISSING", name
