"""Which orders go in one parcel: one door, however it is written, and what those who pack are told of them (ORD-2)."""

import dataclasses

import pytest
from bylaw_orders.rules.orders.together import LONGEST_MARK, packed_with, same_recipient
from bylaw_orders.rules.privacy.recipient import Recipient
from hypothesis import example, given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-1", "ORD-2")

LI = Recipient(
    name="李小明",
    phone="13812345678",
    address="浙江省杭州市西湖区文三路 100 号 3 幢 502 室",
    region="浙江省",
    postcode="310012",
    email="li@mail.test",
    nick="li",
    remark="请放门口",
)
PARTS = st.text("张三A1 ", max_size=3)
RECIPIENTS = st.builds(Recipient, PARTS, PARTS, PARTS, PARTS, PARTS, PARTS, PARTS, PARTS)
PURPOSES = st.lists(st.from_regex(r"orders/[a-z]{1,20}/[A-Z0-9-]{1,60}", fullmatch=True), max_size=25)


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "+86 138-1234-5678"},
        {"phone": "１３８１２３４５６７８"},
        {"address": "浙江省杭州市西湖区文三路100号3幢502室"},
        {"name": " 李 小明 "},
        {"region": ""},
        {"postcode": ""},
        {"nick": "another", "email": "", "remark": ""},
        {"platform": "amazon", "account": "7"},
    ],
)
def test_one_door_is_one_door_however_it_is_written(change: dict[str, str]) -> None:
    assert same_recipient(LI, dataclasses.replace(LI, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "李小红"},
        {"phone": "13812345679"},
        {"phone": ""},
        {"address": "浙江省杭州市西湖区文三路 100 号 3 幢 503 室"},
        {"region": "江苏省"},
        {"postcode": "310013"},
    ],
)
def test_whatever_a_parcel_is_brought_by_differs_is_another_door(change: dict[str, str]) -> None:
    assert not same_recipient(LI, dataclasses.replace(LI, **change))


@pytest.mark.parametrize(
    "change", [{"name": "李**"}, {"phone": "138****5678"}, {"address": "浙江省杭州市西湖区＊＊＊"}, {"address": " "}]
)
def test_what_a_platform_hands_out_with_stars_could_be_anybodys(change: dict[str, str]) -> None:
    masked = dataclasses.replace(LI, **change)
    assert not same_recipient(masked, masked)


def test_nobody_is_nobody_else() -> None:
    assert not same_recipient(None, None)
    assert not same_recipient(LI, None)
    assert not same_recipient(Recipient(), Recipient())


@given(RECIPIENTS, RECIPIENTS)
def test_who_is_the_same_is_so_both_ways(one: Recipient, other: Recipient) -> None:
    assert same_recipient(one, other) == same_recipient(other, one)
    assert same_recipient(one, one) == bool(one.address.strip())


@given(PURPOSES)
@example([f"orders/a-shop-of-ours/{'N' * 80}-{number}" for number in range(19)])
@example(["orders/x/" + "N" * 600])
def test_who_packs_reads_all_of_it_or_how_much_is_left_out(others: list[str]) -> None:
    told = packed_with(others)
    assert len(told) <= LONGEST_MARK
    shown = [one for one in told.split(", ") if one and not one.startswith("+")]
    assert shown == others[: len(shown)]
    left = len(others) - len(shown)
    assert told.endswith(f"+{left}") == bool(left)
