"""Scans sent again and by many at once count once each, and no more goes in than must (WHS-3)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.inventory import InventoryService
from tests.builders.packing import Packing, piece
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House
from tests.integration.inventory.issuing.test_packing_is_checked import Order, inside, refused

pytestmark = pytest.mark.clause("WHS-3")


@pytest.fixture
def packing(inventory: InventoryService, house: House) -> Packing:
    """The pack checks of the house."""
    return Packing(inventory, house.warehouse)


@pytest.fixture
def order(house: House) -> Order:
    """An order of three cups and two of lot L-1 of tea."""
    return Order(house)


def test_a_scanner_that_was_offline_sends_many_and_again_without_doubling(packing: Packing, order: Order) -> None:
    check = packing.start(order.held).name
    sent = [
        piece(order.cup_code, key="a"),
        piece(order.other.code, key="b"),
        piece(order.cup_code, "2", key="c"),
        piece(order.cup_code, key="d"),
        piece(order.lot("L-1"), key="e"),
    ]
    first = packing.scan_many(check, *sent)
    assert [one.reason for one in first.pack_scans] == ["", "PACK_WRONG_ITEM", "", "PACK_TOO_MANY", ""]
    assert inside(first.pack_check) == {"CUP": "3", "TEA": "1"}
    packing.scan(check, order.cup_code, out=True)
    again = packing.scan_many(check, *sent, piece(order.lot("L-1"), key="f"))
    assert list(again.pack_scans)[:5] == list(first.pack_scans)
    assert inside(again.pack_check) == {"CUP": "2", "TEA": "2"}
    packing.scan(check, order.cup_code)
    packing.close(check)
    late = packing.scan_many(check, *sent)
    assert list(late.pack_scans) == list(first.pack_scans)
    assert [one.key for one in packing.scans(check)] == ["a", "b", "c", "d", "e", "", "f", ""]


def test_a_scan_sent_again_under_its_key_counts_once_refused_or_not(packing: Packing, order: Order) -> None:
    check = packing.start(order.held).name
    key = str(uuid4())
    for _ in range(2):
        assert inside(packing.scan(check, order.cup_code, request_id=key))["CUP"] == "1"
    for _ in range(2):
        assert inside(packing.scan(check, order.cup_code, "2", key="mine"))["CUP"] == "3"
    over = [refused(lambda: packing.scan(check, order.cup_code, key="over")) for _ in range(2)]
    assert [(one.reason, one.clause, one.message_en) for one in over] == [
        ("PACK_TOO_MANY", "WHS-3", over[0].message_en)
    ] * 2
    assert len(packing.scans(check)) == 3


def test_two_who_pack_the_same_order_at_once_share_one_check_and_double_nothing(packing: Packing, order: Order) -> None:
    with ThreadPoolExecutor(8) as threads:
        begun = list(threads.map(lambda _: packing.start(order.held).name, range(8)))
    assert len(set(begun)) == 1
    check = begun[0]
    codes = [order.cup_code] * 12 + [order.lot("L-1")] * 12
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda code: refusal_of(lambda: packing.scan(check, code)), codes))
    assert sorted(said) == [""] * 5 + ["PACK_TOO_MANY"] * 19
    assert inside(packing.one(check)) == {"CUP": "3", "TEA": "2"}
    with ThreadPoolExecutor(4) as threads:
        closed = list(threads.map(lambda _: refusal_of(lambda: packing.close(check)), range(4)))
    assert sorted(closed) == ["", *["PACK_CHECK_ENDED"] * 3]


def test_batches_of_the_same_scanner_at_once_count_each_scan_once(packing: Packing, order: Order) -> None:
    check = packing.start(order.held).name
    sent = [piece(order.cup_code, key=f"{number}") for number in range(3)]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: packing.scan_many(check, *sent), range(6)))
    assert {one.name for answer in answers for one in answer.pack_scans} == {one.name for one in packing.scans(check)}
    assert len(packing.scans(check)) == 3
    assert inside(packing.one(check))["CUP"] == "3"


SCANS = st.lists(
    st.tuples(st.sampled_from(["cup", "tea", "wrong"]), st.integers(1, 3), st.booleans(), st.integers(1, 8)),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scans=SCANS)
def test_in_any_order_of_scans_what_is_in_is_what_was_counted_and_never_too_much(
    packing: Packing, order: Order, scans: list[tuple[str, int, bool, int]]
) -> None:
    check = packing.start(order.held).name
    codes = {"cup": order.cup_code, "tea": order.lot("L-1"), "wrong": order.lot("L-2")}
    model, seen = {"cup": 0, "tea": 0}, dict[str, str]()
    most = {"cup": 3, "tea": 2}
    for goods, many, out, number in scans:
        key = f"k{number}"
        (made,) = packing.scan_many(check, piece(codes[goods], f"{many}", out=out, key=key)).pack_scans
        if key in seen:
            assert made.name == seen[key]
            continue
        seen[key] = made.name
        after = model.get(goods, 0) + (-many if out else many)
        fits = goods in most and 0 <= after <= most[goods]
        assert (made.reason == "") is fits
        if fits:
            model[goods] = after
    there: dict[str, Any] = inside(packing.one(check))
    assert there == {"CUP": f"{model['cup']}", "TEA": f"{model['tea']}"}
    assert len(packing.scans(check)) == len(seen)
    packing.call_off(check)
