"""What counts in figures, and how rates and means are rounded, as pure rules (ANA-1, MKT-3)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
from bylaw_orders.rules.figures.asked import Dimension, Part, Span
from bylaw_orders.rules.figures.key_figures import hours, mean, rate
from bylaw_orders.rules.figures.refusals import FigureTooLarge
from bylaw_orders.rules.figures.sales import HAS_LEFT, counts, fits, kept_of
from bylaw_orders.rules.figures.words import DIMENSIONS, KINDS, PARTS, title_of
from bylaw_orders.rules.orders.order import OrderKind, SourceState
from bylaw_orders.rules.orders.standing import Fulfilment, Payment
from hypothesis import given
from hypothesis import strategies as st

pytestmark = [pytest.mark.clause("ANA-1"), pytest.mark.clause("MKT-3")]
SALE = OrderKind.SALE
QUANTITIES = st.decimals("0.001", "1000", places=3)


kept = partial(counts, cancelled=False)


@given(st.sampled_from(SourceState), st.sampled_from(Payment))
def test_credits_and_adjustments_count_unless_they_were_called_off(source: SourceState, paid: Payment) -> None:
    for kind in (OrderKind.CREDIT, OrderKind.ADJUSTMENT):
        assert kept(kind, source, paid, Fulfilment.NOTHING) == (source is not SourceState.CLOSED)
        assert not counts(kind, source, paid, Fulfilment.NOTHING, cancelled=True)


def test_a_sale_counts_unless_it_was_called_off_or_waits_for_its_payment() -> None:
    assert kept(SALE, SourceState.PAID, Payment.UNPAID, Fulfilment.WAITING)  # need not be paid in advance
    assert kept(SALE, SourceState.BLOCKED, Payment.PAID, Fulfilment.RESERVED)
    assert kept(SALE, SourceState.FINISHED, Payment.REFUNDED, Fulfilment.SIGNED)
    assert not kept(SALE, SourceState.PAID, Payment.PAID, Fulfilment.CANCELLED)
    assert not kept(SALE, SourceState.UNPAID, Payment.PAID_IN_PART, Fulfilment.WAITING)
    assert kept(SALE, SourceState.UNPAID, Payment.PAID, Fulfilment.WAITING)  # a clerk recorded the payment


@pytest.mark.parametrize("how_far", Fulfilment)
def test_what_was_closed_or_cancelled_was_a_sale_only_where_goods_had_left(how_far: Fulfilment) -> None:
    assert kept(SALE, SourceState.CLOSED, Payment.REFUNDED, how_far) == (how_far in HAS_LEFT)
    assert counts(SALE, SourceState.PAID, Payment.PAID, how_far, cancelled=True) == (how_far in HAS_LEFT)


def test_of_a_line_the_share_that_was_cancelled_is_off_half_away_from_nothing() -> None:
    assert kept_of(1000, Decimal(3), Decimal(1)) == 667
    assert kept_of(1001, Decimal(2), Decimal(1)) == 500
    assert kept_of(-1001, Decimal(-2), Decimal(-1)) == -500
    assert kept_of(1000, Decimal(0), Decimal(0)) == kept_of(1000, Decimal(3), Decimal(0)) == 1000


@given(st.integers(-(10**12), 10**12), QUANTITIES, st.decimals("0", "1", places=3))
def test_what_is_kept_lies_between_all_and_nothing(amount: int, quantity: Decimal, share: Decimal) -> None:
    kept = kept_of(amount, quantity, quantity * share)
    assert min(amount, 0) <= kept <= max(amount, 0)
    assert kept_of(amount, quantity, quantity) == 0


def test_rates_have_four_digits_and_means_two_half_to_even_and_none_of_nothing() -> None:
    assert (rate(1, 3), rate(1, 20_000), rate(3, 20_000)) == (Decimal("0.3333"), Decimal("0.0000"), Decimal("0.0002"))
    assert (mean(1, 8), mean(3, 8), mean(Decimal("0.5"), 4)) == (Decimal("0.12"), Decimal("0.38"), Decimal("0.12"))
    assert rate(0, 0) is mean(1, 0) is None
    assert hours(Decimal(5_400)) == Decimal("1.50")
    assert mean(2**63, 3) == Decimal("3074457345618258602.67")


def test_what_64_bits_cannot_hold_is_refused() -> None:
    assert fits(2**63 - 1) == 2**63 - 1
    with pytest.raises(FigureTooLarge):
        fits(Decimal(2**63))


def test_a_span_is_of_whole_days_of_its_zone() -> None:
    shanghai = Span(date(2026, 3, 1), date(2026, 3, 1), "Asia/Shanghai")
    assert (shanghai.begins, shanghai.ends) == (
        datetime(2026, 2, 28, 16, tzinfo=UTC),
        datetime(2026, 3, 1, 16, tzinfo=UTC),
    )
    short = Span(date(2026, 3, 29), date(2026, 3, 29), "Europe/London")
    assert (short.ends - short.begins).seconds == 23 * 3_600


def test_everything_has_a_name_in_both_languages() -> None:
    assert set(DIMENSIONS) == set(Dimension)
    assert all(zh and en for words in (DIMENSIONS, PARTS, KINDS) for zh, en in words.values())
    assert title_of(Dimension.PRODUCT, Part.SHIPPING, "", ("", "")) == PARTS[Part.SHIPPING]
    assert title_of(Dimension.REGION, Part.WHOLE, "", ("", ""))[1] == "(not known)"
    assert title_of(Dimension.REGION, Part.WHOLE, "浙江", ("", "")) == ("浙江", "浙江")
