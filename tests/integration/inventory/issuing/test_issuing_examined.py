"""The doctor proves papers, special goods and parcels: whatever is changed behind Bylaw's back is found."""

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_inventory.doctor.papers import papers as papers_kept
from bylaw_inventory.doctor.parcels import parcels as parcels_kept
from bylaw_inventory.doctor.special import special_goods as special_goods_kept

from tests.builders.inventory import EVERYTHING, NOTE, ORDER, InventoryService, line
from tests.builders.issuing import ANY_ORDER, RECEIPT, Papers, Parcels, SpecialGoods
from tests.builders.people import identifier
from tests.builders.receiving import refusal_of
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound, missed
from tests.integration.inventory.conftest import House

CARRIERS = stock.Paper(kind=stock.PAPER_KIND_CARRIER_RECEIPT, number="R")
PAPERS = [
    "update movements set papers = '[]' where kind = 1",
    """update movements set papers = jsonb_set(papers, '{0,number}', '" "') where kind = 1""",
    "update movements set papers = papers - 1 where kind = 2 and jsonb_array_length(papers) = 2",
    "update paper_rules set set_at = set_at - interval '1 day', first_day = first_day - 1",
    "update paper_rules set needs = '[[2],[3],[5]]'",
    "update refused_movements set missing = '[]'",
    'update refused_movements set papers = papers || \'[{"kind": 5, "number": "R"}]\'',
    "update refused_movements set lines = jsonb_set(lines, '{0,quantity}', '\"2\"')",
    "update refused_movements set day = day - 1",
    "update refused_movements set tried_by = 'service:orders'",
    "update refused_movements set clause = 'WHS-1'",
]
SPECIAL = [
    "update movements set posted_by = gen_random_uuid()::text where kind = 3",
    """update special_goods set keepers = jsonb_set(keepers, '{0,0}', '"x"') where item is not null
        and keepers <> '[]'""",
    """update special_goods set keepers = jsonb_set(keepers, '{0,2}', '"2000-01-01"') where item is not null
        and keepers <> '[]'""",
    "update special_goods set set_at = set_at - interval '1 day' where item is not null and keepers <> '[]'",
]
PARCELS = [
    "update parcels set movement = (select id from movements where kind = 1 limit 1)",
    "update parcels set more = array[(select id from movements where kind = 1 limit 1)]",
    "update parcels set more = array[gen_random_uuid()]",
    "update parcels set warehouse = (select id from warehouses where id <> parcels.warehouse limit 1)",
    "update parcels set handed_at = handed_at - interval '1 day'",
    "update movements set posted_at = posted_at + interval '1 day' where kind = 2",
    "update movements set posted_at = posted_at - interval '1 day' where kind = 7",
    "update parcel_receipts set recorded_at = recorded_at - interval '1 day'",
    """update movement_lines set to_place = (select id from places where kind = 6 limit 1)
        where movement in (select movement from parcels)""",
]


@pytest.mark.clause("WHS-3")
def test_papers_that_are_lost_or_a_refusal_that_is_changed_are_found(
    postgres: Databases, inventory: InventoryService, house: House, papers: Papers
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    out = line(tea, house.first, house.carrier, "1")
    house.warehouse.post(out, papers=[ORDER])
    assert refusal_of(lambda: house.warehouse.post(out, papers=[NOTE])) == "PAPERS_MISSING"
    inventory.clock.pass_time(minutes=5)
    papers.set(ANY_ORDER, RECEIPT)
    inventory.clock.pass_time(minutes=5)
    assert refusal_of(lambda: house.warehouse.post(out, papers=[ORDER])) == "PAPERS_MISSING"
    house.warehouse.post(out, papers=[ORDER, CARRIERS])
    assert missed(postgres, inventory, papers_kept, PAPERS) == []
    assert_sound(inventory)


@pytest.mark.clause("WHS-9")
def test_whoever_moved_special_goods_and_did_not_keep_them_then_is_found(
    postgres: Databases, inventory: InventoryService, house: House
) -> None:
    marked = SpecialGoods(inventory)
    keeper = inventory.people.person(f"KEEPER-{house.number}", house.unit, house.site).name
    inventory.follow_people()
    category = f"Acids-{house.number}"
    spirit, acid = house.item("SPIRIT"), house.item("ACID", category=category)
    house.receive(spirit, "10")
    me = f"people/{inventory.people.administrator}"

    def later() -> None:
        inventory.clock.pass_time(minutes=5)

    def moves(item: items.Item, *, as_keeper: bool) -> None:
        who = inventory.people.as_caller(EVERYTHING, person=identifier(keeper)) if as_keeper else inventory.everything
        house.warehouse.post(line(item, house.first, house.second, "1"), metadata=who)

    later()
    marked.mark(keeper, item=spirit.name)
    marked.mark(me, category=category.upper())
    later()
    moves(spirit, as_keeper=True)
    house.receive(acid, "10")
    later()
    marked.mark(keeper, category=category)
    later()
    moves(acid, as_keeper=True)
    marked.mark(item=spirit.name)
    moves(spirit, as_keeper=False)
    assert missed(postgres, inventory, special_goods_kept, SPECIAL) == []
    assert_sound(inventory)


@pytest.mark.clause("WHS-12")
def test_parcels_of_which_the_ledger_says_otherwise_are_found(
    postgres: Databases, inventory: InventoryService, house: House
) -> None:
    parcels = Parcels(inventory, house.warehouse)
    inventory.warehouse(house.unit, house.site, f"OTHER-{house.number}")
    tea = house.item("TEA")
    house.receive(tea, "10")
    inventory.clock.pass_time(minutes=5)
    issue, back = (
        house.warehouse.post(line(tea, house.first, house.carrier, "1"), papers=[ORDER]).name for _ in range(2)
    )
    inventory.clock.pass_time(minutes=5)
    parcels.hand_over(("SF-1", issue, "R-1"), ("SF-2", back, ""))
    inventory.clock.pass_time(minutes=5)
    house.warehouse.reverse(back)
    assert missed(postgres, inventory, parcels_kept, PARCELS) == []
    assert_sound(inventory)
