"""Goods that orders name are known as inventory tells of them: code, barcode, listing and price (ORD-1)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import prices_pb2 as prices
from bylaw_chassis.doctor import Examined, Finding
from bylaw_chassis.feed import drain
from bylaw_chassis.organisation.place import read_place
from bylaw_chassis.queries import ask
from bylaw_chassis.retention import prune_feed
from bylaw_chassis.tables import cursors
from bylaw_orders.app import MIGRATIONS
from bylaw_orders.apps.following import hearers
from bylaw_orders.doctor.goods import goods_check
from bylaw_orders.rules.goods.known import AskedGoods, KnownGoods
from bylaw_orders.store import goods
from bylaw_orders.store.goods_tables import known_items, known_listings, known_prices
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.goods import SHOP, Trade, price
from tests.builders.inventory import inventory_service
from tests.builders.orders import OrdersService, orders_beside
from tests.builders.people import identifier
from tests.databases import Databases

pytestmark = pytest.mark.clause("ORD-1")
GTIN, OTHER_GTIN, CARTON = "4006381333931", "96385074", "14006381333938"
HOUR = timedelta(hours=1)


def amount(found: KnownGoods) -> int | None:
    return found.price.minor_units if found.price else None


class Counter:
    """A shop that offers goods, and the orders beside it."""

    def __init__(self, trade: Trade, orders: OrdersService) -> None:
        self.trade, self.orders = trade, orders

    @property
    def now(self) -> datetime:
        return self.orders.clock.now

    def known(self, *codes: str, channel: str = SHOP, at: datetime | None = None) -> dict[str, KnownGoods]:
        """What is known of codes, after inventory's feed was read on."""
        self.orders.run_timer("goods")
        with self.orders.service.database.read() as connection:
            return goods.known(connection, channel, codes, at or self.now)

    def one(self, code: str, channel: str = SHOP, at: datetime | None = None) -> KnownGoods:
        return self.known(code, channel=channel, at=at)[code]


@pytest.fixture(scope="module")
def open_counter(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder = tmp_path_factory.mktemp("pictures")
    with (
        inventory_service(postgres, goods_photo_folder=folder) as inventory,
        orders_beside(postgres, inventory) as orders,
    ):
        yield Counter(Trade(inventory, folder), orders)


@pytest.fixture
def counter(open_counter: Counter) -> Counter:
    """The counter, a minute later than before; each test has goods of its own."""
    open_counter.orders.clock.pass_time(minutes=1)
    return open_counter


def test_goods_are_known_by_their_code_in_any_case_and_by_their_barcode_in_any_length(counter: Counter) -> None:
    tea = counter.trade.item("Tea-Ä", display_name="龙井", unit="kg", fraction_digits=3, barcodes=[GTIN])

    found = counter.known("tea-ä", "TEA-Ä", GTIN, f"0{GTIN}", "no such code", CARTON)

    assert set(found) == {"tea-ä", "TEA-Ä", GTIN, f"0{GTIN}"}
    assert {one.item for one in found.values()} == {identifier(tea.name)}
    assert found["tea-ä"][1:] == ("Tea-Ä", "龙井", "kg", 3, False, None)


def test_a_code_that_looks_like_a_barcode_is_a_code_first(counter: Counter) -> None:
    other = counter.trade.item(display_name="the other", barcodes=[OTHER_GTIN])
    assert counter.one(OTHER_GTIN).title == "the other"
    named = counter.trade.item(OTHER_GTIN, display_name="named so")
    assert counter.one(OTHER_GTIN).title == named.display_name
    assert counter.one(f"000000{OTHER_GTIN}").title == other.display_name


def test_a_barcode_of_a_carton_is_not_one_of_its_pieces(counter: Counter) -> None:
    made = counter.trade.item(units=[items.ItemUnit(unit="carton", base_quantity="24", barcode=CARTON)])
    assert counter.known(CARTON) == {}
    assert counter.one(made.code).unit == "piece"


def test_an_item_that_changed_is_known_as_it_is_now(counter: Counter) -> None:
    made = counter.trade.item("RENAMED", barcodes=["4012345678901"])
    assert counter.one("4012345678901").title == "RENAMED"
    stub, caller = counter.trade.inventory.items, counter.trade.caller
    made.display_name = "a better name"
    del made.barcodes[:]
    made.barcodes.append("5901234123457")
    mask = FieldMask(paths=["display_name", "barcodes"])
    stub.UpdateItem(items.UpdateItemRequest(item=made, update_mask=mask), metadata=caller)
    found = counter.known("renamed", "4012345678901", "5901234123457")
    assert {code: one.title for code, one in found.items()} == {
        "renamed": "a better name",
        "5901234123457": "a better name",
    }


def test_goods_are_listed_on_the_channel_from_the_instant_they_were_until_the_one_they_were_taken_off(
    counter: Counter,
) -> None:
    tea = counter.trade.complete()
    before = counter.now
    counter.orders.clock.pass_time(hours=1)
    counter.trade.list_on(tea.name)
    listed = counter.now
    counter.orders.clock.pass_time(hours=1)
    assert counter.one(tea.code).listed
    counter.trade.end(tea.name)
    counter.orders.clock.pass_time(hours=1)
    told = [counter.one(tea.code, at=at).listed for at in (before, listed, listed + HOUR, counter.now)]
    assert told == [False, True, False, False]
    assert not counter.one(tea.code, channel="elsewhere", at=listed).listed


def test_the_price_is_the_one_that_was_agreed_to_for_that_instant(counter: Counter) -> None:
    tea, now = counter.trade.item(), counter.now
    assert counter.one(tea.code).price is None
    counter.trade.priced(tea.name, 10_000)
    sale, over = counter.now + 2 * HOUR, counter.now + 5 * HOUR
    lines = (price(tea.name, 8_000, since=sale), price(tea.name, 11_000, since=over))
    waiting = counter.trade.ask(*lines)
    assert amount(counter.one(tea.code, at=sale)) == 10_000
    counter.trade.decided(waiting)
    told = [amount(counter.one(tea.code, at=at)) for at in (now - HOUR, counter.now, sale, over - HOUR, over)]
    assert told == [None, 10_000, 8_000, 8_000, 11_000]
    assert amount(counter.one(tea.code, channel="elsewhere")) is None
    found = counter.one(tea.code, at=sale).price
    assert found is not None
    assert (found.currency, found.since) == ("CNY", sale)


def test_prices_that_were_taken_back_before_they_took_effect_never_count(counter: Counter) -> None:
    tea = counter.trade.item()
    counter.trade.priced(tea.name, 10_000)
    soon, later = counter.now + HOUR, counter.now + 3 * HOUR
    lines = (price(tea.name, 9_000, since=soon), price(tea.name, 1, since=later))
    agreed = counter.trade.decided(counter.trade.ask(*lines))
    assert agreed.state == prices.PRICE_CHANGE_STATE_AGREED
    assert amount(counter.one(tea.code, at=later)) == 1
    counter.orders.clock.now = soon + HOUR
    counter.trade.withdraw(agreed.name)
    assert [amount(counter.one(tea.code, at=at)) for at in (soon, later)] == [9_000, 9_000]
    assert [amount(counter.one(tea.code, at=at)) for at in (soon, later)] == [
        counter.trade.in_force(tea.name, at) for at in (soon, later)
    ]


def test_the_goods_of_many_orders_are_found_in_the_order_they_are_asked_for(counter: Counter) -> None:
    tea, salt = counter.trade.item(), counter.trade.item()
    counter.trade.priced(tea.name, 700)
    counter.known()
    asked = [
        AskedGoods(SHOP, tea.code, counter.now),
        AskedGoods("", 'nothing \\ "quoted" {of} this name', counter.now),
        AskedGoods("", salt.code.lower(), counter.now),
        AskedGoods(SHOP, tea.code, counter.now - 9 * HOUR),
        AskedGoods(SHOP, tea.code, counter.now),
    ]
    with counter.orders.service.database.read() as connection:
        found = ask(connection, goods.known_each(asked))
        assert ask(connection, goods.known_each([])) == []
    named = [one.code if one else None for one in found]
    assert named == [tea.code, None, salt.code, tea.code, tea.code]
    assert [amount(one) if one else None for one in found] == [700, None, None, None, 700]


def test_what_is_known_is_the_same_when_the_feed_is_read_anew_and_after_it_was_pruned(counter: Counter) -> None:
    tea = counter.trade.complete(channel="first")
    counter.trade.priced(tea.name, channel="second")
    counter.trade.list_on(tea.name, channel="first")
    counter.orders.clock.pass_time(hours=1)
    counter.trade.list_on(tea.name, channel="second")
    counter.known()
    before = told(counter)
    inventory = counter.trade.inventory.service.database
    counter.orders.clock.pass_time(days=400)
    inventory.clock = counter.orders.clock
    prune_feed(inventory, days=90)
    counter.orders.clock.pass_time(days=-400)
    restart(counter)
    counter.known()
    assert told(counter) == before
    assert [counter.one(tea.code, channel=channel).listed for channel in ("first", "second", "third")] == [
        True,
        True,
        False,
    ]


def test_health_says_whether_goods_are_as_of_this_minute(counter: Counter) -> None:
    counter.known()
    assert counter.orders.service.details["goods"]()
    counter.orders.clock.pass_time(seconds=61)
    assert not counter.orders.service.details["goods"]()
    counter.known()
    with counter.orders.service.database.read() as connection:
        place = read_place(connection, "inventory")
        assert place.kinds == frozenset(hearers(counter.orders.clock))
        assert place.read_at == counter.now
        assert read_place(connection).kinds.isdisjoint({"item_changed"})


def restart(counter: Counter) -> None:
    """Has the feed read anew, as the doctor says."""
    with counter.orders.service.database.engine.begin() as connection:
        connection.execute(cursors.delete().where(cursors.c.feed == "inventory"))


LIES = (
    "update known_items set title = 'another' where code = :code",
    "delete from known_items where code = :code",
    "update known_listings set ended_at = now() where ended_at is null",
    "update known_prices set minor_units = minor_units + 1",
    "delete from known_barcodes",
    "update known_warehouses set code = 'another'",
    "insert into known_prices select change, item, 'elsewhere', 1, 'CNY', now() from known_prices limit 1",
)


@pytest.mark.parametrize("lie", LIES)
def test_the_doctor_finds_goods_that_are_not_as_inventory_tells(counter: Counter, lie: str) -> None:
    tea = counter.trade.complete(barcodes=[gtin(counter.trade.number())])
    counter.trade.list_on(tea.name)
    inventory = counter.trade.inventory
    inventory.warehouse(counter.trade.shop, counter.trade.site, f"W-{counter.trade.number()}")
    counter.known()
    assert examined(counter).holds
    with counter.orders.service.database.engine.connect() as connection:
        connection.execute(sa.text(lie), {"code": tea.code} if ":code" in lie else {})
        found = examined(counter, connection)
    assert not found.holds
    assert "; 0 rows differ" not in found.seen.en
    assert "inventory" in found.cure.zh


def test_the_doctor_says_when_inventorys_feed_was_not_read_for_a_minute(counter: Counter) -> None:
    counter.known()
    made = counter.trade.item()
    drain(counter.trade.inventory.service.database)
    found = examined(counter)
    assert found.holds
    assert found.seen.en.startswith("1 behind")
    counter.orders.clock.pass_time(seconds=61)
    assert not examined(counter).holds
    assert examined(counter, running=False).holds
    assert counter.one(made.code)


def gtin(number: int) -> str:
    """A barcode that no other goods have."""
    digits = f"690{number:09}"
    weighed = sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def examined(counter: Counter, connection: sa.Connection | None = None, *, running: bool = True) -> Finding:
    """What the doctor finds of the goods that are known."""
    own = counter.orders.service.database
    name, check = goods_check(counter.trade.inventory.service.database)
    assert name == "goods"
    told = Examined(own, MIGRATIONS, running)
    if connection:
        return check(connection, told)
    with own.read() as reading:
        return check(reading, told)


def told(counter: Counter) -> dict[str, set[tuple[object, ...]]]:
    """What is known, row by row."""
    with counter.orders.service.database.read() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(table.select())}
            for table in (known_items, known_listings, known_prices)
        }
