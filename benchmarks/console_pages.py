"""Pages of 200 rows, beside the JSON call behind each of them; and what a browser fetches to show a first page."""

import random
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

from bylaw_chassis.addresses import address_seal
from bylaw_console.app import console_pages
from bylaw_gateway import GatewaySettings, create_app
from flask import Flask
from werkzeug.test import Client, TestResponse

from benchmarks.shop_world import ShopWorld, shop_world

ROWS, ROUNDS = 200, 40
GOAL, MOST_BYTES = "<= 2", 150 * 1024
PAGES = {
    "orders": (f"/orders?rows={ROWS}", f"/v1/orders?pageSize={ROWS}"),
    "audit entries": (
        f"/audit?service=inventory&rows={ROWS}",
        f"/v1/audit/inventory/entries?pageSize={ROWS}",
    ),
}
PACKED = {"Accept-Encoding": "gzip", "Accept-Language": "zh"}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ASSET = re.compile(r'(?:href|src)="(/assets/[^"]+)"')


def measure() -> list[dict[str, Any]]:
    """Page and call in this process, all services in one as in `bylaw up`, in turns."""
    with shop_world(ROWS) as world, world.hosted() as everything:
        _fill(world)
        seal = address_seal("a secret of this benchmark, and of nothing else")
        app = create_app(everything.channels_by_contract(), GatewaySettings(), seal=seal, pages=[console_pages])
        client = _signed_in(app, world)
        results = [_page(client, name, world.shop.token) for name in PAGES]
        return [*results, _first_view(client)]


def _fill(world: ShopWorld) -> None:
    buyer, chance = world.shop.client(), random.Random(8)  # noqa: S311 - no secret
    for _ in range(ROWS):
        buyer.ask("POST", "orders", world.shop.order(chance, lines=1))


def _signed_in(app: Flask, world: ShopWorld) -> Client:
    client = Client(app)
    password = next(world.access.folder.rglob("administrator.password")).read_text(encoding="utf-8").strip()
    found = TOKEN.search(client.get("/sign-in").get_data(as_text=True))
    assert found
    form = {"csrf_token": found[1], "login": "administrator", "password": password}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def _page(client: Client, name: str, token: str) -> dict[str, Any]:
    path, call = PAGES[name]
    authorization = {"Authorization": f"Bearer {token}"}
    page, json = _compare(lambda: client.get(path, headers=PACKED), lambda: client.get(call, headers=authorization))
    return {
        "name": f"A page of {ROWS} {name}, to the JSON call behind it",
        "ratio": round(page / json, 2),
        "goal": GOAL,
        "unit": "times its time",
        "detail": f"{page * 1e3:.1f} ms the page, packed; {json * 1e3:.1f} ms the call; WSGI calls in turns",
    }


def _compare(page: Callable[[], TestResponse], call: Callable[[], TestResponse]) -> tuple[float, float]:
    """Median seconds of each, in short turns, so that a busy machine troubles both alike."""
    turns = [(_seconds(page), _seconds(call)) for _ in range(ROUNDS)]
    return statistics.median(turn[0] for turn in turns), statistics.median(turn[1] for turn in turns)


def _seconds(ask: Callable[[], TestResponse]) -> float:
    began = time.perf_counter()
    answer = ask()
    seconds = time.perf_counter() - began
    assert answer.status_code == 200, answer.status
    return seconds


def _first_view(client: Client) -> dict[str, Any]:
    answer = client.get(PAGES["orders"][0], headers=PACKED)
    page = client.get(PAGES["orders"][0], headers={"Accept-Language": "zh"}).get_data(as_text=True)
    assets = [client.get(path, headers=PACKED) for path in dict.fromkeys(ASSET.findall(page))]
    html, beside = len(answer.get_data()), sum(len(asset.get_data()) for asset in assets)
    return {
        "name": f"First view of a page of {ROWS} orders, packed, to 150 KiB",
        "ratio": round((html + beside) / MOST_BYTES, 2),
        "goal": "<= 1",
        "unit": "of it",
        "detail": f"{html / 1024:.1f} KiB of HTML, {beside / 1024:.1f} KiB in {len(assets)} files beside it",
    }
