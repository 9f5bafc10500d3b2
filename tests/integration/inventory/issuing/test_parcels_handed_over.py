"""Each parcel handed to a carrier is recorded once, with the issue it was made by and its receipt (WHS-12)."""

from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.issuing import Parcels
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-12")
NONE = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def parcels(inventory: InventoryService, house: House) -> Parcels:
    """The parcels of the house."""
    return Parcels(inventory, house.warehouse)


@pytest.fixture
def issue(house: House) -> str:
    """An issue to the carrier."""
    tea = house.item("TEA")
    house.receive(tea, "10")
    return str(house.warehouse.post(line(tea, house.first, house.carrier, "1"), papers=[ORDER]).name)


def test_parcels_without_a_receipt_are_listed_until_it_comes(parcels: Parcels, issue: str) -> None:
    first, second = parcels.hand_over(("SF-1", issue, ""), ("SF-2", issue, "R-2"))
    assert (first.carrier, first.stock_movement, first.receipt) == ("SF", issue, "")
    assert [one.number for one in parcels.listed()] == ["SF-2", "SF-1"]
    assert parcels.listed(lacking_receipt=True) == [first]
    done = parcels.acknowledge(first.name, "R-1")
    assert (done.receipt, done.receipt_by) == ("R-1", first.handed_over_by)
    assert parcels.listed(lacking_receipt=True) == []
    assert parcels.listed() == [second, done]


def test_a_receipt_stands(parcels: Parcels, issue: str) -> None:
    (made,) = parcels.hand_over(("SF-1", issue, ""))

    def acknowledge(receipt: str) -> str:
        return refusal_of(lambda: parcels.acknowledge(made.name, receipt))

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(acknowledge, ["R-1", "R-2"]))
    assert sorted(outcomes) == ["", "PARCEL_ACKNOWLEDGED"]
    (kept,) = parcels.listed()
    with pytest.raises(grpc.RpcError) as refused:
        parcels.acknowledge(made.name, "R-3")
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("PARCEL_ACKNOWLEDGED", "WHS-12")
    assert kept.receipt in told.message_en


def test_a_parcel_is_handed_over_once_and_all_of_them_or_none(parcels: Parcels, issue: str) -> None:
    parcels.hand_over(("SF-1", issue, ""))
    with pytest.raises(grpc.RpcError) as refused:
        parcels.hand_over(("SF-9", issue, ""), ("sf-1", issue, ""))
    told = refusal_from(refused.value)
    assert (told.reason, told.clause, [one.field for one in told.violations]) == (
        "PARCEL_HANDED_OVER",
        "WHS-12",
        ["lines[1].number"],
    )
    assert refusal_of(lambda: parcels.hand_over(("SF-3", issue, ""), ("sf-3", issue, ""))) == "PARCEL_HANDED_OVER"
    parcels.hand_over(("SF-1", issue, ""), carrier="YTO")
    assert [(one.carrier, one.number) for one in parcels.listed()] == [("YTO", "SF-1"), ("SF", "SF-1")]


def test_of_two_who_hand_the_same_parcels_over_one_does(parcels: Parcels, issue: str) -> None:
    both = [("SF-1", issue, "R"), ("SF-2", issue, "R")]
    with ThreadPoolExecutor(4) as threads:
        orders = [both, both[::-1]] * 2
        outcomes = list(threads.map(lambda some: refusal_of(lambda: parcels.hand_over(*some)), orders))
    assert sorted(outcomes) == ["", *["PARCEL_HANDED_OVER"] * 3]
    assert len(parcels.listed()) == 2


def test_what_was_not_issued_to_a_carrier_is_not_handed_over(house: House, parcels: Parcels, issue: str) -> None:
    tea = house.item("CUP")
    house.receive(tea, "10")
    moved = house.warehouse.post(line(tea, house.first, house.second, "1")).name
    collected = house.warehouse.post(line(tea, house.first, house.customer, "1"), papers=[ORDER]).name
    wrong = house.warehouse.post(line(tea, house.first, house.carrier, "1"), papers=[ORDER]).name
    house.warehouse.reverse(wrong)
    for movement in (moved, collected, wrong, f"stockMovements/{NONE}"):
        with pytest.raises(grpc.RpcError) as refused:
            parcels.hand_over(("SF-1", movement, ""))
        told = refusal_from(refused.value)
        assert (told.reason, told.clause, told.violations[0].field) == (
            "PARCEL_NOT_ISSUED",
            "WHS-12",
            "lines[0].stock_movement",
        )
    several = [("SF-1", issue, ""), ("SF-1", issue, ""), ("SF-2", moved, "")]
    assert refusal_of(lambda: parcels.hand_over(*several)) == "LINES_REFUSED"
    assert parcels.listed() == []


def test_what_has_no_form_or_is_out_of_reach_is_refused(
    inventory: InventoryService, house: House, parcels: Parcels, issue: str
) -> None:
    (made,) = parcels.hand_over(("SF-1", issue, ""))
    for some in ([], [("", issue, "")], [("SF-2", "places/1", "")], [("SF-2", issue, "x" * 101)]):
        assert refusal_of(lambda some=some: parcels.hand_over(*some)) == "FIELD_INVALID"
    assert refusal_of(lambda: parcels.hand_over(("SF-2", issue, ""), carrier="")) == "FIELD_INVALID"
    assert refusal_of(lambda: parcels.acknowledge(made.name, "")) == "FIELD_INVALID"
    far = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    assert refusal_of(lambda: parcels.acknowledge(made.name, "R", far)) == "PARCEL_NOT_FOUND"
    assert refusal_of(lambda: parcels.hand_over(("SF-2", issue, ""), metadata=far)) == "WAREHOUSE_NOT_FOUND"
    assert refusal_of(lambda: parcels.acknowledge(f"parcels/{NONE}", "R")) == "PARCEL_NOT_FOUND"
