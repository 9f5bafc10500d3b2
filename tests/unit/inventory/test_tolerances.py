"""Tolerances are exact: nothing is rounded that is over, and nothing that is within is over (WHS-1)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from bylaw_inventory.rules.receiving.tolerance import EXACTLY, MOST_OVER, MOST_UNDER, Tolerance, per_cent
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("WHS-1")
QUANTITIES = st.decimals(0, 10**15, places=6, allow_nan=False, allow_infinity=False)
OVER = st.decimals(0, 1000, places=4, allow_nan=False, allow_infinity=False)
UNDER = st.decimals(0, 100, places=4, allow_nan=False, allow_infinity=False)
LEAST = Decimal("0.000001")


@given(QUANTITIES, QUANTITIES, OVER, UNDER)
def test_over_and_short_are_what_fractions_say(
    announced: Decimal, arrived: Decimal, over: Decimal, under: Decimal
) -> None:
    tolerance = Tolerance(over, under)
    share = Fraction(announced)
    assert tolerance.is_over(announced, arrived) == (Fraction(arrived) > share * (1 + Fraction(over) / 100))
    assert tolerance.is_short(announced, arrived) == (Fraction(arrived) < share * (1 - Fraction(under) / 100))


@given(QUANTITIES)
def test_without_a_tolerance_the_smallest_difference_counts(announced: Decimal) -> None:
    assert not EXACTLY.is_over(announced, announced)
    assert not EXACTLY.is_short(announced, announced)
    assert EXACTLY.is_over(announced, announced + LEAST)
    assert EXACTLY.is_short(announced + LEAST, announced)


@given(QUANTITIES, QUANTITIES, OVER, UNDER)
def test_nothing_is_over_and_short_at_once(announced: Decimal, arrived: Decimal, over: Decimal, under: Decimal) -> None:
    tolerance = Tolerance(over, under)
    assert not (tolerance.is_over(announced, arrived) and tolerance.is_short(announced, arrived))


@pytest.mark.parametrize(
    ("over", "arrived", "is_over"),
    [
        ("0", "100.002", True),
        ("0.001", "100.002", True),
        ("0.002", "100.002", False),
        ("0.002", "100.002001", True),
        ("2.5", "102.5", False),
        ("2.5", "102.500001", True),
        ("1000", "1100", False),
    ],
)
def test_so_much_more_is_tolerated_and_no_more(over: str, arrived: str, is_over: bool) -> None:  # noqa: FBT001 - a table
    assert Tolerance(Decimal(over)).is_over(Decimal(100), Decimal(arrived)) is is_over


@pytest.mark.parametrize("text", ["-1", "1e2", "1000.0001", "0.00001", ".5", "5.", "1,5", "５", " 1", "NaN", "12345"])
def test_what_is_no_percentage_is_none(text: str) -> None:
    assert per_cent(text, MOST_OVER) is None


def test_a_percentage_is_read_as_it_is_written() -> None:
    assert [per_cent(text, MOST_OVER) for text in ("", "0", "2.5", "1000", "0.0001")] == [
        Decimal(said) for said in ("0", "0", "2.5", "1000", "0.0001")
    ]
    assert per_cent("100.0001", MOST_UNDER) is None
