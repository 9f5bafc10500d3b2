"""Where a rule asks for it, parcels wait for the check of their goods; what is on its way is listed (WHS-12)."""

from datetime import timedelta

import pytest
from bylaw.inventory.v1 import pack_checks_pb2, parcels_pb2
from bylaw.inventory.v1 import stock_pb2 as stock

from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.issuing import Parcels
from tests.builders.packing import Packing
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House
from tests.integration.inventory.issuing.test_packing_is_checked import refused

pytestmark = pytest.mark.clause("WHS-12")
REQUISITION = stock.Paper(kind=stock.PAPER_KIND_REQUISITION, number="Q-1")
REQUIRED, NOT_REQUIRED, AS_ABOVE = range(1, 4)
PACKED, ISSUED, LACKING = range(1, 4)


@pytest.fixture
def packing(inventory: InventoryService, house: House) -> Packing:
    """The pack checks of the house."""
    return Packing(inventory, house.warehouse)


@pytest.fixture
def parcels(inventory: InventoryService, house: House) -> Parcels:
    """The parcels of the house."""
    return Parcels(inventory, house.warehouse)


def sent(house: House, value: str = "2", **more: object) -> str:
    """An issue to the carrier of goods of its own."""
    cup = house.item(f"CUP-{len(house.warehouse.balances())}")
    house.receive(cup, "10")
    papers = more.pop("papers", [ORDER])
    return str(house.warehouse.post(line(cup, house.first, house.carrier, value), papers=papers, **more).name)  # type: ignore[arg-type]


def packed(packing: Packing, name: str, value: str = "2", reason: str = "") -> str:
    """A closed check of one item."""
    check = packing.start(name)
    packing.scan(check.name, check.lines[0].item_code, value)
    return str(packing.close(check.name, reason).name)


def open_ones(parcels: Parcels, **more: object) -> list[parcels_pb2.OpenHandOver]:
    """What is on its way."""
    request = parcels_pb2.ListOpenHandOversRequest(parent=parcels.warehouse.name, **more)  # type: ignore[arg-type]
    answer = parcels.stub.ListOpenHandOvers(request, metadata=parcels.inventory.everything)
    return list(answer.open_hand_overs)


def test_where_nothing_is_set_no_check_is_needed(house: House, parcels: Parcels) -> None:
    assert parcels.hand_over(("SF-1", sent(house), ""))


def test_where_it_is_set_a_parcel_waits_for_the_check_of_its_issue(
    house: House, packing: Packing, parcels: Parcels
) -> None:
    packing.set()
    first, second, own = sent(house), sent(house), sent(house, papers=[REQUISITION])
    found = refused(lambda: parcels.hand_over(("SF-1", own, ""), ("SF-2", first, "")))
    assert (found.reason, found.clause, [one.field for one in found.violations]) == (
        "PARCEL_NOT_PACKED",
        "WHS-12",
        ["lines[1].stock_movement"],
    )
    packing.scan(packing.start(first).name, packing.start(first).lines[0].item_code, "2")
    assert refusal_of(lambda: parcels.hand_over(("SF-2", first, ""))) == "PARCEL_NOT_PACKED"
    packing.close(packing.start(first).name)
    packed(packing, second, "1", "one is broken")
    assert refusal_of(lambda: parcels.hand_over(("SF-2", first, ""), ("SF-3", second, ""))) == "PARCEL_NOT_PACKED"
    assert parcels.listed() == []
    parcels.hand_over(("SF-1", own, ""), ("SF-2", first, ""))
    packed(packing, second, "1")
    parcels.hand_over(("SF-3", second, ""))


def test_a_check_of_the_reservation_is_one_of_what_is_issued_from_it(
    house: House, packing: Packing, parcels: Parcels
) -> None:
    packing.set()
    cup = house.item("CUP")
    house.receive(cup, "10")
    held = house.warehouse.reserve((cup, "3")).name
    packed(packing, held, "2", "one is broken")

    def issue(value: str) -> str:
        made = line(cup, house.first, house.carrier, value)
        return str(house.warehouse.post(made, papers=[ORDER], reservation=held).name)

    first = issue("2")
    parcels.hand_over(("SF-1", first, ""))
    second = issue("1")
    assert refusal_of(lambda: parcels.hand_over(("SF-2", second, ""))) == "PARCEL_NOT_PACKED"
    packed(packing, second, "1")
    parcels.hand_over(("SF-2", second, ""))


def test_a_rule_holds_from_its_day_and_the_warehouses_own_before_the_organisations(
    inventory: InventoryService, house: House, packing: Packing, parcels: Parcels
) -> None:
    before = sent(house)
    tomorrow = (inventory.clock.now + timedelta(days=1)).date().isoformat()
    packing.set(everywhere=True, effective_date=tomorrow)
    parcels.hand_over(("SF-1", before, ""))
    late = sent(house)
    inventory.clock.now += timedelta(days=1)
    parcels.hand_over(("SF-2", late, ""))
    now = sent(house)
    assert refusal_of(lambda: parcels.hand_over(("SF-3", now, ""))) == "PARCEL_NOT_PACKED"
    packing.set(NOT_REQUIRED)
    parcels.hand_over(("SF-3", now, ""))
    packing.set(AS_ABOVE)
    assert refusal_of(lambda: parcels.hand_over(("SF-4", sent(house), ""))) == "PARCEL_NOT_PACKED"
    assert [one.need for one in packing.rules()] == [AS_ABOVE, NOT_REQUIRED, REQUIRED]
    packing.set(AS_ABOVE, everywhere=True)
    parcels.hand_over(("SF-4", sent(house), ""))


def test_a_rule_without_form_is_refused(inventory: InventoryService, house: House, packing: Packing) -> None:
    for wrong in (
        {"need": pack_checks_pb2.PACK_NEED_UNSPECIFIED},
        {"paper": stock.PAPER_KIND_DELIVERY_NOTE},
        {"reason": ""},
        {"effective_date": "2020-01-01"},
    ):
        assert refusal_of(lambda wrong=wrong: packing.set(**wrong)) == "FIELD_INVALID"  # type: ignore[misc]
    nowhere = "warehouses/00000000-0000-7000-8000-000000000000"
    assert refusal_of(lambda: packing.set(warehouse=nowhere)) == "WAREHOUSE_NOT_FOUND"
    far = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    assert refusal_of(lambda: packing.set(metadata=far)) == "PERMISSION_MISSING"


def test_at_six_what_is_on_its_way_is_listed_the_oldest_first(
    inventory: InventoryService, house: House, packing: Packing, parcels: Parcels
) -> None:
    cup = house.item("BOWL")
    house.receive(cup, "10")
    held = house.warehouse.reserve((cup, "2"), purpose="order 9").name
    check = packed(packing, held)
    first, second = sent(house), sent(house)
    wrong, transfer = sent(house), house.warehouse.post(line(cup, house.first, house.second, "1")).name
    house.warehouse.reverse(wrong)
    (parcel,) = parcels.hand_over(("SF-1", second, ""))
    found = open_ones(parcels)
    assert [(one.stage, one.pack_check, one.stock_movement, one.parcel) for one in found] == [
        (PACKED, check, "", ""),
        (ISSUED, "", first, ""),
        (LACKING, "", second, parcel.name),
    ]
    assert [(one.reservation, one.reference, one.carrier) for one in found] == [
        (held, "order 9", ""),
        ("", "O-1", ""),
        ("", "O-1", "SF"),
    ]
    assert transfer not in {one.stock_movement for one in found}
    assert [one.stock_movement for one in open_ones(parcels, stage=ISSUED)] == [first]
    pages, token = [], ""
    while not pages or token:
        request = parcels_pb2.ListOpenHandOversRequest(parent=house.warehouse.name, page_size=1, page_token=token)
        answer = parcels.stub.ListOpenHandOvers(request, metadata=inventory.everything)
        pages += answer.open_hand_overs
        token = answer.next_page_token
    assert pages == open_ones(parcels)
    house.warehouse.post(line(cup, house.first, house.carrier, "2"), papers=[ORDER], reservation=held)
    parcels.acknowledge(parcel.name, "R-1")
    parcels.hand_over(("SF-2", first, "R-2"))
    assert [one.stage for one in open_ones(parcels)] == [ISSUED]


def test_what_is_on_its_way_since_a_day_is_listed_alone(
    inventory: InventoryService, house: House, parcels: Parcels
) -> None:
    sent(house)
    inventory.clock.now += timedelta(days=1)
    last = sent(house)
    today = inventory.clock.now.date().isoformat()
    assert [one.stock_movement for one in open_ones(parcels, start_date=today)] == [last]


def test_what_was_packed_for_a_reservation_that_ended_is_on_its_way_no_more(
    house: House, packing: Packing, parcels: Parcels
) -> None:
    cup = house.item("CUP")
    house.receive(cup, "10")
    held = house.warehouse.reserve((cup, "2")).name
    packed(packing, held)
    assert len(open_ones(parcels)) == 1
    house.warehouse.release(held)
    assert open_ones(parcels) == []


def test_the_list_is_of_a_warehouse_within_reach(inventory: InventoryService, house: House, parcels: Parcels) -> None:
    far = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    request = parcels_pb2.ListOpenHandOversRequest(parent=house.warehouse.name)
    assert refusal_of(lambda: parcels.stub.ListOpenHandOvers(request, metadata=far)) == "WAREHOUSE_NOT_FOUND"
    for wrong in ({"stage": 9}, {"start_date": "yesterday"}):
        assert refusal_of(lambda wrong=wrong: open_ones(parcels, **wrong)) == "FIELD_INVALID"  # type: ignore[misc]
    request.page_token = "x"  # noqa: S105 - no secret
    assert refusal_of(lambda: parcels.stub.ListOpenHandOvers(request, metadata=parcels.inventory.everything)) == (
        "PAGE_TOKEN_INVALID"
    )
