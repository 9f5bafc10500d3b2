"""Numbers are one text each however they are written, and masks hide at least what they must (CUS-1)."""

import re
import unicodedata

import pytest
from bylaw_orders.rules.privacy.area import area
from bylaw_orders.rules.privacy.masking import (
    HIDDEN_DIGITS,
    label_address,
    masked,
    masked_address,
    masked_email,
    masked_name,
    masked_nick,
    masked_phone,
    masked_postcode,
)
from bylaw_orders.rules.privacy.phone import normalised, tail
from bylaw_orders.rules.privacy.recipient import Recipient
from hypothesis import example, given
from hypothesis import strategies as st

MASKS = (masked_name, masked_phone, masked_address, masked_email, masked_nick, masked_postcode, label_address)
TEXTS = st.text(max_size=80) | st.text("0123456789*-+ ()转x", max_size=40) | st.text("张三欧阳0九号栋室A*", max_size=30)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


def digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(
    ("written", "number", "last"),
    [
        ("13800138000", "+8613800138000", "8000"),
        ("+86 138-0013-8000", "+8613800138000", "8000"),
        ("0086 138 0013 8000", "+8613800138000", "8000"),
        ("１３８００１３８０００", "+8613800138000", "8000"),
        ("13800138000-1234", "+8613800138000-1234", "8000"),
        ("13800138000转1234", "+8613800138000-1234", "8000"),
        ("13800138000 ext 12", "+8613800138000-12", "8000"),
        ("138****1234", "", "1234"),
        ("138****1234-5678", "", "1234"),
        ("1******1234", "", "1234"),
        ("0571-88888888", "+8657188888888", "8888"),
        ("0571-88888888-801", "+8657188888888-801", "8888"),
        ("400-800-8888", "+864008008888", "8888"),
        ("+44 20 7946 0958", "+442079460958", "0958"),
        ("+1 (212) 555-0123", "+12125550123", "0123"),
        ("nobody", "", ""),
        ("", "", ""),
        ("12", "", ""),
        ("1" * 65, "", ""),
    ],
)
def test_a_number_is_one_text_however_it_is_written(written: str, number: str, last: str) -> None:
    assert normalised(written) == number
    assert tail(written) == last


@pytest.mark.clause("CUS-1")
@given(MOBILES, st.sampled_from(["", "+86", "86", "0086", "+86 ", "86-"]))
def test_a_mobile_is_found_again_with_and_without_its_country(mobile: str, country: str) -> None:
    assert normalised(country + mobile) == f"+86{mobile}"
    assert tail(country + mobile) == mobile[-4:]


@pytest.mark.clause("CUS-1")
@given(TEXTS)
@example("13800138000\n-1\n")
def test_any_text_has_a_number_or_none_and_it_is_its_own(text: str) -> None:
    number = normalised(text)
    assert number == "" or re.fullmatch(r"\+?[0-9]{4,64}(-[0-9]{1,20})?", number)
    assert re.fullmatch(r"([0-9]{4})?", tail(text))


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小三", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("李", "*"),
        ("John Smith", "J**"),
        ("🐱猫咪", "🐱**"),
        ("13800138000", "***"),
        ("张*", "张*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_beginning(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800138000", "1******8000"),
        ("13800138000-1234", "1******8000-****"),
        ("138****1234", "1******1234"),
        ("88888888", "******88"),
        ("95533", "******"),
        ("nobody", "******"),
        ("", ""),
    ],
)
def test_of_a_number_at_least_six_digits_are_hidden(number: str, shown: str) -> None:
    assert masked_phone(number) == shown


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(
    ("address", "screen", "label"),
    [
        (
            "浙江省杭州市西湖区文三路 398 号 5 幢 2 单元 501 室",
            "浙江省杭州市西湖区文三路***",
            "浙江省杭州市西湖区文三路 398 号***",
        ),
        ("浙江省杭州市西湖区文三路三号楼二单元", "浙江省杭州市西湖区***", "浙江省杭州市西湖区***"),
        ("A座501", "***", "***"),
        ("12 High Street, Flat 3, London", "***", "12 High Street***"),
        ("上海市浦东***", "上海市浦东***", "上海市浦东***"),
        ("", "", ""),
    ],
)
def test_of_an_address_the_unit_is_hidden(address: str, screen: str, label: str) -> None:
    assert masked_address(address) == screen
    assert label_address(address) == label


@pytest.mark.clause("CUS-1")
def test_of_mail_nick_and_postcode_the_beginning_is_shown() -> None:
    assert masked_email("john@example.com") == "j***@***"
    assert masked_email("j@x") == "***@***"
    assert masked_nick("tb12345") == "t***"
    assert masked_nick("t") == "***"
    assert masked_postcode("310012") == "31***"
    assert masked_postcode("3100") == "***"


@pytest.mark.clause("CUS-1")
@given(TEXTS)
@example("0*0号")
@example("0 flat")
def test_a_mask_never_fails_never_shows_more_than_it_may_and_stays_as_it_is(text: str) -> None:
    for mask in MASKS:
        shown = mask(text)
        assert mask(shown) == shown, mask.__name__
        assert bool(shown) == any(
            one.isprintable() and not one.isspace() for one in unicodedata.normalize("NFKC", text)
        )
        assert not shown or "*" in shown
    assert len(digits(masked_phone(text))) <= max(
        0, len(digits(unicodedata.normalize("NFKC", text))) - HIDDEN_DIGITS
    ) or ("*" in text or "＊" in text)
    assert len(digits(masked_phone(text))) <= 5
    for mask in (masked_name, masked_nick, masked_email, masked_address):
        assert digits(mask(text)) == ""


@pytest.mark.clause("CUS-1")
@given(MOBILES, st.text("张王李赵小明华丽", min_size=2, max_size=4))
def test_nothing_that_is_shown_tells_the_number_or_the_name(mobile: str, name: str) -> None:
    shown = masked(
        Recipient(name, mobile, f"文三路1号{name}收", "浙江省", mobile, f"{mobile}@q.q", mobile, name), "浙江"
    )
    everything = str(shown)
    assert name not in everything
    assert mobile[1:] not in everything
    assert mobile[-8:] not in everything


@pytest.mark.clause("CUS-1")
def test_only_a_province_or_country_that_is_known_is_kept_in_clear() -> None:
    assert area("浙江省 杭州市 西湖区") == "浙江"
    assert area("", "广东省深圳市南山区科技园") == "广东"
    assert area("内蒙古自治区") == "内蒙古"
    assert area("United Kingdom") == "United Kingdom"
    assert area("london, united kingdom") == "United Kingdom"
    assert area("EIRE") == "EIRE"
    for moved in ("张三", "13800138000", "Flat 3, 12 High Street", "", "x" * 100_000):
        assert area(moved) == ""
