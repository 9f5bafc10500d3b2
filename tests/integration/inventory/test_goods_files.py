"""Catalogues and stock lists taken in: the real ones of others, and what is wrong in a line is said of that line."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from bylaw.inventory.v1 import goods_imports_pb2 as imports
from bylaw.inventory.v1 import item_sheets_pb2 as sheets
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_chassis.status import refusal_from

from tests.builders.goods import Trade, trade
from tests.builders.inventory import KnownWarehouse
from tests.builders.people import reason
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.test_stock_at_once import at_once

SHARED = Path(__file__).parents[4] / "shared" / "data"
CATALOGUE = SHARED / "catalogue" / "tmall_cosmetics_2016-11.csv.gz"
STOCK = SHARED / "stock" / "stock_list_by_sku.csv.gz"
EXTRACT = (
    "﻿update_time,id,title,price,sale_count,comment_count,店名\n"
    "2016/11/14,A1,自然堂  雪域精粹 50g,139,26719,2704,自然堂\n"
    "2016/11/9,A1,【预售】自然堂 雪域精粹 50g,139,25000,2600,自然堂\n"
    "2016/11/14,A1,自然堂 雪域精粹 50g,139,26719,2704,自然堂\n"
    "2016/11/14,A2,面霜,99,,,佰草集\n"
)
LIST = (
    "index,SKU Code,Design No.,Stock,Category,Size,Color\n"
    "0,AN201-RED-L,AN201,5.0,AN : LEGGINGS,L,Red\n"
    "1, AN201-RED-M ,AN201,0.0,AN : LEGGINGS ,M,Red\n"
    "2,#REF!,BL035,0.0,BLOUSE,FREE,Gold\n"
    "3,,BL086,1.0,BLOUSE,FREE,Blue\n"
    "4,AN202-S,AN202,,LEGGINGS,S,Blue\n"
    "5,AN203-S,AN203,Nill,LEGGINGS,S,Blue\n"
    "6,AN204-S,AN204,-3,LEGGINGS,S,Blue\n"
    "7,AN205-S,AN205,four,LEGGINGS,S,Blue\n"
    "8,AN206-S,JNE3404,0.0,KURTA,S,Wine\n"
    "9,an206-s,PJNE3404,23.0,KURTA,S,Mauve\n"
    "10,AN207-S,AN207,7,KURTA,S,Mauve\n"
    "11,AN207-S,AN207,7,KURTA,S,Mauve\n"
)


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop without goods."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


class Store:
    """A warehouse with a bin, kept by the shop."""

    def __init__(self, shop: Trade) -> None:
        self.shop = shop
        self.warehouse: KnownWarehouse = shop.inventory.warehouse(shop.shop, shop.site, f"W-{shop.number()}")
        self.bin = self.warehouse.place("A-01")

    def take(self, content: bytes, **more: object) -> imports.GoodsImport:
        """Takes a list in."""
        return self.shop.import_stock(self.warehouse.name, self.bin, content, **more)

    @property
    def on_hand(self) -> list[str]:
        """What is there."""
        return sorted(one.on_hand.value for one in self.warehouse.balances())


@pytest.fixture
def store(shop: Trade) -> Store:
    return Store(shop)


def found(shop: Trade, code: str) -> items.Item | None:
    request = items.ListItemsRequest(code=code)
    listed = shop.inventory.items.ListItems(request, metadata=shop.caller).items
    return listed[0] if listed else None


def told(taken: imports.GoodsImport) -> list[tuple[int, str, str, str]]:
    return [(one.line, one.column, one.seen, one.reason) for one in taken.refused_lines]


@pytest.mark.clause("GDS-1")
def test_a_catalogue_is_tried_then_taken_and_of_several_lines_the_latest_counts(shop: Trade) -> None:
    tried = shop.import_items(EXTRACT.encode(), validate_only=True)
    assert (tried.line_count, tried.created_count, tried.passed_over_count, tried.validated_only) == (4, 2, 2, True)
    assert found(shop, "A1") is None
    taken = shop.import_items(gzip.compress(EXTRACT.encode()))
    assert (taken.created_count, taken.passed_over_count, taken.refused_count) == (2, 2, 0)
    made = found(shop, "A1")
    assert made
    assert (made.display_name, made.category, made.unit) == ("自然堂 雪域精粹 50g", "自然堂", "piece")
    again = shop.import_items(EXTRACT.encode())
    assert (again.created_count, again.updated_count, again.unchanged_count) == (0, 0, 2)


@pytest.mark.clause("GDS-1")
def test_what_a_file_says_takes_the_place_of_what_was_and_what_it_leaves_open_stays(shop: Trade) -> None:
    first = (
        b"Code,Name,Specification,Category,Barcode,description_zh,description_en\nB1,Tea,500 g,Teas,96385074,,fine\n"
    )
    shop.import_items(first)
    taken = shop.import_items("商品编码,名称,规格,中文描述\nb1,Black tea,,好茶\n".encode("gb18030"))
    assert taken.updated_count == 1
    made = found(shop, "B1")
    assert made
    assert (made.display_name, made.specification, list(made.barcodes)) == ("Black tea", "500 g", ["96385074"])
    sheet = shop.sheet(made.name)
    assert (sheet.description.zh, sheet.description.en) == ("好茶", "fine")


@pytest.mark.clause("GDS-1")
def test_each_faulty_line_of_a_catalogue_is_named_and_the_others_are_taken(shop: Trade) -> None:
    content = (
        "sku,name,barcode,update_time\n"
        "C1,One,96385074,\n"  # another item's, of the test before or of the first of these
        "C2,Two,6901234567893,\n"
        ",Three,,\n"
        "#REF!,Four,,\n"
        "C5,#VALUE!,,\n"
        f"C6,{'x' * 201},,\n"
        "C7,Seven,,2016/2/30\n"
        "C8,Eight,4006381333931,\n"
        "C9,Nine,4006381333931,\n"
        "D1,Ten,,\n"
        "D1,Eleven,,\n"
        "\n"
        "D2,Twelve\n"
    )
    shop.import_items(b"code,barcode\nB1,96385074\n")
    taken = shop.import_items(content.encode())
    assert told(taken) == [
        (2, "barcode", "96385074", "BARCODE_TAKEN"),
        (3, "barcode", "6901234567893", "BARCODE_INVALID"),
        (4, "sku", "", "CODE_MISSING"),
        (5, "sku", "#REF!", "CELL_BROKEN"),
        (6, "name", "#VALUE!", "CELL_BROKEN"),
        (7, "name", "x" * 40, "TEXT_INVALID"),
        (8, "update_time", "2016/2/30", "TEXT_INVALID"),
        (10, "barcode", "4006381333931", "BARCODE_TAKEN"),
        (11, "sku", "D1", "CODE_REPEATED"),
        (12, "sku", "D1", "CODE_REPEATED"),
    ]
    assert all(one.wording.zh and one.wording.en for one in taken.refused_lines)
    assert (taken.created_count, taken.refused_count, taken.line_count) == (2, 10, 12)


@pytest.mark.clause("GDS-1")
def test_a_file_that_would_make_a_listed_item_incomplete_is_refused_whole(shop: Trade) -> None:
    shop.rule("strict", sheets.SHEET_PART_PICTURES)
    shop.rule("easy", sheets.SHEET_PART_NAME)
    code = f"L-{shop.number()}"
    shop.import_items(f"code,category\n{code},Easy\n".encode())
    made = found(shop, code)
    assert made
    shop.list_on(made.name)
    with pytest.raises(grpc.RpcError) as error:
        shop.import_items(f"code,category\n{code},Strict\n{code}-2,Strict\n".encode())
    assert reason(error.value) == "ITEM_LISTED"
    assert found(shop, f"{code}-2") is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "FILE_EMPTY"),
        (b"PK\x03\x04\0\0", "FILE_DAMAGED"),
        (b"%PDF-1.7\0", "FILE_NOT_RECOGNISED"),
        (gzip.compress(b"code\n1\n")[:-5], "FILE_TRUNCATED"),
        ("code\n1\n".encode("utf-16"), "FILE_ENCODING_REFUSED"),
        (b"name,price\nx,1\n", "FILE_HEADER_WRONG"),
        (b'code\n"open\n', "FILE_DAMAGED"),
        (b"code\n" + b"x\n" * 50_001, "FILE_TOO_MANY_LINES"),
    ],
)
def test_what_is_no_table_of_goods_is_refused(shop: Trade, store: Store, content: bytes, why: str) -> None:
    for act in (lambda: shop.import_items(content), lambda: store.take(content.replace(b"code\n", b"code,qty\n"))):
        with pytest.raises(grpc.RpcError) as error:
            act()
        refusal = refusal_from(error.value)
        assert (refusal.reason, [one.reason for one in refusal.violations]) == ("GOODS_FILE_REFUSED", [why])


@pytest.mark.clause("WHS-1", "WHS-4")
def test_a_stock_list_is_taken_whole_or_with_its_faulty_lines_named(shop: Trade, store: Store) -> None:
    catalogue = shop.import_items(LIST.encode())
    assert {one.reason for one in catalogue.refused_lines} == {"CELL_BROKEN", "CODE_MISSING", "CODE_REPEATED"}
    legging = found(shop, "AN201-RED-M")
    assert legging
    assert (legging.display_name, legging.specification, legging.category) == ("AN201", "M, Red", "AN : LEGGINGS")
    faulty = [
        (4, "SKU Code", "#REF!", "CELL_BROKEN"),
        (5, "SKU Code", "", "CODE_MISSING"),
        (6, "Stock", "", "QUANTITY_INVALID"),
        (7, "Stock", "Nill", "CELL_BROKEN"),
        (8, "Stock", "-3", "QUANTITY_INVALID"),
        (9, "Stock", "four", "QUANTITY_INVALID"),
        (10, "SKU Code", "AN206-S", "ITEM_NOT_FOUND"),
        (11, "SKU Code", "an206-s", "ITEM_NOT_FOUND"),
    ]
    tried = store.take(LIST.encode(), validate_only=True)
    assert (told(tried), tried.received_count, tried.passed_over_count) == (faulty, 2, 1)
    with pytest.raises(grpc.RpcError) as error:
        store.take(LIST.encode())
    refusal = refusal_from(error.value)
    assert (refusal.reason, refusal.variables["count"]) == ("STOCK_LIST_FAULTY", "8")
    assert refusal.violations[0].field == "file:4:SKU Code"
    assert store.on_hand == []
    taken = store.take(LIST.encode(), skip_faulty=True, file_name="opening.csv")
    assert (told(taken), len(taken.stock_movements), store.on_hand) == (faulty, 1, ["5", "7"])
    assert_sound(shop.inventory)


@pytest.mark.clause("WHS-1")
def test_a_stock_list_is_taken_into_a_warehouse_once(shop: Trade, store: Store) -> None:
    shop.import_items(b"code\nE1\nE2\n")
    content = b"code,quantity\nE1,5\n"
    store.take(content, file_name="opening.csv")
    for data, name in ((content, "again.csv"), (b"code,quantity\nE2,5\n", "opening.csv")):
        with pytest.raises(grpc.RpcError) as error:
            store.take(data, file_name=name)
        assert reason(error.value) == "STOCK_LIST_TAKEN"
    assert store.on_hand == ["5"]
    assert len(Store(shop).take(content, file_name="opening.csv").stock_movements) == 1


@pytest.mark.clause("WHS-1")
def test_of_many_who_hand_in_one_list_at_once_one_is_taken(shop: Trade, store: Store) -> None:
    shop.import_items(b"code\nE1\n")
    said = at_once([lambda: store.take(b"code,quantity\nE1,5\n")] * 4, threads=4)
    assert sorted(one for one in said if isinstance(one, str)) == ["STOCK_LIST_TAKEN"] * 3
    assert store.on_hand == ["5"]


def test_a_stock_list_goes_to_a_place_within_reach(shop: Trade, store: Store) -> None:
    shop.import_items(b"code\nE1\n")
    lot = shop.item("LOT-1", tracking=items.ITEM_TRACKING_LOT)
    content = b"code,quantity\nE1,5\n"
    for place, why in ((store.warehouse.places()["SUPPLIER"], "PLACE_NOT_FOUND"), (Store(shop).bin, "PLACE_NOT_FOUND")):
        with pytest.raises(grpc.RpcError) as error:
            shop.import_stock(store.warehouse.name, place, content)
        assert reason(error.value) == why
    for more in ({"file_name": ""}, {"file_name": "x" * 101}):
        with pytest.raises(grpc.RpcError) as error:
            store.take(content, **more)
        assert reason(error.value) == "FIELD_INVALID"
    with pytest.raises(grpc.RpcError) as error:
        shop.import_stock("warehouses/00000000-0000-7000-8000-000000000000", store.bin, content)
    assert reason(error.value) == "WAREHOUSE_NOT_FOUND"
    tried = store.take(f"code,quantity\n{lot.code},5\nE1,0.5\nE1,0.5\n".encode(), validate_only=True)
    assert [one[3] for one in told(tried)] == ["ITEM_TRACKED", "QUANTITY_INVALID"]


@pytest.mark.clause("GDS-1")
def test_the_real_catalogue_of_cosmetics_becomes_as_many_items_as_it_has_listings(shop: Trade) -> None:
    if not CATALOGUE.exists():
        print("the real catalogue is not here: the extracts above stand for it")  # noqa: T201
        return
    taken = shop.import_items(CATALOGUE.read_bytes())
    assert (taken.line_count, taken.refused_count) == (27_598, 0)
    assert taken.created_count + taken.updated_count + taken.unchanged_count == 3_497
    assert taken.passed_over_count == 27_598 - 3_497


@pytest.mark.clause("GDS-1", "WHS-4")
def test_the_real_stock_list_comes_to_the_pieces_that_its_sound_lines_say(shop: Trade, store: Store) -> None:
    if not STOCK.exists():
        print("the real stock list is not here: the extracts above stand for it")  # noqa: T201
        return
    content = STOCK.read_bytes()
    shop.import_items(content)
    tried = store.take(content, validate_only=True)
    reasons = [one.reason for one in tried.refused_lines]
    assert {why: reasons.count(why) for why in set(reasons)} == {
        "CELL_BROKEN": 15,
        "CODE_MISSING": 83,
        "ITEM_NOT_FOUND": 8,
    }
    assert tried.line_count == 9_271
    lines = gzip.decompress(content).splitlines(keepends=True)[:901]
    taken = store.take(b"".join(lines), skip_faulty=True)
    pieces = [
        float(cells[3] or 0) for cells in (line.decode("utf-8-sig").split(",") for line in lines[1:]) if _named(cells)
    ]
    assert taken.received_count == sum(1 for value in pieces if value)
    request = stock.ListStockBalancesRequest(parent=store.warehouse.name, page_size=1000)
    found_there = shop.inventory.stock.ListStockBalances(request, metadata=shop.caller)
    assert sum(int(one.on_hand.value) for one in found_there.stock_balances) == sum(pieces)
    assert_sound(shop.inventory)


def _named(cells: list[str]) -> bool:
    """Whether a line says which item it is of."""
    return cells[1] not in {"", "#REF!"}
