"""Many who do the same work at once, and different work on the same goods: once each, no deadlock, the books hold."""

import pytest

from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.issuing import Parcels
from tests.builders.receiving import Dock
from tests.builders.stock_books import StockBooks, movement
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House
from tests.integration.inventory.test_stock_at_once import at_once


def refusals(said: list[object]) -> list[str]:
    """Why those were refused that were."""
    return sorted(one for one in said if isinstance(one, str))


@pytest.mark.clause("WHS-8")
def test_of_many_who_put_the_same_goods_away_as_many_do_as_there_are_goods(
    inventory: InventoryService, house: House
) -> None:
    dock, tea = Dock(inventory, house.warehouse), house.item("TEA")
    house.receive(tea, "10", house.inspection)
    bins = (house.first, house.second)
    said = at_once(
        [lambda turn=turn: dock.put(tea, house.inspection, "3", to_place=bins[turn % 2]) for turn in range(8)]
    )  # type: ignore[misc]
    assert refusals(said) == ["STOCK_SHORT"] * 5
    there = house.warehouse.on_hand(tea)
    assert there.pop("LOOK") == ("1", "0")
    assert sum(int(pieces) for pieces, _ in there.values()) == 9
    assert_sound(inventory)


@pytest.mark.clause("WHS-4")
def test_batches_baskets_transfers_and_reversals_over_the_same_goods_never_lock_each_other_out(
    inventory: InventoryService, house: House, kept: StockBooks
) -> None:
    goods = [house.item(f"G{number}") for number in range(3)]
    for item in goods:
        house.receive(item, "500")
        house.receive(item, "500", house.second)
    wrong = [house.warehouse.post(line(item, house.first, house.second, "1")).name for item in goods]
    there = [line(item, house.first, house.second, "2") for item in goods]
    back = [line(item, house.second, house.first, "2") for item in goods[::-1]]
    acts = [
        *[lambda: kept.post_many(movement(*there), movement(*back))] * 6,
        *[lambda: kept.post_many(*(movement(one) for one in back + there))] * 6,
        *[lambda: house.warehouse.post(*there)] * 6,
        *[lambda: house.warehouse.post(*back)] * 6,
        *[lambda: house.warehouse.reserve(*((item, "1") for item in goods))] * 6,
        *[lambda: house.warehouse.reserve(*((item, "1") for item in goods[::-1]))] * 6,
        *[lambda name=name: house.warehouse.reverse(name) for name in wrong],  # type: ignore[misc]
    ]
    said = at_once([act for turn in range(6) for act in acts[turn::6]])
    assert refusals(said) == []
    for item in goods:
        found = house.warehouse.on_hand(item)
        assert {place: pieces for place, (pieces, _) in found.items()} == {"A-01": "500", "A-02": "500"}
        assert sum(int(held) for _, held in found.values()) == 12
    assert_sound(inventory)


@pytest.mark.clause("WHS-12")
def test_parcels_handed_over_while_their_issues_are_reversed_leave_books_that_hold(
    inventory: InventoryService, house: House
) -> None:
    parcels, tea = Parcels(inventory, house.warehouse), house.item("TEA")
    house.receive(tea, "20")
    issues = [house.warehouse.post(line(tea, house.first, house.carrier, "1"), papers=[ORDER]).name for _ in range(8)]
    handing = [lambda name=name: parcels.hand_over((name, name, "")) for name in issues]  # type: ignore[misc]
    undoing = [lambda name=name: house.warehouse.reverse(name) for name in issues]  # type: ignore[misc]
    said = at_once([act for both in zip(handing, undoing, strict=True) for act in both])
    assert set(refusals(said)) <= {"PARCEL_NOT_ISSUED"}
    assert len(parcels.listed()) == 8 - len(refusals(said))
    assert house.warehouse.on_hand(tea) == {"A-01": ("20", "0")}
    assert_sound(inventory)
