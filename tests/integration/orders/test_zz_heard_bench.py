import time, uuid
from bylaw_orders.store import goods, checking
from bylaw_orders.rules.goods.known import AskedGoods
from bylaw_orders.ports.checking import AskedAlike


def test_bench(orders):
    db = orders.service.database
    now = orders.clock.now
    with db.engine.begin() as c:
        c.exec_driver_sql(
            "insert into known_items select gen_random_uuid(), 'SKU-'||n, 'sku-'||n, 'title', 'piece', 0 from generate_series(1,20000) n"
        )
        c.exec_driver_sql(
            "insert into known_listings select gen_random_uuid(), item, 'tmall', now() - interval '400 days', null from known_items"
        )
        c.exec_driver_sql(
            "insert into known_prices select gen_random_uuid(), item, 'tmall', 1000+n, 'CNY', now() - interval '1 day' * (400+n) from known_items, generate_series(1,10) n"
        )
        c.exec_driver_sql("insert into known_barcodes select lpad(code_key,14,'0'), item from known_items")
    for count in (3, 1500):
        asked = [AskedGoods("tmall", f"SKU-{(i * 37) % 20000 + 1}", now) for i in range(count)]
        with db.read() as c:
            goods.known_each(c, asked)
            t = time.perf_counter()
            n = 0
            while time.perf_counter() - t < 1.0:
                found = goods.known_each(c, asked)
                n += 1
            el = (time.perf_counter() - t) / n
        assert all(found)
        print("known_each", count, f"{el * 1e3:.3f} ms", f"{el / count * 1e6:.1f} us/line")
    a = [AskedAlike(uuid.uuid4(), uuid.uuid4(), now, "CNY", 100, "SKU-1 2") for _ in range(500)]
    for some in ([], a[:1], a):
        with db.read() as c:
            checking.looked_up(c, uuid.uuid4(), some)
            t = time.perf_counter()
            n = 0
            while time.perf_counter() - t < 1.0:
                checking.looked_up(c, uuid.uuid4(), some)
                n += 1
            print("looked_up", len(some), f"{(time.perf_counter() - t) / n * 1e3:.3f} ms")
