"""Of whom an order goes to the checks see flags and lengths alone; amounts are said as people read them (ORD-1)."""

from decimal import Decimal

import pytest
from bylaw_orders.rules.checking.checked import checked
from bylaw_orders.rules.checking.facts import (
    ChannelFacts,
    PhoneKind,
    RecipientFacts,
    facts_of,
    phone_kind,
)
from bylaw_orders.rules.checking.setting import DEFAULT
from bylaw_orders.rules.checking.words import money
from bylaw_orders.rules.orders.order import OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.privacy.recipient import Recipient

from tests.builders.order_facts import NOON, SOMEBODY, TEA, an_order, found

pytestmark = pytest.mark.clause("ORD-1")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", PhoneKind.MISSING),
        ("  ", PhoneKind.MISSING),
        ("13812345678", PhoneKind.POSSIBLE),
        ("+86 138-1234-5678", PhoneKind.POSSIBLE),
        ("18412345678-1234", PhoneKind.POSSIBLE),
        ("0571-88157890", PhoneKind.POSSIBLE),
        ("02012345678", PhoneKind.POSSIBLE),
        ("+44 20 7946 0958", PhoneKind.POSSIBLE),
        ("138****5678", PhoneKind.MASKED),
        ("12812345678", PhoneKind.IMPOSSIBLE),
        ("110", PhoneKind.IMPOSSIBLE),
        ("no number", PhoneKind.IMPOSSIBLE),
        ("1" * 21, PhoneKind.IMPOSSIBLE),
    ],
)
def test_whether_a_number_could_be_called(text: str, kind: PhoneKind) -> None:
    assert phone_kind(text) is kind


def test_a_number_that_the_platform_masks_is_the_platforms_to_call() -> None:
    assert found(an_order(recipient=SOMEBODY._replace(phone=PhoneKind.MASKED))) == []


def test_of_a_recipient_nothing_but_flags_and_lengths_gets_to_the_checks() -> None:
    recipient = Recipient(
        "欧阳晓雯",
        "1380013800",
        "x" * 4,
        "浙江",
        postcode="310000",
        email="who@example.org",
        remark="请放门口",
        nick="小雯",
    )
    wish = OrderWish(
        "T-1",
        OrderKind.SALE,
        SourceState.PAID,
        None,
        NOON,
        NOON,
        "CNY",
        (WishLine("TEA", "Longjing", Decimal(2), Decimal(1250)), WishLine("?", "", Decimal(1), Decimal(1), amount=7)),
        shipping=500,
        discount=7,
        paid=3000,
        recipient=recipient,
    )
    facts = facts_of(wish, ChannelFacts("CNY", is_offered=True, setting=DEFAULT), {"TEA": TEA})
    assert facts.recipient == RecipientFacts(4, PhoneKind.POSSIBLE, 4, has_remark=True)
    assert [(line.number, line.amount, line.goods) for line in facts.lines] == [(1, 2500, TEA), (2, 7, None)]
    assert (facts.adds_up_to, facts.total) == (3000, 3000)
    findings = checked(facts)
    assert {one.check for one in findings} == {
        "GOODS_UNKNOWN",
        "LINE_DISAGREES",
        "ADDRESS_INCOMPLETE",
        "REMARK_NEEDS_PERSON",
    }
    said = "".join(one.zh + one.en for one in findings)
    for secret in ("欧阳", "1380013800", "xxxx", "浙江", "310000", "example", "门口", "小雯"):
        assert secret not in said
        assert secret not in repr(facts)


@pytest.mark.parametrize(
    ("minor_units", "currency", "shown"),
    [
        (1250, "CNY", "12.50 CNY"),
        (-5, "CNY", "-0.05 CNY"),
        (0, "CNY", "0.00 CNY"),
        (Decimal("0.1"), "CNY", "0.001 CNY"),
        (Decimal("1250.000000"), "CNY", "12.50 CNY"),
        (500, "JPY", "500 JPY"),
        (Decimal("0.5"), "JPY", "0.5 JPY"),
        (1, "KWD", "0.001 KWD"),
        (10**18, "CNY", "10000000000000000.00 CNY"),
    ],
)
def test_amounts_are_said_as_people_read_them(minor_units: Decimal, currency: str, shown: str) -> None:
    assert money(minor_units, currency) == shown
