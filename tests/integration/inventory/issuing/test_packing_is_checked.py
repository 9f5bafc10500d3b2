"""What goes into a parcel is checked scan by scan against what must go in (WHS-3)."""

from collections.abc import Iterator
from datetime import timedelta

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import pack_checks_pb2
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.packing import Packing, piece
from tests.builders.receiving import refusal_of
from tests.builders.units import unit as further
from tests.integration.inventory.conftest import House
from tests.integration.inventory.issuing.test_codes_are_scanned import gtin

pytestmark = pytest.mark.clause("WHS-3")
NONE = "00000000-0000-7000-8000-000000000000"
OPEN, COMPLETE, SHORT, CALLED_OFF = range(1, 5)


@pytest.fixture
def packing(inventory: InventoryService, house: House) -> Packing:
    """The pack checks of the house."""
    return Packing(inventory, house.warehouse)


class Order:
    """An order of three cups and two of lot L-1 of tea, reserved."""

    def __init__(self, house: House) -> None:
        self.cup_code, self.tea_code = gtin(), gtin()
        self.cup = house.item("CUP", barcodes=[self.cup_code])
        self.tea = house.item("TEA", barcodes=[self.tea_code], tracking=items.ITEM_TRACKING_LOT)
        self.other = house.item("OTHER")
        house.receive(self.cup, "10")
        for lot, day in (("L-1", "2027-01-31"), ("L-2", "2027-06-30")):
            house.warehouse.post(line(self.tea, house.supplier, house.first, "5", lot=lot, expiry_date=day))
        self.held = house.warehouse.reserve((self.cup, "3"), (self.tea, "2"), purpose="order 7").name

    def lot(self, lot: str, more: str = "") -> str:
        """A GS1 barcode of the tea."""
        return f"]C1010{self.tea_code}{more}10{lot}"


@pytest.fixture
def order(house: House) -> Iterator[Order]:
    """The order, of this test's own."""
    return Order(house)


def inside(check: pack_checks_pb2.PackCheck) -> dict[str, str]:
    """How much is in, by the item's code."""
    return {one.item_code.partition("-")[0]: one.packed.value for one in check.lines}


def refused(act: object) -> Refusal:
    """With what a call is refused."""
    with pytest.raises(grpc.RpcError) as error:
        act()  # type: ignore[operator]
    return refusal_from(error.value)


def test_what_must_go_in_is_what_the_reservation_took_and_complete_is_said_by_whom(
    packing: Packing, order: Order
) -> None:
    begun = packing.start(order.held)
    assert [(one.number, one.item, one.lot, one.wanted.value, one.packed.value) for one in begun.lines] == [
        (1, order.cup.name, "", "3", "0"),
        (2, order.tea.name, "L-1", "2", "0"),
    ]
    assert (begun.state, begun.reservation, begun.stock_movement) == (OPEN, order.held, "")
    packing.scan(begun.name, order.cup_code)
    packing.scan(begun.name, order.cup.code.lower(), "2")
    assert inside(packing.scan(begun.name, order.lot("L-1", "17270131"))) == {"CUP": "3", "TEA": "1"}
    assert inside(packing.scan(begun.name, order.tea_code, lot="L-1")) == {"CUP": "3", "TEA": "2"}
    done = packing.close(begun.name)
    assert (done.state, done.ended_by, done.reason) == (COMPLETE, begun.started_by, "")
    assert done.HasField("end_time")
    assert packing.one(begun.name) == done
    assert [one.quantity.value for one in packing.scans(begun.name)] == ["1", "2", "1", "1"]


def test_a_barcode_says_how_many_and_what_was_put_in_is_taken_out_again(packing: Packing, order: Order) -> None:
    check = packing.start(order.held).name
    assert inside(packing.scan(check, f"]C1020{order.cup_code}373"))["CUP"] == "3"
    assert inside(packing.scan(check, order.cup_code, "2", out=True))["CUP"] == "1"
    found = refused(lambda: packing.scan(check, order.cup_code, "2", out=True))
    assert (found.reason, found.clause, found.violations[0].field) == ("PACK_NOT_IN", "WHS-3", "lines[0]")
    assert [one.quantity.value for one in packing.scans(check)] == ["3", "-2", "0"]
    assert refused(lambda: packing.scan(check, f"]C1020{order.cup_code}372", "1")).reason == "QUANTITY_INVALID"


def test_the_barcode_of_a_carton_counts_as_many_as_are_in_it(house: House, packing: Packing) -> None:
    single, carton = gtin(), gtin()
    mug = house.item("MUG", barcodes=[single], units=[further("carton", "6", barcode=carton)])
    house.receive(mug, "20")
    check = packing.start(house.warehouse.reserve((mug, "8")).name).name
    assert inside(packing.scan(check, carton)) == {"MUG": "6"}
    found = refused(lambda: packing.scan(check, carton))
    assert (found.reason, found.violations[0].field) == ("PACK_TOO_MANY", "lines[0]")
    assert refused(lambda: packing.scan(check, carton, "2")).reason == "QUANTITY_INVALID"
    assert inside(packing.scan(check, single, "2")) == {"MUG": "8"}


def test_what_may_not_go_in_is_refused_at_once_by_line_and_clause_and_stays_on_record(
    packing: Packing, order: Order
) -> None:
    check = packing.start(order.held).name
    wrong = order.cup_code[:-1] + str((int(order.cup_code[-1]) + 1) % 10)
    packing.scan(check, order.cup_code, "3")
    told = {
        (order.other.code, ""): ("PACK_WRONG_ITEM", "WHS-3", "piece.code"),
        (order.cup_code, ""): ("PACK_TOO_MANY", "WHS-3", "lines[0]"),
        (order.lot("L-2"), ""): ("PACK_WRONG_LOT", "WHS-3", "lines[1]"),
        (order.lot("L-1"), "L-2"): ("PACK_WRONG_LOT", "WHS-3", "lines[1]"),
        (order.tea_code, ""): ("LOT_MISSING", "WHS-3", "lines[1]"),
        (order.cup_code, "L-1"): ("LOT_UNEXPECTED", "WHS-3", "lines[0]"),
        (order.lot("L-1", "17270228"), ""): ("LOT_DIFFERS", "WHS-3", "lines[1]"),
        ("A-01", ""): ("PACK_NOT_GOODS", "WHS-3", "piece.code"),
        ("106141412345678908", ""): ("PACK_NOT_GOODS", "WHS-3", "piece.code"),
        ("no such code", ""): ("CODE_UNKNOWN", "", ""),
        (gtin(), ""): ("CODE_UNKNOWN", "", ""),
        (wrong, ""): ("CODE_CHECK_DIGIT", "GDS-1", ""),
    }
    for (code, lot), (reason, clause, field) in told.items():
        found = refused(lambda code=code, lot=lot: packing.scan(check, code, lot=lot))  # type: ignore[misc]
        assert (found.reason, found.clause) == (reason, clause), code
        assert [one.field for one in found.violations] == ([field] if field else []), code
    for value, unit in (("0", ""), ("1.5", ""), ("1", "box"), ("-1", "")):
        found = refused(lambda value=value, unit=unit: packing.scan(check, order.cup_code, value, unit=unit))  # type: ignore[misc]
        assert found.reason == "QUANTITY_INVALID"
    kept = packing.scans(check, refused=True)
    assert [(one.code, one.reason, one.clause) for one in kept[: len(told)]] == [
        (code, reason, clause) for (code, _), (reason, clause, _) in told.items()
    ]
    too_many = kept[1]
    assert (too_many.line, too_many.quantity.value, too_many.scanned_by) == (1, "0", packing.one(check).started_by)
    assert "3 of" in too_many.message_en
    assert "应装 3" in too_many.message_zh
    assert packing.one(check).refused_scans == len(kept) == len(told) + 4
    assert inside(packing.one(check)) == {"CUP": "3", "TEA": "0"}


def test_a_lot_that_has_expired_meanwhile_does_not_go_in(
    inventory: InventoryService, house: House, packing: Packing
) -> None:
    code, tomorrow = gtin(), (inventory.clock.now + timedelta(days=1)).date().isoformat()
    milk = house.item("MILK", barcodes=[code], tracking=items.ITEM_TRACKING_LOT)
    house.warehouse.post(line(milk, house.supplier, house.first, "1", lot="M-1", expiry_date=tomorrow))
    check = packing.start(house.warehouse.reserve((milk, "1")).name).name
    inventory.clock.now += timedelta(days=3)
    found = refused(lambda: packing.scan(check, code, lot="M-1"))
    assert (found.reason, found.clause, found.violations[0].field) == ("LOT_EXPIRED", "WHS-3", "lines[0]")
    assert tomorrow in found.message_en


def test_what_is_lacking_is_said_to_be_or_the_check_stays_open(packing: Packing, order: Order) -> None:
    check = packing.start(order.held).name
    assert refusal_of(lambda: packing.close(check)) == "PACK_CHECK_EMPTY"
    packing.scan(check, order.cup_code, "3")
    packing.scan(check, order.lot("L-1"))
    found = refused(lambda: packing.close(check))
    assert (found.reason, found.clause, [one.field for one in found.violations]) == (
        "PACK_CHECK_SHORT",
        "WHS-3",
        ["lines[1]"],
    )
    done = packing.close(check, "one tin is dented")
    assert (done.state, done.reason) == (SHORT, "one tin is dented")
    rest = packing.start(order.held)
    assert [(one.item, one.wanted.value) for one in rest.lines] == [(order.tea.name, "1")]
    packing.scan(rest.name, order.lot("L-1"))
    assert refusal_of(lambda: packing.close(rest.name, "no reason")) == "FIELD_INVALID"
    packing.close(rest.name)
    found = refused(lambda: packing.start(order.held))
    assert (found.reason, found.clause) == ("PACK_CHECK_NOTHING_LEFT", "WHS-3")
    assert [one.state for one in packing.listed()] == [COMPLETE, SHORT]
    assert [one.name for one in packing.listed(state=SHORT)] == [check]


def test_an_ended_check_takes_nothing_and_says_who_ended_it(packing: Packing, order: Order) -> None:
    check = packing.start(order.held).name
    packing.scan(check, order.cup_code)
    off = packing.call_off(check)
    assert (off.state, off.reason) == (CALLED_OFF, "a mistake")
    for act in (
        lambda: packing.scan(check, order.cup_code),
        lambda: packing.scan_many(check, piece(order.cup_code, key="1")),
        lambda: packing.close(check, "late"),
        lambda: packing.call_off(check),
    ):
        found = refused(act)
        assert (found.reason, found.clause) == ("PACK_CHECK_ENDED", "WHS-3")
        assert off.ended_by in found.message_en
    assert inside(packing.start(order.held)) == {"CUP": "0", "TEA": "0"}
    assert len(packing.scans(check)) == 1


def test_an_issue_is_checked_by_its_lines(house: House, packing: Packing, order: Order) -> None:
    made = house.warehouse.post(
        line(order.cup, house.first, house.carrier, "3"),
        line(order.tea, house.first, house.carrier, "2", lot="L-1"),
        papers=[ORDER],
        reservation=order.held,
    )
    begun = packing.start(made.name)
    assert (begun.stock_movement, begun.reservation) == (made.name, "")
    assert [one.wanted.value for one in begun.lines] == ["3", "2"]
    transfer = house.warehouse.post(line(order.cup, house.first, house.second, "1")).name
    assert refusal_of(lambda: packing.start(transfer)) == "PACK_CHECK_NOT_ISSUE"
    issue = house.warehouse.post(line(order.cup, house.first, house.carrier, "1"), papers=[ORDER]).name
    house.warehouse.reverse(issue)
    found = refused(lambda: packing.start(issue))
    assert (found.reason, found.clause) == ("PACK_CHECK_NOT_ISSUE", "WHS-3")
    assert refusal_of(lambda: packing.start(f"stockMovements/{NONE}")) == "STOCK_MOVEMENT_NOT_FOUND"


def test_what_has_no_form_or_is_out_of_reach_is_refused(
    inventory: InventoryService, house: House, packing: Packing, order: Order
) -> None:
    check = packing.start(order.held).name
    far = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    none = f"packChecks/{NONE}"
    for act in (
        lambda: packing.scan(check, order.cup_code, metadata=far),
        lambda: packing.scan_many(check, piece(order.cup_code, key="1"), metadata=far),
        lambda: packing.close(check, metadata=far),
        lambda: packing.call_off(check, metadata=far),
        lambda: packing.one(check, metadata=far),
        lambda: packing.scan(none, order.cup_code),
        lambda: packing.scans(none),
    ):
        assert refusal_of(act) == "PACK_CHECK_NOT_FOUND"
    assert refusal_of(lambda: packing.start(order.held, far)) == "WAREHOUSE_NOT_FOUND"
    assert refusal_of(lambda: packing.start(f"stockReservations/{NONE}")) == "RESERVATION_NOT_FOUND"
    for pieces in ([], [piece("x")], [piece("x", key="1"), piece("y", key="1")], [piece("", key="1")]):
        assert refusal_of(lambda pieces=pieces: packing.scan_many(check, *pieces)) == "FIELD_INVALID"  # type: ignore[misc]
    for act in (
        lambda: packing.scan(check, ""),
        lambda: packing.scan(check, order.cup_code, unit="piece"),
        lambda: packing.scan(check, order.cup_code, lot="x" * 65),
        lambda: packing.call_off(check, ""),
        lambda: packing.start("stockMovements/1"),
    ):
        assert refusal_of(act) == "FIELD_INVALID"
    house.warehouse.release(order.held)
    assert refusal_of(lambda: packing.start(order.held)) == "RESERVATION_ENDED"
