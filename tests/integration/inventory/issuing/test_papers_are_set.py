"""Which papers an issue needs is set with history; what lacks any is refused, put on record and told (WHS-3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import grpc
import pytest
from bylaw.inventory.v1 import posting_pb2, posting_pb2_grpc
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.people.v1 import notices_pb2
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.issuing import ANY_ORDER, RECEIPT, Papers
from tests.builders.people import reason
from tests.builders.receiving import holder_of, notices_of, refusal_of
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-3")
WAYBILL = stock.Paper(kind=stock.PAPER_KIND_CARRIER_RECEIPT, number="SF-1")


@pytest.fixture
def director(inventory: InventoryService, house: House) -> str:
    """The operations director, in a house of this test's."""
    return holder_of(inventory, "operations-director", f"D{house.number}", house.unit, house.site)


def told_of(inventory: InventoryService, house: House, person: str) -> list[notices_pb2.Notice]:
    """What somebody was told of a house."""
    return [one for one in notices_of(inventory, person) if one.about == house.warehouse.name]


def test_a_warehouse_asks_for_more_and_what_lacks_any_is_refused_by_name(house: House, papers: Papers) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    out = line(tea, house.first, house.carrier, "1")
    house.warehouse.post(out, papers=[ORDER])
    papers.set(ANY_ORDER, RECEIPT)
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(out, papers=[ORDER])
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("PAPERS_MISSING", "WHS-3")
    assert told.message_en.startswith("The paperwork is not complete: it takes a carrier's receipt")
    assert told.message_zh == "手续不全：须有承运人回执（编号）；请补齐后再过账。"
    assert house.warehouse.on_hand(tea) == {"A-01": ("9", "0")}
    assert house.warehouse.post(out, papers=[ORDER, WAYBILL]).papers == [ORDER, WAYBILL]


def test_the_organisations_rule_holds_where_a_warehouse_has_none_of_its_own(house: House, papers: Papers) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    out = line(tea, house.first, house.carrier, "1")
    papers.set((stock.PAPER_KIND_REQUISITION,), everywhere=True)
    try:
        assert refusal_of(lambda: house.warehouse.post(out, papers=[ORDER])) == "PAPERS_MISSING"
        papers.set(ANY_ORDER)
        house.warehouse.post(out, papers=[ORDER])
        papers.set()
        assert refusal_of(lambda: house.warehouse.post(out, papers=[ORDER])) == "PAPERS_MISSING"
    finally:
        papers.set(everywhere=True, reason="back to the rulebook")
    house.warehouse.post(out, papers=[ORDER])
    assert [(bool(one.warehouse), len(one.needs)) for one in papers.rules()] == [
        (False, 0),
        (True, 0),
        (True, 1),
        (False, 1),
    ]


def test_a_rule_holds_from_its_day_on(inventory: InventoryService, house: House, papers: Papers) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    out, tomorrow = line(tea, house.first, house.carrier, "1"), inventory.clock.now.date() + timedelta(days=1)
    papers.set(ANY_ORDER, RECEIPT, effective_date=tomorrow.isoformat())
    house.warehouse.post(out, papers=[ORDER])
    inventory.clock.pass_time(days=1)
    assert refusal_of(lambda: house.warehouse.post(out, papers=[ORDER])) == "PAPERS_MISSING"
    yesterday = (tomorrow - timedelta(days=1)).isoformat()
    assert house.warehouse.post(out, papers=[ORDER], book_date=yesterday).book_date == yesterday


def test_never_fewer_papers_are_asked_for_than_the_rulebook_does(papers: Papers) -> None:
    for needs in ((RECEIPT,), ((*ANY_ORDER, *RECEIPT),)):
        with pytest.raises(grpc.RpcError) as refused:
            papers.set(*needs)
        told = refusal_from(refused.value)
        assert (told.reason, told.clause) == ("PAPERS_BELOW_LEAST", "WHS-3")
        assert "sales order or requisition" in told.message_en
    with pytest.raises(grpc.RpcError) as refused:
        papers.set(ANY_ORDER, kind=stock.STOCK_MOVEMENT_KIND_DELIVERY)
    assert refusal_from(refused.value).clause == "WHS-12"
    assert [one for one in papers.rules() if one.warehouse] == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": stock.STOCK_MOVEMENT_KIND_RECEIPT}, "paper_rule.kind"),
        ({"kind": stock.STOCK_MOVEMENT_KIND_TRANSFER}, "paper_rule.kind"),
        ({"kind": 0}, "paper_rule.kind"),
        ({"reason": ""}, "paper_rule.reason"),
        ({"effective_date": "2026-01-01"}, "paper_rule.effective_date"),
        ({"effective_date": "soon"}, "paper_rule.effective_date"),
        ({"warehouse": "shelves/1"}, "paper_rule.warehouse"),
    ],
)
def test_a_rule_of_another_form_is_refused_by_its_field(papers: Papers, more: dict[str, object], field: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        papers.set(ANY_ORDER, **more)
    told = refusal_from(refused.value)
    assert (told.reason, [one.field for one in told.violations]) == ("FIELD_INVALID", [field])
    assert refusal_of(lambda: papers.set(())) == "FIELD_INVALID"


def test_only_whoever_reaches_the_whole_organisation_sets_papers(
    inventory: InventoryService, house: House, papers: Papers
) -> None:
    own = inventory.caller(house.unit)
    assert refusal_of(lambda: papers.set(ANY_ORDER, metadata=own)) == "PERMISSION_MISSING"
    gone = "warehouses/00000000-0000-7000-8000-000000000000"
    assert refusal_of(lambda: papers.set(ANY_ORDER, warehouse=gone)) == "WAREHOUSE_NOT_FOUND"


def test_a_refused_issue_is_on_record_and_told_to_the_operations_director_once(
    inventory: InventoryService, house: House, papers: Papers, director: str
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    out = line(tea, house.first, house.customer, "4")
    for _ in range(3):
        assert refusal_of(lambda: house.warehouse.post(out, papers=[])) == "PAPERS_MISSING"
    (kept,) = papers.refused()
    assert (kept.kind, kept.clause, len(kept.papers)) == (stock.STOCK_MOVEMENT_KIND_ISSUE, "WHS-3", 0)
    assert list(kept.lines) == [line(tea, house.first, house.customer, "4", unit="piece")]
    assert [sorted(need.one_of) for need in kept.missing] == [sorted(ANY_ORDER)]
    assert kept.tried_by == f"people/{inventory.people.administrator}"
    (notice,) = told_of(inventory, house, director)
    assert notice.title.en == f"Refused at W-{house.number} for lack of papers: an issue"
    assert notice.title.zh == f"W-{house.number} 仓手续不全，出库已被拒绝"
    assert notice.body.en.splitlines() == ["Lacking: sales order or requisition", f"{tea.code}: 4 piece"]
    assert notice.about == house.warehouse.name
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    inventory.clock.pass_time(hours=1, seconds=1)
    assert refusal_of(lambda: house.warehouse.post(out, papers=[])) == "PAPERS_MISSING"
    assert len(papers.refused()) == len(told_of(inventory, house, director)) == 2


def test_the_same_attempt_at_once_is_one_and_another_is_another(house: House, papers: Papers) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")

    def attempt(value: str) -> str:
        return refusal_of(lambda: house.warehouse.post(line(tea, house.first, house.customer, value), papers=[]))

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(attempt, ["1", "1", "1", "1", "2", "2"])) == {"PAPERS_MISSING"}
    assert sorted(one.lines[0].quantity.value for one in papers.refused()) == ["1", "2"]


def test_a_request_under_a_key_is_refused_and_reported_and_may_be_sent_again_with_its_papers(
    inventory: InventoryService, house: House, papers: Papers
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    wish = stock.StockMovement(warehouse=house.warehouse.name, lines=[line(tea, house.first, house.customer, "1")])
    request = stock.PostStockMovementRequest(stock_movement=wish, request_id="one-wish")
    for _ in range(2):
        with pytest.raises(grpc.RpcError) as refused:
            inventory.stock.PostStockMovement(request, metadata=inventory.everything)
        assert reason(refused.value) == "PAPERS_MISSING"
    assert len(papers.refused()) == 1
    request.stock_movement.papers.append(ORDER)
    inventory.stock.PostStockMovement(request, metadata=inventory.everything)
    assert house.warehouse.on_hand(tea) == {"A-01": ("9", "0")}


def test_of_many_at_once_each_that_lacks_papers_is_on_record(
    inventory: InventoryService, house: House, papers: Papers, director: str
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    moved = [stock.StockMovement(lines=[line(tea, house.first, house.customer, value)]) for value in ("1", "2")]
    good = stock.StockMovement(lines=[line(tea, house.first, house.customer, "3")], papers=[ORDER])
    request = posting_pb2.BatchPostStockMovementsRequest(parent=house.warehouse.name, stock_movements=[*moved, good])
    stub = posting_pb2_grpc.PostingStub(inventory.channel)
    assert refusal_of(lambda: stub.BatchPostStockMovements(request, metadata=inventory.everything)) == "PAPERS_MISSING"
    assert sorted(one.lines[0].quantity.value for one in papers.refused()) == ["1", "2"]
    assert len(told_of(inventory, house, director)) == 2


def test_a_look_before_is_no_attempt(inventory: InventoryService, house: House, papers: Papers) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    wish = stock.StockMovement(warehouse=house.warehouse.name, lines=[line(tea, house.first, house.customer, "1")])
    request = posting_pb2.PreviewStockMovementRequest(stock_movement=wish)
    stub = posting_pb2_grpc.PostingStub(inventory.channel)
    assert refusal_of(lambda: stub.PreviewStockMovement(request, metadata=inventory.everything)) == "PAPERS_MISSING"
    assert papers.refused() == []
