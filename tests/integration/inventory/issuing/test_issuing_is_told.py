"""Whoever reads the feed learns which parcel left by which issue, and what was refused for lack of papers; no more."""

import pytest
from bylaw.inventory.v1 import feed_pb2
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1.papers_pb2 import PaperNeed

from tests.builders.inventory import NOTE, ORDER, InventoryService, line
from tests.builders.issuing import ANY_ORDER, RECEIPT, Papers, Parcels
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House


def told(inventory: InventoryService, kind: str) -> list[feed_pb2.Event]:
    """The events of a kind, in order."""
    while True:
        inventory.run_timer("sequence")
        request = feed_pb2.ListEventsRequest(page_size=1000)
        answer = inventory.feed.ListEvents(request, metadata=inventory.everything)
        assert len(answer.events) < request.page_size
        return [one for one in answer.events if one.WhichOneof("change") == kind]


@pytest.mark.clause("WHS-12", "ORD-2")
def test_the_feed_tells_of_each_parcel_its_carrier_its_number_and_its_issue_and_of_its_receipt(
    inventory: InventoryService, house: House
) -> None:
    parcels, tea = Parcels(inventory, house.warehouse), house.item("TEA")
    house.receive(tea, "10")
    issue = house.warehouse.post(line(tea, house.first, house.carrier, "1"), papers=[ORDER])
    first, second = parcels.hand_over((f"SF-{house.number}", issue.name, ""), (f"SG-{house.number}", issue.name, "R-2"))
    assert refusal_of(lambda: parcels.hand_over((f"SF-{house.number}", issue.name, ""))) == "PARCEL_HANDED_OVER"
    parcels.acknowledge(first.name, "R-1")
    assert refusal_of(lambda: parcels.acknowledge(first.name, "R-3")) == "PARCEL_ACKNOWLEDGED"
    found = [one.parcel_changed for one in told(inventory, "parcel_changed")]
    own = [one for one in found if one.warehouse == house.warehouse.name]
    assert [(one.name, one.receipt) for one in own] == [(first.name, ""), (second.name, "R-2"), (first.name, "R-1")]
    assert {(one.carrier, one.stock_movement) for one in own} == {("SF", issue.name)}
    assert [one.number for one in own] == [first.number, second.number, first.number]
    assert inventory.people.administrator.hex not in str(own).replace("-", "")


@pytest.mark.clause("WHS-3")
def test_the_feed_tells_once_what_was_refused_with_the_papers_that_were_there(
    inventory: InventoryService, house: House, papers: Papers
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    papers.set(ANY_ORDER, RECEIPT)
    out = line(tea, house.first, house.carrier, "1")
    for _ in range(2):
        assert refusal_of(lambda: house.warehouse.post(out, papers=[ORDER, NOTE])) == "PAPERS_MISSING"
    (refused,) = papers.refused()
    found = [one.movement_refused for one in told(inventory, "movement_refused")]
    (own,) = [one for one in found if one.warehouse == house.warehouse.name]
    assert (own.name, own.kind, own.book_date, own.clause) == (
        refused.name,
        stock.STOCK_MOVEMENT_KIND_ISSUE,
        refused.book_date,
        "WHS-3",
    )
    assert (list(own.papers), list(own.missing)) == ([ORDER, NOTE], [PaperNeed(one_of=RECEIPT)])
    assert tea.name not in str(own)
