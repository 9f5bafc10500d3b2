"""Two days of a real wholesaler: by each thing what plain sums over the file say, to the penny (ANA-1, MKT-3)."""

import csv
import gzip
import io
from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import takewhile
from pathlib import Path

import pytest

from tests.builders.figures import DAY, DIMENSIONS, GOODS, PRODUCT, REGION, Seller, assert_records_make_up
from tests.builders.order_files import imported

pytestmark = [pytest.mark.clause("ANA-1"), pytest.mark.clause("MKT-3"), pytest.mark.clause("ORD-1")]
FILE = Path(__file__).parents[5] / "shared" / "data" / "orders" / "online_retail_2010-12_2011-08.csv.gz"
UNTIL, DAYS = "2010-12-03", {"first_date": "2010-12-01", "last_date": "2010-12-31", "time_zone": "Europe/London"}
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The first two days of the file."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        return list(takewhile(lambda row: row["InvoiceDate"] < UNTIL, csv.DictReader(file)))


def pence(rows: list[Row], column: str) -> dict[str, int]:
    """What lines come to by a column, each rounded by itself."""
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        amount = Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]) * 100
        found[row[column].upper()] += int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))
    return found


def test_a_real_shop_is_summed_up_to_the_penny(past: Seller, rows: list[Row]) -> None:
    channel = past.orders.open_channel(past.unit, f"R-{past.channel.code}", currency="GBP", history=True)
    shop, text = Seller(past.orders, past.unit, channel), io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    made = imported(past.orders, channel, text.getvalue().encode(), time_zone="Europe/London")
    assert made.taken_count == len(rows) > 5_000
    by_day, by_code = pence([{**row, "Day": row["InvoiceDate"][:10]} for row in rows], "Day"), pence(rows, "StockCode")
    figures = {dimension: shop.figures(dimension, page_size=1_000, **DAYS) for dimension in DIMENSIONS}
    assert {one.key: one.total for one in figures[DAY]} == by_day
    assert {one.key: 0 for one in figures[PRODUCT]} == dict.fromkeys(by_code, 0)
    assert sum((Counter({one.key: one.total}) for one in figures[PRODUCT]), Counter()) == +Counter(by_code)
    assert {sum(one.total for one in each) for each in figures.values()} == {sum(by_day.values())}
    credited = sum(pence([row for row in rows if row["InvoiceNo"].startswith("C")], "Country").values())
    assert sum(one.credits for one in figures[REGION]) == credited < 0
    assert max(figures[PRODUCT], key=lambda one: one.total).part == GOODS
    for one in (*figures[DAY], *figures[REGION]):
        assert_records_make_up(shop, one)
