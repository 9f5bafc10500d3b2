"""What a list of orders shows is what single reads allow: channels run by different units, and the orders in them."""

import random

import grpc
import pytest

from tests.builders.people import reason
from tests.integration import customer_lists, lists, order_file_lists, order_lists, stock_lists
from tests.integration.asking import callers, everything, parts_shown
from tests.integration.organisations import Company

pytestmark = pytest.mark.clause("SEC-1")


def test_the_channels_listed_are_those_that_are_shown_alone(made: Company, chance: random.Random) -> None:
    assert parts_shown(made, order_lists.of_channels(made.orders), chance, name="ListChannels")


def test_the_warehouses_of_channels_are_those_of_ones_units_and_those_that_ones_channels_are_shipped_from(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), order_lists.of_channels(made.orders).shown
    walk, kept = order_lists.warehouses_of_channels(made.orders), stock_lists.of_warehouses(made.inventory)
    for reads in callers(made):
        own, expected = {one.name for one in kept.walk.all(reads.caller, chance)}, []
        for one in everything(made, walk, chance):
            mine = [name for name in one.channels if single(reads, order_lists.channels.Channel(name=name))]
            if mine or one.warehouse in own:
                expected.append(type(one)(warehouse=one.warehouse, code=one.code, channels=mine))
        assert walk.all(reads.caller, chance) == expected
        outcomes |= {(one.warehouse in own, bool(one.channels)) for one in expected}
    assert outcomes >= {(True, True), (True, False)}


def test_the_orders_listed_are_those_that_are_shown_alone(made: Company, chance: random.Random) -> None:
    assert parts_shown(made, order_lists.of_orders(made.orders), chance, name="ListOrders")


def test_the_orders_of_a_channel_are_shown_where_it_is_and_else_refused_like_those_of_none(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), order_lists.of_channels(made.orders).shown
    for reads in callers(made):
        for name in (*(sold["channels"] for sold in made.sales), f"channels/{lists.NEVER}"):
            visible = bool(single(reads, order_lists.channels.Channel(name=name)))
            walk = order_lists.of_orders(made.orders, name).walk
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "CHANNEL_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_what_happened_to_an_order_is_shown_where_it_is_and_else_refused_like_that_of_none(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), order_lists.of_orders(made.orders).shown
    for reads in callers(made):
        for name in (*(sold["orders"] for sold in made.sales), f"orders/{lists.NEVER}"):
            visible = bool(single(reads, order_lists.orders.Order(name=name)))
            for walk in (order_lists.events_of(made.orders, name), order_lists.claims_of(made.orders, name)):
                seen = walk.all(reads.caller, chance)
                assert seen == (everything(made, walk, chance) if visible else "ORDER_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_what_could_go_together_is_shown_where_its_orders_are(made: Company, chance: random.Random) -> None:
    outcomes, single = set(), order_lists.of_orders(made.orders).shown
    walk = order_lists.candidates(made.orders)
    for reads in callers(made):
        visible = [
            one
            for one in everything(made, walk, chance)
            if all(single(reads, order_lists.orders.Order(name=order.name)) for order in one.orders)
        ]
        assert walk.all(reads.caller, chance) == visible
        outcomes.add(len(visible))
    assert outcomes == {0, 1}


def test_the_parcels_of_an_order_are_shown_where_it_is_and_else_refused_like_those_of_none(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), order_lists.of_orders(made.orders).shown
    for reads in callers(made):
        for sold in made.sales:
            visible = bool(single(reads, order_lists.orders.Order(name=sold["orders"])))
            walk = order_lists.parcels_of(made.orders, sold["orders"])
            (parcel,) = everything(made, walk, chance)
            track, named = order_lists.track_of(made.orders, parcel.name), parcel.waybill
            assert walk.all(reads.caller, chance) == ([parcel] if visible else "ORDER_NOT_FOUND")
            assert track.all(reads.caller, chance) == ([] if visible else "PARCEL_NOT_FOUND")
            assert order_lists.parcels_named(made.orders, named).all(reads.caller, chance) == [parcel] * visible
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_how_orders_are_checked_is_shown_where_the_channel_is_and_else_refused_like_that_of_none(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), order_lists.of_channels(made.orders).shown
    for reads in callers(made):
        assert len(order_lists.the_checks(made.orders).all(reads.caller, chance)) > 1
        for name in (*(sold["channels"] for sold in made.sales), f"channels/{lists.NEVER}"):
            visible = bool(single(reads, order_lists.channels.Channel(name=name)))
            walk = order_lists.checks_of(made.orders, name)
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "CHANNEL_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_what_tells_of_every_channel_takes_a_reach_over_everybody(made: Company) -> None:
    for name, walk in order_lists.for_whoever_sees_everybody(made.orders).items():
        for reads in callers(made):
            if reads.sees_everybody:
                assert getattr(walk.method(walk.request, metadata=reads.caller), walk.field), name
                continue
            with pytest.raises(grpc.RpcError) as refused:
                walk.method(walk.request, metadata=reads.caller)
            assert reason(refused.value) == "PERMISSION_MISSING", name


def test_the_imports_listed_are_those_that_are_shown_alone(made: Company, chance: random.Random) -> None:
    assert parts_shown(made, order_file_lists.of_imports(made.orders), chance, name="ListOrderImports")


def test_the_lines_of_an_import_are_shown_where_it_is_and_else_refused_like_those_of_none(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), order_file_lists.of_imports(made.orders).shown
    for reads in callers(made):
        for name in (*(sold["orderImports"] for sold in made.sales), f"orderImports/{lists.NEVER}"):
            visible = bool(single(reads, order_file_lists.imports.OrderImport(name=name)))
            walk = order_file_lists.lines_of(made.orders, name)
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "ORDER_IMPORT_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_reveals_are_shown_of_the_orders_that_are_shown(made: Company, chance: random.Random) -> None:
    outcomes, single = set(), order_lists.of_orders(made.orders).shown
    walk = customer_lists.reveals(made.orders)
    for reads in callers(made):
        seen = walk.all(reads.caller, chance)
        visible = [
            one for one in everything(made, walk, chance) if single(reads, order_lists.orders.Order(name=one.order))
        ]
        assert seen == visible
        outcomes.add(len(visible))
    assert len(outcomes) > 1
