"""A scanned code says which goods or place it is, and what whoever scanned it can do with it (GDS-1, WHS-8)."""

from typing import Any

import grpc
import pytest
from bylaw.inventory.v1 import codes_pb2, codes_pb2_grpc
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService
from tests.builders.issuing import SpecialGoods
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House

GTINS = iter(f"69012345{number:04}" for number in range(1000))
SHOW, RECEIVE, PUT, MOVE, COUNT, RESERVE, CREATE = range(1, 8)


def scan(house: House, code: str, metadata: Any = None) -> codes_pb2.ScannedCode:
    """Scans a code in the house."""
    inventory = house.warehouse.inventory
    request = codes_pb2.ScanCodeRequest(parent=house.warehouse.name, code=code)
    stub = codes_pb2_grpc.CodesStub(inventory.channel)
    return stub.ScanCode(request, metadata=metadata or inventory.everything)


def gtin() -> str:
    """A GTIN of 13 digits that no other test has."""
    digits = next(GTINS)
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


@pytest.mark.clause("WHS-8")
def test_the_label_of_a_place_is_that_place(house: House) -> None:
    found = scan(house, "a-01")
    assert (found.kind, found.place) == (codes_pb2.SCANNED_CODE_KIND_PLACE, house.first)
    assert list(found.actions) == [SHOW, PUT, MOVE, COUNT]


@pytest.mark.clause("GDS-1")
def test_an_items_own_code_and_its_gtin_are_that_item(house: House) -> None:
    number = gtin()
    tea = house.item("TEA", barcodes=[number], display_name="茉莉花茶")
    own, barcode = scan(house, tea.code.lower()), scan(house, number)
    assert (own.kind, barcode.kind) == (codes_pb2.SCANNED_CODE_KIND_ITEM_CODE, codes_pb2.SCANNED_CODE_KIND_GTIN)
    assert (barcode.gtin, own.gtin) == (f"0{number}", "")
    for found in (own, barcode):
        assert (found.item, found.item_code, found.display_name) == (tea.name, tea.code, "茉莉花茶")
        assert list(found.actions) == [SHOW, RECEIVE, PUT, MOVE, COUNT, RESERVE]


@pytest.mark.clause("GDS-1")
def test_a_gs1_barcode_says_lot_expiry_serial_and_count_and_whether_it_has_expired(house: House) -> None:
    number = gtin()
    tea = house.item("TEA", barcodes=[number], tracking=items.ITEM_TRACKING_LOT)
    found = scan(house, f"]C1010{number}1726020010L-7\x1d21S9\x1d3012")
    assert (found.kind, found.item) == (codes_pb2.SCANNED_CODE_KIND_GS1, tea.name)
    assert (found.lot, found.expiry_date, found.expired) == ("L-7", "2026-02-28", True)
    assert (found.serial, found.count) == ("S9", 12)
    assert not scan(house, f"010{number}17270200").expired


@pytest.mark.clause("GDS-1")
def test_a_wrong_check_digit_is_refused_and_the_one_expected_is_said(house: House) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        scan(house, "6901234500104")
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("CODE_CHECK_DIGIT", "GDS-1")
    assert told.message_en == "The check digit of 6901234500104 should be 3, not 4; scan it again."
    assert "应为 3" in told.message_zh


def test_what_nobody_knows_is_refused_and_goods_not_on_record_can_be_put_there(house: House) -> None:
    assert refusal_of(lambda: scan(house, "NOTHING-HERE")) == "CODE_UNKNOWN"
    assert refusal_of(lambda: scan(house, "")) == "FIELD_INVALID"
    found = scan(house, gtin())
    assert (found.item, list(found.actions)) == ("", [CREATE])
    box = scan(house, "106141412345678908")
    assert (box.kind, box.sscc, list(box.actions)) == (
        codes_pb2.SCANNED_CODE_KIND_SSCC,
        "106141412345678908",
        [RECEIVE],
    )


def test_what_can_be_done_is_what_whoever_scans_may_do_there(
    inventory: InventoryService, house: House, site: str
) -> None:
    number = gtin()
    tea = house.item("TEA", barcodes=[number])
    reader = inventory.caller(house.unit, frozenset({"inventory.codes.read", "inventory.stock.read"}))
    assert list(scan(house, number, reader).actions) == [SHOW]
    clerk = inventory.caller(house.unit, frozenset({"inventory.codes.read", "inventory.items.create"}))
    assert list(scan(house, gtin(), clerk).actions) == []
    elsewhere = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    assert refusal_of(lambda: scan(house, tea.code, elsewhere)) == "WAREHOUSE_NOT_FOUND"
    other = inventory.warehouse(house.unit, site, f"X-{house.number}")
    shelf = f"Z-{house.number}"
    other.place(shelf)
    assert refusal_of(lambda: scan(house, shelf)) == "CODE_UNKNOWN"


@pytest.mark.clause("WHS-9")
def test_special_goods_are_shown_with_their_warning_and_moved_by_their_keepers_alone(
    inventory: InventoryService, house: House
) -> None:
    spirit = house.item("SPIRIT")
    keeper = inventory.people.person(f"S{house.number}", house.unit, house.site).name
    inventory.follow_people()
    SpecialGoods(inventory).mark(keeper, item=spirit.name)
    found = scan(house, spirit.code)
    assert found.special_mark.keepers[0].person == keeper
    assert list(found.actions) == [SHOW, RECEIVE, COUNT, RESERVE]
