"""What a barcode says, as scanners send it; a wrong check digit is refused with the one that was expected (GDS-1)."""

from datetime import date

import pytest
from biip.checksums import gs1_standard_check_digit
from bylaw_chassis.refusals import FieldInvalid
from bylaw_inventory.rules.scanning.barcode import Barcode, CodeKind, day_of, read_barcode, stripped
from bylaw_inventory.rules.scanning.refusals import CodeCheckDigit, CodeUnknown
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("GDS-1")
GTIN, BOX = "06901234500103", "106141412345678908"
TODAY = date(2026, 3, 2)
GS1, GTIN_KIND, SSCC = CodeKind.GS1, CodeKind.GTIN, CodeKind.SSCC


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("6901234500103", Barcode(GTIN_KIND, GTIN)),
        ("]E06901234500103", Barcode(GTIN_KIND, GTIN)),
        (GTIN, Barcode(GTIN_KIND, GTIN)),
        ("96385074", Barcode(GTIN_KIND, "00000096385074")),
        (BOX, Barcode(SSCC, sscc=BOX)),
        (f"]C100{BOX}", Barcode(SSCC, sscc=BOX)),
        (f"01{GTIN}", Barcode(GS1, GTIN)),
        (
            f"]C101{GTIN}1727123110LOT-7\x1d21S9\x1d3012",
            Barcode(GS1, GTIN, "LOT-7", date(2027, 12, 31), "S9", 12),
        ),
        (f"\x1d01{GTIN}10LOT-7", Barcode(GS1, GTIN, "LOT-7")),
        (f"]d201{GTIN}17270200", Barcode(GS1, GTIN, expires=date(2027, 2, 28))),
        (f"01{GTIN}17280200", Barcode(GS1, GTIN, expires=date(2028, 2, 29))),
        (f"01{GTIN}15270430", Barcode(GS1, GTIN, expires=date(2027, 4, 30))),
        (f"(01){GTIN}(17)270400(10)AB(21)1", Barcode(GS1, GTIN, "AB", date(2027, 4, 30), "1")),
        (f"00{BOX}02{GTIN}3748", Barcode(GS1, GTIN, count=48, sscc=BOX)),
    ],
)
def test_a_barcode_says_what_it_says(raw: str, read: Barcode) -> None:
    assert read_barcode(stripped(raw), today=TODAY) == read


@pytest.mark.parametrize(
    ("raw", "expected", "found"),
    [
        ("6901234500104", "3", "4"),
        ("96385075", "4", "5"),
        ("106141412345678909", "8", "9"),
        ("0106901234500109", "3", "9"),
        ("00106141412345678901", "8", "1"),
        (f"00{BOX}02069012345001003748", "3", "0"),
    ],
)
def test_a_wrong_check_digit_is_refused_with_the_one_expected(raw: str, expected: str, found: str) -> None:
    with pytest.raises(CodeCheckDigit) as refused:
        read_barcode(stripped(raw), today=TODAY)
    assert (refused.value.variables["expected"], refused.value.variables["found"]) == (expected, found)
    assert f"should be {expected}" in refused.value.message_en


@pytest.mark.parametrize("raw", ["SHELF", "12345", f"01{GTIN}17271331", f"01{GTIN}17270230", "10LOT-7", "(01)12", "é"])
def test_what_is_no_barcode_is_unknown(raw: str) -> None:
    with pytest.raises(CodeUnknown):
        read_barcode(stripped(raw), today=TODAY)


@pytest.mark.parametrize(
    ("year", "digits", "meant"),
    [
        *((2026, digits, meant) for digits, meant in (("76", 2076), ("77", 1977), ("99", 1999), ("00", 2000))),
        *((1999, digits, meant) for digits, meant in (("50", 1950), ("49", 2049), ("00", 2000), ("99", 1999))),
        *((2051, digits, meant) for digits, meant in (("01", 2101), ("02", 2002), ("51", 2051), ("00", 2100))),
    ],
)
def test_a_year_of_two_digits_is_the_one_nearest_to_the_day_of_the_call(year: int, digits: str, meant: int) -> None:
    said = read_barcode(f"01{GTIN}17{digits}0100", today=date(year, 12, 31))
    assert said.expires == date(meant, 1, 31)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 99))
def test_a_year_of_two_digits_lies_between_49_before_and_50_behind(today: date, digits: int) -> None:
    meant = day_of(f"{digits:02}0101", today).year
    assert (meant % 100, -49 <= meant - today.year <= 50) == (digits, True)


def test_the_last_day_of_february_is_that_of_the_year_meant() -> None:
    assert read_barcode(f"01{GTIN}17000200", today=date(2026, 3, 2)).expires == date(2000, 2, 29)
    assert read_barcode(f"01{GTIN}17000200", today=date(2080, 3, 2)).expires == date(2100, 2, 28)
    with pytest.raises(CodeUnknown):
        read_barcode(f"01{GTIN}17000229", today=date(2080, 3, 2))


@pytest.mark.parametrize("raw", ["", "\x1d", "]C1", "]C1\x1d", "a\nb", "x" * 201])
def test_what_no_scanner_reads_is_refused(raw: str) -> None:
    with pytest.raises(FieldInvalid):
        stripped(raw)


@given(st.text(max_size=60))
def test_whatever_is_read_is_a_barcode_or_refused(raw: str) -> None:
    try:
        read = read_barcode(stripped(raw), today=TODAY)
    except (CodeCheckDigit, CodeUnknown, FieldInvalid):
        return
    assert read.gtin or read.sscc


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(1, 9))
def test_of_all_last_digits_one_is_right(digits: str, off: int) -> None:
    right = gs1_standard_check_digit(digits)
    assert read_barcode(f"{digits}{right}", today=TODAY).gtin == f"0{digits}{right}"
    with pytest.raises(CodeCheckDigit):
        read_barcode(f"{digits}{(right + off) % 10}", today=TODAY)
