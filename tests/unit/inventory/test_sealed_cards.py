"""A card agrees where what was sealed and what came since is what its balance says, one entry behind the other."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from bylaw_inventory.rules.books.day import DisagreementKind
from bylaw_inventory.rules.books.sealed_cards import Amounts, LookedCard, LookedCards
from bylaw_inventory.rules.pricing.change import ChangeState, ChangeWish, PriceChange, check_own
from bylaw_inventory.rules.pricing.refusals import PriceChangeNotOwn
from bylaw_inventory.rules.reviewing.review import due_after, review_duty

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIVE, SIX = (Amounts(Decimal(count), Decimal(1)) for count in (5, 6))
CARD = LookedCard(UUID(int=1), FIVE, FIVE, 7, bytes(32), unbroken=True, last_at=NOW)
WAREHOUSE = "warehouses/1"
CHANGE = PriceChange(UUID(int=2), ChangeWish((), "x"), Decimal(5), NOW, "mei")


@pytest.mark.clause("WHS-4")
def test_of_cards_that_do_not_agree_each_is_named_and_none_is_sealed() -> None:
    unlike, broken = CARD._replace(summed=SIX), CARD._replace(unbroken=False)
    looked = LookedCards(sealed=True, expected=True, cards=(CARD, unlike, broken))
    assert looked.agreeing == [CARD]
    first, second = looked.disagreements(WAREHOUSE, 9)
    assert first.en == "the balance says 5 (1 reserved), its card sums to 6 (1 reserved)"
    assert (second.kind, second.subject) == (DisagreementKind.CARD, f"stockBalances/{CARD.balance}")
    assert len(list(looked.disagreements(WAREHOUSE, 1))) == 1


@pytest.mark.clause("WHS-4")
@pytest.mark.parametrize(("sealed", "expected", "named"), [(True, True, 0), (False, True, 1), (False, False, 0)])
def test_what_was_sealed_and_changed_is_named_and_what_was_never_sealed_is_not(
    *, sealed: bool, expected: bool, named: int
) -> None:
    looked = LookedCards(sealed=sealed, expected=expected, cards=(CARD,))
    assert [one.subject for one in looked.disagreements(WAREHOUSE, 9)] == [WAREHOUSE] * named


@pytest.mark.clause("GDS-2")
@pytest.mark.parametrize(
    ("state", "by", "own"),
    [
        (ChangeState.WAITING, "mei", True),
        (ChangeState.WAITING, "dong", False),
        (ChangeState.AGREED, "mei", True),
        (ChangeState.AGREED, "dong", True),
        (ChangeState.AGREED, "shu", False),
        (ChangeState.REFUSED, "dong", False),
    ],
)
def test_who_asked_takes_a_change_back_and_once_it_is_agreed_who_agreed(
    *, state: ChangeState, by: str, own: bool
) -> None:
    change = replace(CHANGE, state=state, ended_by="dong")
    if own:
        check_own(change, by)
        return
    with pytest.raises(PriceChangeNotOwn):
        check_own(change, by)


@pytest.mark.clause("GDS-3")
def test_a_channel_is_due_so_many_days_behind_its_last_review() -> None:
    assert review_duty("tmall", due_after(NOW, 90)) == "goods-review-tmall-2026-05-31"
