"""Catalogues and stock lists as workbooks: the same columns, the same faults, by the lines that the program shows."""

from collections.abc import Callable, Iterator
from datetime import datetime

import grpc
import pytest
from bylaw.inventory.v1 import goods_imports_pb2 as imports
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from

from tests.builders.goods import Trade, trade
from tests.builders.workbooks import unpacking_to, workbook
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound

HEADING = ["更新时间", " SKU Code ", "名称", "规格", "条码", "库存"]
WHOLE_FILE = 64 * 1024 * 1024


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop without goods."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


def told(taken: imports.GoodsImport) -> list[tuple[int, str, str, str]]:
    return [(one.line, one.column, one.seen, one.reason) for one in taken.refused_lines]


def named(shop: Trade, code: str) -> items.Item:
    (one,) = shop.inventory.items.ListItems(items.ListItemsRequest(code=code), metadata=shop.caller).items
    return one


@pytest.mark.clause("GDS-1")
def test_a_catalogue_is_read_from_the_sheet_that_has_its_columns_and_faults_are_named_by_its_lines(shop: Trade) -> None:
    content = workbook(
        {
            "说明": [["Our goods", "of March"]],
            "商品": [
                [],
                HEADING,
                [datetime(2026, 3, 1), "W1", "  岩茶   大红袍 ", "500 g", 4006381333931],  # noqa: DTZ001 - a wall's
                [],
                [None, 1004, "Cup", 0.5],
                [None, "#REF!", "Plate"],
                [None, "W4", "Nill"],
                [None, "  ", "Bowl"],
                [None, "W6", "Jug", None, "6901234567893"],
                [None, "W7", "Pot", None, None, "not of a catalogue"],
            ],
        }
    )
    tried = shop.import_items(content, validate_only=True)
    taken = shop.import_items(content)
    faulty = [
        (6, "SKU Code", "#REF!", "CELL_BROKEN"),
        (7, "名称", "Nill", "CELL_BROKEN"),
        (8, "SKU Code", "", "CODE_MISSING"),
        (9, "条码", "6901234567893", "BARCODE_INVALID"),
    ]
    assert (told(tried), tried.created_count, tried.validated_only) == (faulty, 3, True)
    assert (told(taken), taken.created_count, taken.line_count) == (faulty, 3, 7)
    tea, cup = named(shop, "W1"), named(shop, "1004")
    assert (tea.display_name, list(tea.barcodes)) == ("岩茶 大红袍", ["4006381333931"])
    assert (cup.display_name, cup.specification) == ("Cup", "0.5")


@pytest.mark.clause("WHS-1", "WHS-4")
def test_a_stock_list_is_taken_from_a_workbook_with_its_faulty_lines_named(shop: Trade) -> None:
    shop.import_items(b"code\nS1\nS2\nS3\nS4\n")
    store = shop.inventory.warehouse(shop.shop, shop.site, f"W-{shop.number()}")
    shelf = store.place("A-01")
    content = workbook({"库存": [["商品编码", "库存"], ["S1", 5], ["S2", 3.0], ["S3", "#N/A"], ["S4", -1], ["S9", 1]]})
    with pytest.raises(grpc.RpcError) as error:
        shop.import_stock(store.name, shelf, content, file_name="stock.xlsx")
    refusal = refusal_from(error.value)
    assert refusal.reason == "STOCK_LIST_FAULTY"
    assert [one.field for one in refusal.violations] == ["file:4:库存", "file:5:库存", "file:6:商品编码"]
    taken = shop.import_stock(store.name, shelf, content, file_name="stock.xlsx", skip_faulty=True)
    assert [one[3] for one in told(taken)] == ["CELL_BROKEN", "QUANTITY_INVALID", "ITEM_NOT_FOUND"]
    assert sorted(one.on_hand.value for one in store.balances()) == ["3", "5"]
    assert_sound(shop.inventory)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: workbook({"空": []}), "FILE_EMPTY"),
        (lambda: workbook({"一": [["name", "price"], ["x", 1]], "二": [["title"]]}), "FILE_HEADER_WRONG"),
        (lambda: workbook({"一": [["code"], *([f"C{number}"] for number in range(50_001))]}), "FILE_TOO_MANY_LINES"),
        (lambda: workbook({"一": [["code"], ["A"]]})[:-200], "FILE_DAMAGED"),
        (lambda: unpacking_to(workbook({"一": [["code"], ["A"]]}), WHOLE_FILE), "FILE_TOO_LARGE"),
    ],
    ids=["empty", "no code", "too many lines", "cut", "unpacks to too much"],
)
def test_a_workbook_that_is_no_catalogue_is_refused_whole(shop: Trade, content: Callable[[], bytes], why: str) -> None:
    with pytest.raises(grpc.RpcError) as error:
        shop.import_items(content())
    refusal = refusal_from(error.value)
    assert (refusal.reason, [one.reason for one in refusal.violations]) == ("GOODS_FILE_REFUSED", [why])
