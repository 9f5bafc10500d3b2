"""Whether a parcel needs a pack check, what of a scan goes in, and how a check may close (WHS-3, WHS-12)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_inventory.rules.goods.item import Item, ItemWish, Tracking
from bylaw_inventory.rules.ledger.movement import PaperKind
from bylaw_inventory.rules.packing.check import PackCheck, PackLine, PackState, Subject, closing_state
from bylaw_inventory.rules.packing.pack_rule import PackNeed, PackRule, needs_check
from bylaw_inventory.rules.packing.refusals import (
    PackCheckEmpty,
    PackCheckShort,
    PackLotExpired,
    PackNotIn,
    PackQuantityInvalid,
    PackTooMany,
    PackWrongLot,
)
from bylaw_inventory.rules.packing.scan import Piece, counted
from bylaw_inventory.rules.scanning.barcode import Barcode, CodeKind
from bylaw_inventory.rules.scanning.reading import CodeRead
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("WHS-3")
HOUSE, FIRST = UUID(int=1), date(2026, 3, 1)
ORDER, REQUISITION, SLIP = PaperKind.SALES_ORDER, PaperKind.REQUISITION, PaperKind.RETURN_SLIP


def rule(number: int, need: PackNeed, *, own: bool, day: int = 0, paper: PaperKind = ORDER) -> PackRule:
    """A rule, set as the so manieth."""
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number)
    first_day = FIRST + timedelta(days=day)
    return PackRule(UUID(int=100 + number), HOUSE if own else None, paper, need, first_day, "x", at, "")


RULES = st.lists(st.tuples(st.sampled_from(PackNeed), st.booleans(), st.integers(0, 3)), max_size=8).map(
    lambda said: [rule(number, need, own=own, day=day) for number, (need, own, day) in enumerate(said)]
)


@pytest.mark.clause("WHS-12")
@given(rules=RULES, day=st.integers(0, 3))
def test_the_warehouses_own_last_rule_in_force_decides_or_else_the_organisations(
    rules: list[PackRule], day: int
) -> None:
    on = FIRST + timedelta(days=day)
    expected = False
    for own in (True, False):
        last: PackRule | None = None
        for one in rules:
            if (
                (one.warehouse is not None) is own
                and one.first_day <= on
                and (not last or one.first_day >= last.first_day)
            ):
                last = one
        if last and last.need is not PackNeed.AS_ABOVE:
            expected = last.need is PackNeed.REQUIRED
            break
    assert needs_check({ORDER, SLIP}, rules, on) is expected
    assert not needs_check({REQUISITION}, rules, on)
    assert not needs_check(set(), rules, on)


def read(tracking: Tracking, **said: object) -> CodeRead:
    """A code of an item that is counted in kilograms to two digits, or in pieces where it is told apart."""
    digits = 2 if tracking is Tracking.NONE else 0
    wish = ItemWish("TEA", "tea", "", "", "kg", digits, tracking, may_go_below_zero=False, barcodes=())
    barcode = Barcode(CodeKind.GS1, gtin="06901234500202", **said)  # type: ignore[arg-type]
    return CodeRead(barcode, item=Item(UUID(int=7), wish, datetime(2026, 3, 1, tzinfo=UTC)))


def lines(packed: str = "0", *lots: str) -> list[PackLine]:
    """What must go in: two of each lot."""
    goods = (UUID(int=7), "TEA")
    return [
        PackLine(number, *goods, lot, date(2026, 3, 9) if lot else None, "kg", Decimal(2), Decimal(packed))
        for number, lot in enumerate(lots or ("",), 1)
    ]


def test_what_is_measured_goes_in_by_what_is_said_and_never_finer_or_more() -> None:
    loose = read(Tracking.NONE)
    assert counted(Piece("x", "0.25"), loose, lines("1.75"), FIRST).quantity == Decimal("0.25")
    assert counted(Piece("x"), loose, lines(), FIRST).quantity == 1
    assert counted(Piece("x", "0.5", out=True), loose, lines("1.75"), FIRST).quantity == Decimal("-0.5")
    for piece, packed, refusal in (
        (Piece("x", "0.26"), "1.75", PackTooMany),
        (Piece("x", "0.005"), "0", PackQuantityInvalid),
        (Piece("x", "1", "box"), "0", PackQuantityInvalid),
        (Piece("x", "1.8", out=True), "1.75", PackNotIn),
    ):
        with pytest.raises(refusal):
            counted(piece, loose, lines(packed), FIRST)


def test_a_lot_goes_into_its_own_line_until_it_expires_and_is_taken_out_even_then() -> None:
    own = read(Tracking.LOT, lot="L-2")
    both = lines("0", "L-1", "L-2")
    assert counted(Piece("x"), own, both, FIRST).line.number == 2
    with pytest.raises(PackWrongLot) as wrong:
        counted(Piece("x"), read(Tracking.LOT, lot="L-3"), both, FIRST)
    assert "L-1, L-2" in wrong.value.message_en
    late = date(2026, 3, 10)
    with pytest.raises(PackLotExpired):
        counted(Piece("x"), own, both, late)
    assert counted(Piece("x", out=True), own, lines("2", "L-1", "L-2"), late).quantity == -1


def test_a_check_closes_complete_or_short_with_its_reason() -> None:
    def check(*packed: str) -> PackCheck:
        own = [line._replace(number=number) for number, one in enumerate(packed, 1) for line in lines(one)]
        return PackCheck(UUID(int=9), HOUSE, Subject(movement=UUID(int=8)), datetime.now(UTC), "", tuple(own))

    assert closing_state(check("2", "2"), "") is PackState.COMPLETE
    assert closing_state(check("2", "1"), "broken") is PackState.SHORT
    with pytest.raises(PackCheckShort) as short:
        closing_state(check("2", "1", "0"), "")
    assert [one.field for one in short.value.violations] == ["lines[1]", "lines[2]"]
    with pytest.raises(PackCheckEmpty):
        closing_state(check("0", "0"), "broken")
    with pytest.raises(FieldInvalid):
        closing_state(check("2"), "no reason")
