"""Goods of several issues that were packed together are handed over as one parcel, which names them all (WHS-12)."""

import grpc
import pytest
from bylaw.inventory.v1 import feed_pb2, parcels_pb2
from bylaw_chassis.status import refusal_from
from bylaw_inventory.doctor.parcels import parcels as examine_parcels

from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.issuing import Parcels
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-12")


@pytest.fixture
def parcels(inventory: InventoryService, house: House) -> Parcels:
    """The parcels of the house."""
    return Parcels(inventory, house.warehouse)


@pytest.fixture
def issues(house: House) -> list[str]:
    """Three issues to the carrier."""
    tea = house.item("TEA")
    house.receive(tea, "10")
    moved = [line(tea, house.first, house.carrier, "1") for _ in range(3)]
    return [str(house.warehouse.post(one, papers=[ORDER]).name) for one in moved]


def unhanded(parcels: Parcels) -> list[str]:
    """The issues that are in no parcel."""
    request = parcels_pb2.ListOpenHandOversRequest(
        parent=parcels.warehouse.name, stage=parcels_pb2.HAND_OVER_STAGE_ISSUED
    )
    answer = parcels.stub.ListOpenHandOvers(request, metadata=parcels.inventory.everything)
    return sorted(one.stock_movement for one in answer.open_hand_overs)


def test_a_parcel_names_all_the_issues_whose_goods_are_in_it(
    inventory: InventoryService, parcels: Parcels, issues: list[str]
) -> None:
    first, second, third = issues
    assert unhanded(parcels) == sorted(issues)
    (made,) = parcels.hand_over(("SF-1", first, ""), more=[second])
    assert (made.stock_movement, list(made.more_stock_movements)) == (first, [second])
    assert unhanded(parcels) == [third]
    assert parcels.listed() == [made]
    done = parcels.acknowledge(made.name, "R-1")
    assert list(done.more_stock_movements) == [second]
    told = [
        list(event.parcel_changed.more_stock_movements)
        for event in inventory.feed.ListEvents(
            feed_pb2.ListEventsRequest(page_size=1000), metadata=inventory.everything
        ).events
        if event.parcel_changed.name == made.name
    ]
    assert told
    assert told[-1] == [second]
    with inventory.service.database.read() as connection:
        assert examine_parcels(connection, None).holds  # type: ignore[arg-type] # it asks nothing of who examines


def test_each_issue_of_a_parcel_is_one_to_a_carrier_and_named_once(
    house: House, parcels: Parcels, issues: list[str]
) -> None:
    first, second, third = issues
    house.warehouse.reverse(second)
    with pytest.raises(grpc.RpcError) as refused:
        parcels.hand_over(("SF-1", first, ""), more=[third, second])
    told = refusal_from(refused.value)
    assert (told.reason, [one.field for one in told.violations]) == (
        "PARCEL_NOT_ISSUED",
        ["lines[0].more_stock_movements[1]"],
    )
    for more in ([first], [third, third], ["places/1"], [third] * 51):
        assert refusal_of(lambda more=more: parcels.hand_over(("SF-1", first, ""), more=more)) == "FIELD_INVALID"
    assert parcels.listed() == []
    parcels.hand_over(("SF-1", first, ""), more=[third])
