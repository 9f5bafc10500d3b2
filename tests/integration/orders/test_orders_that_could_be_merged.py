"""Open orders that could go in one parcel are listed, in parts, and of whom they go to what is masked (ORD-2)."""

import pytest
from bylaw.orders.v1 import order_merges_pb2 as merges

from tests.builders.orders import OrdersService
from tests.integration.orders.conftest import Stock
from tests.integration.orders.merging import candidates, taken
from tests.integration.orders.shops import Shop, shop_of

pytestmark = pytest.mark.clause("ORD-2", "CUS-1")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Shop:
    """Twenty of one item, and the channel that sells them."""
    return shop_of(orders, stock)


def test_what_could_go_together_is_listed_in_parts(shop: Shop) -> None:
    wang = [taken(shop, f"W-{number}", str(number), nick="wang") for number in (1, 2)]
    moved = {"address": "上海市黄浦区南京东路 1 号 2 室"}
    li = [taken(shop, f"L-{number}", str(number), to=to) for number, to in ((1, {}), (2, moved), (3, {}), (4, moved))]
    shop.teas("S-1")
    groups = [["W-1", "W-2"], ["L-1", "L-3"], ["L-2", "L-4"]]
    assert sorted(candidates(shop)) == sorted(groups)
    found, token = list[list[str]](), ""
    for _ in range(4):
        request = merges.ListMergeCandidatesRequest(channel=shop.channel.name, page_size=1, page_token=token)
        page = shop.service.merges.ListMergeCandidates(request, metadata=shop.service.everything)
        found += [sorted(one.number for one in group.orders) for group in page.merge_candidates]
        token = page.next_page_token
        if not token:
            break
    assert sorted(found) == sorted(groups)
    assert "*" in page.merge_candidates[0].orders[0].recipient.phone
    shop.merge(*wang)
    shop.service.cancel(li[0].name)
    assert candidates(shop) == [["L-2", "L-4"]]
