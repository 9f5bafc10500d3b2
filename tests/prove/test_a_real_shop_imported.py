"""Nine months of a real wholesaler out of one file: every line accounted for, to the published total (ORD-1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import order_imports_pb2 as imports

from tests.builders.order_files import imported
from tests.builders.orders import OrdersService, orders_service
from tests.databases import Databases

pytestmark = pytest.mark.clause("ORD-1")
FILE = Path(__file__).parents[3] / "shared" / "data" / "orders" / "online_retail_2010-12_2011-08.csv.gz"
PUBLISHED_PENCE = 576_193_138


@pytest.fixture(scope="module")
def orders(postgres: Databases) -> Iterator[OrdersService]:
    """All three services."""
    with orders_service(postgres) as service:
        yield service


def test_the_whole_set_comes_to_its_published_total_and_again_to_nothing_new(orders: OrdersService) -> None:
    unit = orders.people.unit("RETAIL").name
    orders.follow_people()
    channel = orders.open_channel(unit, "RETAIL", currency="GBP", history=True)
    made = imported(orders, channel, FILE.read_bytes(), time_zone="Europe/London")
    assert made.state == imports.ORDER_IMPORT_STATE_DONE
    assert (made.taken_count, made.refused_count, made.held_count, made.order_count) == (320_705, 0, 0, 16_459)
    assert {one.oddity: one.count for one in made.oddities}["line_repeated"] == 2_483
    engine = sa.create_engine(orders.url)
    with engine.connect() as connection:
        pence = connection.execute(sa.text("select sum(amount) from orders.order_lines")).scalar_one()
        kinds = connection.execute(
            sa.text("select kind, count(*) from orders.orders group by kind order by kind")
        ).all()
        reserved = connection.execute(sa.text("select count(*) from orders.stock_claims")).scalar_one()
    engine.dispose()
    assert (pence, reserved) == (PUBLISHED_PENCE, 0)
    assert [tuple(one) for one in kinds] == [(1, 12_503), (2, 2_554), (3, 1_402)]
    again = imported(orders, channel, FILE.read_bytes(), time_zone="Europe/London")
    assert (again.taken_count, again.updated_count, again.repeated_count) == (0, 0, 320_705)
