"""A stock list takes no goods where a movement takes none, and says which line of the file it is that may not."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stocktakes_pb2, stocktakes_pb2_grpc
from bylaw_chassis.status import refusal_from

from tests.builders.goods import Trade, trade
from tests.builders.inventory import EVERYTHING
from tests.builders.issuing import SpecialGoods
from tests.builders.stock_books import StockBooks
from tests.databases import Databases
from tests.integration.inventory.test_goods_files import Store

LIST = "SKU Code,Stock\nL3,0\nL1,5\nL2,7\n"


@pytest.fixture
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop with the goods of the list."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        found.import_items(LIST.encode())
        yield found


@pytest.fixture
def store(shop: Trade) -> Store:
    return Store(shop)


def refused(store: Store, **more: object) -> tuple[str, dict[str, str]]:
    """Why the list is not taken, and what is at fault where."""
    with pytest.raises(grpc.RpcError) as error:
        store.take(LIST.encode(), **more)
    told = refusal_from(error.value)
    return told.reason, {one.field: one.reason for one in told.violations}


@pytest.mark.clause("WHS-9")
def test_special_goods_are_taken_in_by_their_keeper_alone(shop: Trade, store: Store) -> None:
    listed = shop.inventory.items.ListItems(items.ListItemsRequest(code="L2"), metadata=shop.caller).items
    SpecialGoods(shop.inventory).mark(shop.shu, item=listed[0].name)
    assert refused(store) == ("SPECIAL_GOODS_KEEPER", {"file:4:SKU Code": "SPECIAL_GOODS_KEEPER"})
    assert store.on_hand == []
    SpecialGoods(shop.inventory).mark(shop.mei, item=listed[0].name)
    assert store.take(LIST.encode()).received_count == 2
    assert store.on_hand == ["5", "7"]


@pytest.mark.clause("WHS-6")
def test_nothing_is_taken_into_a_place_that_is_frozen(shop: Trade, store: Store) -> None:
    inventory = shop.inventory
    stub = stocktakes_pb2_grpc.StocktakesStub(inventory.channel)
    wish = stocktakes_pb2.Stocktake(warehouse=store.warehouse.name, places=[store.bin], freeze=True)
    made = stub.CreateStocktake(stocktakes_pb2.CreateStocktakeRequest(stocktake=wish), metadata=inventory.everything)
    other = inventory.people.as_caller(EVERYTHING, person=uuid4())
    stub.JoinStocktake(stocktakes_pb2.JoinStocktakeRequest(name=made.name), metadata=other)
    assert refused(store) == ("PLACE_FROZEN", {"file:3:Stock": "PLACE_FROZEN", "file:4:Stock": "PLACE_FROZEN"})
    cancelled = stocktakes_pb2.CancelStocktakeRequest(name=made.name, reason="rain")
    stub.CancelStocktake(cancelled, metadata=inventory.everything)
    assert store.take(LIST.encode()).received_count == 2


@pytest.mark.clause("WHS-4")
def test_nothing_is_taken_into_a_closed_day(shop: Trade, store: Store) -> None:
    kept, clock = StockBooks(store.warehouse), shop.inventory.clock
    shop.import_items(b"code\nL9\n")
    store.take(b"code,quantity\nL9,1\n")
    kept.close(kept.next_day(), "as it was")
    clock.now -= timedelta(days=1)  # a clock that was set back
    assert refused(store) == ("DAY_CLOSED", {"file": "DAY_CLOSED"})
    assert store.on_hand == ["1"]
    clock.now += timedelta(days=1)
    assert store.take(LIST.encode()).received_count == 2
