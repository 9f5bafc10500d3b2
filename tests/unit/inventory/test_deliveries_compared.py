"""What arrived stands beside what was announced, lot by lot, and nothing of either is lost (WHS-1)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.receiving.comparing import (
    Difference,
    Terms,
    by_announcement,
    compared,
    missing,
    over_tolerance,
)
from bylaw_inventory.rules.receiving.count import CountedLine, differences, keyed
from bylaw_inventory.rules.receiving.note import GoodsKey, NoteLine
from bylaw_inventory.rules.receiving.tolerance import Tolerance
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("WHS-1")
TEA, CUP = UUID(int=1), UUID(int=2)
TODAY = date(2026, 3, 2)
WHOLE = Terms({}, partial=False, today=TODAY)
KEYS = st.tuples(st.sampled_from([TEA, CUP]), st.sampled_from(["", "A", "B"]))
PIECES = st.integers(0, 9).map(Decimal)
GOODS = st.dictionaries(KEYS, st.integers(1, 9).map(Decimal), max_size=6)


def noted(wanted: Mapping[GoodsKey, Decimal]) -> list[NoteLine]:
    """So much of each is announced."""
    return [NoteLine(*key, None, quantity, "piece") for key, quantity in wanted.items()]


def seen(*lines: CountedLine, note: Mapping[GoodsKey, Decimal], **terms: object) -> list[tuple[str, list[Difference]]]:
    """In what each row differs, by lot."""
    said = WHOLE._replace(**terms)
    return [(one.lot, list(one.differences)) for one in compared(noted(note), lines, {}, said)]


def counted(lot: str = "", fit: int = 0, damaged: int = 0, expires: date | None = None) -> CountedLine:
    """So much tea was counted."""
    return CountedLine(TEA, lot, expires, "piece", Decimal(fit), Decimal(damaged))


@given(GOODS, GOODS, GOODS)
def test_everything_counted_and_accepted_stands_in_one_row(
    wanted: dict[GoodsKey, Decimal], there: dict[GoodsKey, Decimal], before: dict[GoodsKey, Decimal]
) -> None:
    lines = [CountedLine(*key, None, "piece", quantity) for key, quantity in there.items()]
    rows = compared(noted(wanted), lines, before, WHOLE)
    assert len({row.key for row in rows}) == len(rows)
    assert sum((row.counted for row in rows), ZERO) == sum(there.values(), ZERO)
    assert sum((row.announced for row in rows), ZERO) == sum(wanted.values(), ZERO)
    assert sum(by_announcement(before, noted(wanted)).values(), ZERO) == sum(before.values(), ZERO)


@given(st.dictionaries(KEYS, st.tuples(PIECES, PIECES), max_size=6), st.dictionaries(KEYS, st.tuples(PIECES, PIECES)))
def test_the_entries_of_a_count_lead_from_what_was_to_what_is(
    old: dict[GoodsKey, tuple[Decimal, Decimal]], new: dict[GoodsKey, tuple[Decimal, Decimal]]
) -> None:
    before, after = (
        keyed(CountedLine(*key, None, "piece", *parts) for key, parts in one.items()) for one in (old, new)
    )
    found: dict[tuple[UUID, str, int], Decimal] = {}
    for entry in differences(before, after):
        assert entry.difference
        found[entry.item, entry.lot, entry.condition] = entry.difference
    for key in {**before, **after}:
        for condition in (1, 2):
            was, is_now = (one[key].of(condition) if key in one else ZERO for one in (before, after))  # type: ignore[arg-type]
            assert found.pop((*key, condition), ZERO) == is_now - was  # type: ignore[arg-type]
    assert not found


def test_less_is_short_unless_more_is_to_come() -> None:
    note = {(TEA, ""): Decimal(10)}
    assert seen(counted(fit=9), note=note) == [("", [Difference.SHORT])]
    assert seen(counted(fit=9), note=note, partial=True) == [("", [])]
    assert seen(counted(fit=9), note=note, tolerances={TEA: Tolerance(under=Decimal(10))}) == [("", [])]
    assert seen(counted(fit=9, damaged=1), note=note) == [("", [Difference.DAMAGED])]


def test_a_lot_that_is_announced_is_compared_by_itself() -> None:
    note = {(TEA, "A"): Decimal(5), (TEA, ""): Decimal(5)}
    assert seen(counted("A", 5), counted("B", 3), counted("C", 2), note=note) == [("A", []), ("", [])]
    alone = {(TEA, "A"): Decimal(5)}
    assert seen(counted("B", 5), note=alone) == [("A", [Difference.SHORT]), ("B", [Difference.UNANNOUNCED])]


def test_what_has_expired_or_expires_otherwise_is_seen() -> None:
    line = NoteLine(TEA, "A", date(2027, 1, 1), Decimal(1), "piece")
    for expires, differs in ((date(2027, 1, 1), False), (date(2027, 1, 2), True), (None, False)):
        (row,) = compared([line], [counted("A", 1, expires=expires)], {}, WHOLE)
        assert (Difference.EXPIRY in row.differences) is differs
    (row,) = compared([line._replace(expires=None)], [counted("A", 1, expires=date(2026, 3, 1))], {}, WHOLE)
    assert Difference.EXPIRY in row.differences


def test_what_was_accepted_before_counts_for_the_tolerance_and_for_what_is_missing() -> None:
    lines, tea = noted({(TEA, ""): Decimal(10)}), (TEA, "")
    assert over_tolerance(lines, {tea: Decimal(4)}, {tea: Decimal(6)}, {}) == []
    assert over_tolerance(lines, {tea: Decimal(5)}, {tea: Decimal(6)}, {}) == [tea]
    assert over_tolerance(lines, {(CUP, ""): Decimal(1)}, {}, {}) == [(CUP, "")]
    assert missing(lines, {(TEA, "A"): Decimal(4), (TEA, "B"): Decimal(6)}, {}) == []
    assert missing(lines, {tea: Decimal(9)}, {}) == lines
