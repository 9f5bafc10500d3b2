"""What cells of exports mean, however a platform or a spreadsheet has written them (ORD-1)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from bylaw_hooks.orders import CellRefused, Columns, amount, currency, identifier, maybe, moment, named, text
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-1")
SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2020, 2, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-02-01 10:00:00",
        "2020-02-01 10:00",
        "2020/2/1 10:00",
        "2020/02/01 10:00:00",
        "2020.2.1 10:00",
        "2020年2月1日 10:00",
        "43862.4166666667",
        "2020-02-01T10:00:00+08:00",
        "2020-02-01T02:00:00Z",
        "2020-02-01T02:00:00.123456Z",
        "2020-01-31 21:00:00 -0500",
        ' ="2020-02-01 10:00:00" ',
    ],
)
def test_a_time_is_read_in_every_form_that_platforms_write(cell: str) -> None:
    assert moment(cell, SHANGHAI) == TEN


@pytest.mark.parametrize(
    "cell", ["1/2/2020 10:00", "01-02-2020", "2020-02-30 10:00", "2020-02-01 25:00", "1989-01-01", "2100-01-01", "1e5"]
)
def test_a_time_that_can_be_read_in_two_ways_or_in_none_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused, match="TIME_UNREADABLE"):
        moment(cell, SHANGHAI)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001 - on the wall
def test_a_time_on_the_wall_is_read_to_the_second(at: datetime) -> None:
    told = moment(at.strftime("%Y-%m-%d %H:%M:%S"), SHANGHAI)
    assert told
    assert told.replace(tzinfo=None) == at.replace(microsecond=0)
    days = (at - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001
    serial = moment(f"{days:.8f}", SHANGHAI)
    assert serial
    assert abs(serial.replace(tzinfo=None) - at) <= timedelta(seconds=1)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("￥1,234.50", "1234.50"),
        ("¥ 12", "12"),
        ("€9.95", "9.95"),
        ("(3.00)", "-3.00"),
        ("-0.001", "-0.001"),
        ('="12.50"', "12.50"),
    ],
)
def test_an_amount_is_read_exactly(cell: str, value: str) -> None:
    assert amount(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["12,5", "1.234,50", "1,23,456", "1e3", "Infinity", "十二", "١٢", "1.2.3", "--1"])
def test_what_could_be_another_amount_is_refused_rather_than_guessed(cell: str) -> None:
    with pytest.raises(CellRefused, match="NUMBER_UNREADABLE"):
        amount(cell)


@given(st.decimals(-(10**11), 10**11, places=2))
def test_an_amount_comes_back_as_it_was_written_with_separators_or_without(value: Decimal) -> None:
    assert amount(f"{value}") == value
    assert amount(f"{value:,}") == value


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ('="123456789012345678"', "123456789012345678"),
        ("'75008", "75008"),
        ("17850.0", "17850"),
        ("12E5", "12E5"),
        ("#1001", "#1001"),
        ("null", ""),
    ],
)
def test_a_number_is_kept_digit_by_digit(cell: str, number: str) -> None:
    assert identifier(cell) == number


@pytest.mark.parametrize("cell", ["1.2E+17", "1.23456789012346E+17", "1E+17", "1,2E+17", "1.2e17"])
def test_a_number_that_a_spreadsheet_has_rounded_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused) as refused:
        identifier(cell)
    assert refused.value.reason == "ORDER_NUMBER_ROUNDED"
    assert cell not in refused.value.en


def test_what_stands_for_nothing_is_nothing_and_what_looks_like_a_program_is_text() -> None:
    assert [text(cell) for cell in ("null", "-", " 无 ", "None", "")] == [""] * 5
    assert text("'); DROP TABLE orders; --") == "'); DROP TABLE orders; --"
    assert text("two\r\nlines\t 😀") == "two lines 😀"


def test_a_currency_is_a_code_of_three_letters() -> None:
    assert (currency("cny", "EUR"), currency("", "EUR")) == ("CNY", "EUR")
    with pytest.raises(CellRefused, match="CURRENCY_UNKNOWN"):
        currency("RMB 元", "EUR")


def test_columns_are_found_by_any_of_their_names_and_a_refusal_says_what_the_file_calls_them() -> None:
    columns = Columns({"number": named("No", "Number"), "paid": maybe("Paid")})
    assert columns.missing(("paid",)) == ("No",)
    reader = columns.reader(("", " NUMBER ", "x"))
    row = reader.row(7, ["", "1.2E+17"])
    assert row.amount("paid") is None
    with pytest.raises(CellRefused) as refused:
        row.identifier("number")
    assert (refused.value.row, refused.value.column) == (7, "NUMBER")


def test_a_row_that_is_wider_than_the_heading_is_refused_unless_what_is_over_is_empty() -> None:
    reader = Columns({"number": named("No")}).reader(("No",))
    assert reader.row(2, ["1", "", " "]).text("number") == "1"
    with pytest.raises(CellRefused, match="ROW_SHIFTED"):
        reader.row(2, ["1", "", "Hangzhou"])
