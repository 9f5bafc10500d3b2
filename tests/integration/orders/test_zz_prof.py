import cProfile, pstats, time
from uuid import uuid4
from bylaw.orders.v1 import orders_pb2
from tests.builders.orders import ordered, wished, somebody
from tests.integration.orders.shops import shop_of


def test_prof(orders, stock):
    items = [stock.item(f"I{n}", "100000") for n in range(30)]
    shop = shop_of(orders, stock)
    who = orders.everything

    def ask(n):
        lines = [ordered(items[(n * 3 + k) % 30].code, "1") for k in range(3)]
        wish = wished(orders.clock, shop.channel, f"P-{n}", *lines)
        return orders_pb2.CreateOrderRequest(order=wish, request_id=str(uuid4()))

    reqs = [ask(n) for n in range(700)]
    for r in reqs[:100]:
        made = orders.orders.CreateOrder(r, metadata=who)
    assert made.fulfilment_state == 3, made
    t, c = time.perf_counter(), time.thread_time()
    for r in reqs[100:400]:
        orders.orders.CreateOrder(r, metadata=who)
    print("wall ms", (time.perf_counter() - t) / 300 * 1000, "cpu ms", (time.thread_time() - c) / 300 * 1000)
    p = cProfile.Profile()
    p.enable()
    for r in reqs[400:]:
        orders.orders.CreateOrder(r, metadata=who)
    p.disable()
    pstats.Stats(p).sort_stats("tottime").print_stats(35)
    pstats.Stats(p).sort_stats("cumtime").print_stats(60)
