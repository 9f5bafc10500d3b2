"""Catalogues bring further units, and stock lists state quantities in them; what is wrong is said of its line."""

from collections.abc import Iterator

import pytest
from bylaw.inventory.v1 import goods_imports_pb2 as imports
from bylaw.inventory.v1 import items_pb2 as items

from tests.builders.goods import Trade, trade
from tests.builders.inventory import InventoryService
from tests.builders.receiving import refusal_of
from tests.builders.units import set_units, unit
from tests.databases import Databases

pytestmark = pytest.mark.clause("GDS-1")
PACKS = "code,name,unit,pack_unit,pack_quantity\n"


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop without goods."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


@pytest.fixture(scope="module")
def inventory(shop: Trade) -> InventoryService:
    """Where its goods are on record."""
    return shop.inventory


def listed(shop: Trade, code: str) -> list[items.Item]:
    """The items with a code, if there are any."""
    request = items.ListItemsRequest(code=code)
    return list(shop.inventory.items.ListItems(request, metadata=shop.caller).items)


def named(shop: Trade, code: str) -> items.Item:
    """The item with a code."""
    (found,) = listed(shop, code)
    return found


def units_of(shop: Trade, code: str) -> list[tuple[str, str]]:
    """An item's further units."""
    return [(one.unit, one.base_quantity) for one in named(shop, code).units]


def faults(taken: imports.GoodsImport) -> list[tuple[int, str, str]]:
    """The lines that were not taken."""
    return [(one.line, one.column, one.reason) for one in taken.refused_lines]


def test_a_catalogue_brings_the_carton_of_an_item_and_changes_it(shop: Trade, inventory: InventoryService) -> None:
    assert shop.import_items(f"{PACKS}P1,Tea,,carton,24\nP2,Cloth,m,roll,12.5\n".encode()).created_count == 2
    assert (units_of(shop, "P1"), units_of(shop, "P2")) == ([("carton", "24")], [("roll", "12.5")])
    assert shop.import_items("商品编码,包装单位,装箱数\nP1,carton,24.0\nP2,,\n".encode("gb18030")).unchanged_count == 2
    changed = [unit("bag", "6"), unit("carton", "24", barcode="96385074")]
    set_units(inventory, named(shop, "P1"), *changed)
    assert shop.import_items(f"{PACKS}P1,,,Carton,20\n".encode()).updated_count == 1
    assert units_of(shop, "P1") == [("bag", "6"), ("Carton", "20")]
    assert named(shop, "P1").units[1].barcode == "96385074"


def test_a_pack_that_is_none_is_said_of_its_line_and_the_item_is_left_out(shop: Trade) -> None:
    lines = (
        f"{PACKS}Q1,Tea,,,24\nQ2,Tea,,carton,\nQ3,Tea,,carton,0\nQ4,Tea,,carton,1e30\nQ5,Tea,,Piece,24\n"
        "Q6,Tea,,a carton of many a piece,24\nQ7,Tea,box,box,2\nQ8,Tea,box,piece,0.5\n"
    )
    taken = shop.import_items(lines.encode())
    assert faults(taken) == [
        (2, "pack_unit", "PACK_UNNAMED"),
        (3, "pack_quantity", "QUANTITY_INVALID"),
        (4, "pack_quantity", "QUANTITY_INVALID"),
        (5, "pack_quantity", "QUANTITY_INVALID"),
        (6, "pack_unit", "PACK_IS_OWN_UNIT"),
        (7, "pack_unit", "TEXT_INVALID"),
        (8, "pack_unit", "PACK_IS_OWN_UNIT"),
    ]
    assert (taken.created_count, units_of(shop, "Q8")) == (1, [("piece", "0.5")])
    assert shop.import_items(b"code,pack_unit,pack_quantity\nQ8,box,3\n").refused_lines[0].reason == "PACK_IS_OWN_UNIT"
    assert shop.import_items(f"{PACKS}R1,Tea,,carton,24\n".encode(), validate_only=True).created_count == 1
    assert listed(shop, "R1") == []


@pytest.mark.clause("WHS-1", "WHS-4")
def test_a_stock_list_may_say_cartons_and_the_card_says_them_too(shop: Trade) -> None:
    shop.import_items(f"{PACKS}S1,Tea,,carton,24\nS2,Cup,,,\n".encode())
    warehouse = shop.inventory.warehouse(shop.shop, shop.site, f"W-{shop.number()}")
    place = warehouse.place("A-01")
    wrong = "code,qty,单位\nS1,2,crate\nS2,3,carton\nS1,0.1,carton\n"
    assert refusal_of(lambda: shop.import_stock(warehouse.name, place, wrong.encode())) == "STOCK_LIST_FAULTY"
    tried = shop.import_stock(warehouse.name, place, b"code,qty,unit\nS1,0.1,carton\nS2,1,carton\n", validate_only=True)
    assert faults(tried) == [(2, "qty", "QUANTITY_NOT_CONVERTIBLE"), (3, "unit", "QUANTITY_UNIT_UNKNOWN")]
    twice = shop.import_stock(warehouse.name, place, b"code,qty,unit\nS1,2,carton\nS1,2,\n", validate_only=True)
    assert [why for *_, why in faults(twice)] == ["CODE_REPEATED", "CODE_REPEATED"]
    taken = shop.import_stock(warehouse.name, place, b"code,qty,unit\nS1,2,carton\nS2,5,\nS1,2,carton\n")
    assert (taken.received_count, taken.passed_over_count) == (2, 1)
    cards = {warehouse.card(one.name)[0].stated_difference: one.on_hand.value for one in warehouse.balances()}
    assert cards == {"2 carton": "48", "": "5"}
