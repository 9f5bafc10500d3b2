"""A shop in a Bylaw that runs somewhere, in which nobody has done anything before, and its buyers."""

import http.client
import json
import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

PLENTY, KNOWN_SECONDS = "1000000", 120
DAY = "2020-01-01"


@dataclass
class Client:
    """A caller with a connection that stays open."""

    address: str
    token: str = ""
    line: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection(self.address, timeout=60)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer; raises RuntimeError where it is refused."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers |= {"Authorization": f"Bearer {self.token}"}
        if self.token and method != "GET":
            headers |= {"Idempotency-Key": str(uuid4())}
        self.line.request(method, f"/v1/{path}", json.dumps(body) if body is not None else None, headers)
        answer = self.line.getresponse()
        told = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{method} {path}: {answer.status} {told.decode()[:500]}")
        return json.loads(told)


@dataclass(frozen=True)
class Shop:
    """A channel, the codes of its goods, of which there is plenty, and who may do everything.

    `address` is a host and a port. `placed` is an order of three lines.
    """

    address: str
    token: str
    channel: str
    codes: tuple[str, ...]
    placed: str = ""

    def client(self) -> Client:
        """One with a connection of its own."""
        return Client(self.address, self.token)

    def order(self, chance: random.Random, *, lines: int = 3) -> dict[str, Any]:
        """A paid order of somebody new for one piece of each of some goods."""
        number = f"{chance.randrange(10**15):015}"
        return {
            "channel": self.channel,
            "number": f"B-{number}",
            "placeTime": datetime.now(UTC).isoformat(),
            "paid": str(1000 * lines),
            "lines": [
                {"code": code, "title": f"Goods {code}", "quantity": "1", "unitPrice": "1000"}
                for code in chance.sample(self.codes, lines)
            ],
            "recipient": {
                "displayName": "欧阳小明",
                "phone": f"138{number[:8]}",
                "address": "浙江省杭州市西湖区文三路 398 号 5 幢 2 单元 501 室",
                "region": "浙江省",
                "nick": f"buyer-{number}",
            },
        }


def opened(address: str, password: str, count: int) -> Shop:
    """A company with a warehouse full of so many goods and a shop that sells them."""
    client, titles = Client(address), {"zh": "甲", "en": "A"}
    client.token = client.ask("POST", "sessions", {"login": "administrator", "password": password})["accessToken"]
    units = client.ask("GET", "units")["units"]
    kind = {"kind": "UNIT_KIND_COMPANY", "effectiveDate": DAY, "code": "CO", "title": titles, "duties": titles}
    unit = (units[0] if units else client.ask("POST", "units", kind))["name"]
    place = {"code": "S", "title": titles, "timeZone": "Asia/Shanghai", "calendar": "CN", "effectiveDate": DAY}
    site = client.ask("POST", "sites", place)["name"]
    house = client.ask("POST", "warehouses", {"code": "W", "title": titles, "site": site, "unit": unit})["name"]
    bin_ = client.ask("POST", f"{house}/places", {"code": "A-01", "kind": "PLACE_KIND_BIN"})["name"]
    places = client.ask("GET", f"{house}/places")["places"]
    supplier = next(one["name"] for one in places if one["code"] == "SUPPLIER")
    codes = tuple(f"I{number:04}" for number in range(count))
    items = [
        client.ask("POST", "items", {"code": code, "displayName": code, "unit": "piece"})["name"] for code in codes
    ]
    moved = [{"item": item, "fromPlace": supplier, "toPlace": bin_, "quantity": {"value": PLENTY}} for item in items]
    papers = [{"kind": "PAPER_KIND_DELIVERY_NOTE", "number": "N"}]
    client.ask("POST", "stockMovements", {"warehouse": house, "papers": papers, "lines": moved})
    shop = {"code": "SHOP", "title": titles, "platform": "own", "shop": "s", "unit": unit, "currency": "CNY"}
    channel = client.ask("POST", "channels", {**shop, "warehouse": house})["name"]
    made = Shop(address, client.token, channel, codes)
    return replace(made, placed=_until_known(made, client))


def _until_known(shop: Shop, client: Client) -> str:
    """Orders has heard of the goods as soon as an order gets them; the name of that order."""
    chance, until = random.Random(), time.monotonic() + KNOWN_SECONDS  # noqa: S311 - no secret
    while not (made := client.ask("POST", "orders", shop.order(chance)))["fulfilmentState"].endswith("RESERVED"):
        if time.monotonic() > until:
            raise TimeoutError("nothing is reserved")
        time.sleep(0.5)
    return str(made["name"])


def rates(shop: Shop, clients: int, seconds: float) -> tuple[float, float]:
    """Orders placed and orders read a second by so many clients, each a process of its own; reads half as long."""
    context = multiprocessing.get_context("spawn")
    ready, counts = context.Barrier(clients), context.Queue()
    processes = [context.Process(target=_buyer, args=(shop, seconds, ready, counts)) for _ in range(clients)]
    for process in processes:
        process.start()
    found = [counts.get() for _ in processes]
    for process in processes:
        process.join()
    return sum(placed for placed, _ in found), sum(read for _, read in found)


def _buyer(shop: Shop, seconds: float, ready: Any, counts: Any) -> None:
    client, chance = shop.client(), random.Random()  # noqa: S311 - no secret
    ready.wait()
    placed = _repeated(lambda: client.ask("POST", "orders", shop.order(chance)), seconds)
    ready.wait()
    counts.put((placed, _repeated(lambda: client.ask("GET", shop.placed), seconds / 2)))


def _repeated(act: Callable[[], object], seconds: float) -> float:
    """How often a second it is done."""
    began, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - began) < seconds:
        act()
        done += 1
    return done / spent
