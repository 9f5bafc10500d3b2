"""The real first start, killed at any moment: the next one completes it, and the company is there once."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from bylaw_cli.demonstrating import PASSWORD
from bylaw_cli.demonstration.asking import ZONE
from bylaw_cli.demonstration.company_files import rows
from bylaw_cli.demonstration.deciding import MATTERS
from bylaw_cli.demonstration.goods import counting, offering
from bylaw_cli.demonstration.goods.shelves import DAYS
from bylaw_cli.demonstration.goods.shelves import rows as goods
from bylaw_cli.demonstration.orders.placing import rows as ordered

from tests.cli.running import gone, run_bylaw_up
from tests.cli.starting import eventually

ROUNDS = {"short": 3, "long": 40}[os.environ.get("BYLAW_PROVE", "short")]
LONGEST_START_SECONDS = 12.0
ASKED_BY_ATTENDANCE = {"leave", "overtime"}
LIVED = {
    "leaveRequests": 3,
    "overtimeRequests": 3,
    "rotaSwaps": 1,
    "hoursNotices": 2,
    "signInPhotos": 1,
    "punchCorrections": 2,
    "objections": 1,
}
"""What the company has lived through, each once."""
STOCK = {
    "stockMovements": 39,
    "bookDays": 12,
    "spotCounts": 12,
    "deliveryNotes": 3,
    "parcels": 5,
    "stockReservations": 3,
    "stocktakes": 1,
    "houseRounds": 3,
}
"""And its warehouse."""
ALL = {"pageSize": "1000"}
DUTIES = 4
"""Those that the director gave; inventory declares its own."""


@pytest.mark.timeout(3600)
def test_the_company_is_complete_after_any_number_of_killed_first_starts(folder: Path) -> None:
    moments = random.Random(2026)  # noqa: S311 - no secret
    for _ in range(ROUNDS):
        with run_bylaw_up(folder) as run:
            time.sleep(moments.uniform(1.0, LONGEST_START_SECONDS))
            family = run.family()
            run.process.kill()
            eventually(lambda family=family: gone(family))
    with run_bylaw_up(folder) as run:
        run.says("Ctrl-C ends everything", within_seconds=120)
        with _director(run.port) as http:
            numbers = [person["number"] for person in _listed(http, "people") if person["number"] != "administrator"]
            assert sorted(numbers) == sorted(row["number"] for row in rows())
            asked = [(found["kind"], found["text"]) for found in _listed(http, "decisions")]
            own = [each for each in asked if each[0] not in ASKED_BY_ATTENDANCE]
            asked_by_inventory = [("price-change", offering.REASON), ("stock-adjustment", counting.REPORT)]
            assert sorted(own) == sorted([*((each.kind, each.text) for each in MATTERS), *asked_by_inventory])
            assert {name: len(_listed(http, name)) for name in LIVED} == LIVED
            titles = [duty["title"]["zh"] for duty in _listed(http, "duties")]
            assert len(titles) == len(set(titles)) >= DUTIES
            assert len(_listed(http, "notices", filter="NOTICE_FILTER_SENT")) == 1
            _has_its_goods_once(http)


def _has_its_goods_once(http: httpx.Client) -> None:
    """No item, paper, day, delivery or listing is missing or there twice, whenever the load was broken off."""
    assert sorted(item["code"] for item in _listed(http, "items")) == sorted(row["code"] for row in goods())
    (warehouse,) = _listed(http, "warehouses")
    eventually(lambda: _counts(http, warehouse) == STOCK)  # what was ordered last is reserved behind the load
    within = _within(http, warehouse)
    papers = [paper["number"] for movement in within["stockMovements"] for paper in movement["papers"]]
    assert len(papers) - len(set(papers)) == 0
    assert within["bookDays"][0]["name"].endswith(_yesterday(warehouse))
    assert len(_listed(http, "listings")) == len(offering.PICTURED)
    assert sorted(order["number"] for order in _listed(http, "orders")) == sorted(row["number"] for row in ordered())


def _within(http: httpx.Client, warehouse: Any) -> dict[str, list[Any]]:
    """What is kept within a warehouse, by kind."""
    return {kind: http.get(f"/v1/{warehouse['name']}/{kind}", params=ALL).json()[kind] for kind in STOCK}


def _counts(http: httpx.Client, warehouse: Any) -> dict[str, int]:
    return {kind: len(found) for kind, found in _within(http, warehouse).items()}


def _yesterday(warehouse: Any) -> str:
    """The day before the load began, by the company's clock."""
    opened = datetime.fromisoformat(warehouse["createTime"]).astimezone(ZONE).date()
    return (opened + timedelta(days=DAYS - 1)).isoformat()


@contextmanager
def _director(port: int) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
        session = http.post("/v1/sessions", json={"login": "lin.yue", "password": PASSWORD}).json()
        http.headers["Authorization"] = f"Bearer {session['accessToken']}"
        yield http


def _listed(http: httpx.Client, name: str, **query: str) -> list[Any]:
    found: list[Any] = http.get(f"/v1/{name}", params={**ALL, **query}).json()[name]
    return found
