"""The real first start, killed at any moment: the next one completes it, and the company is there once."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from bylaw_cli.demonstrating import PASSWORD
from bylaw_cli.demonstration.company_files import rows
from bylaw_cli.demonstration.deciding import MATTERS

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
            assert sorted(own) == sorted((matter.kind, matter.text) for matter in MATTERS)
            assert {name: len(_listed(http, name)) for name in LIVED} == LIVED
            titles = [duty["title"]["zh"] for duty in _listed(http, "duties")]
            assert len(titles) == len(set(titles)) == 4
            assert len(_listed(http, "notices", filter="NOTICE_FILTER_SENT")) == 1


@contextmanager
def _director(port: int) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
        session = http.post("/v1/sessions", json={"login": "lin.yue", "password": PASSWORD}).json()
        http.headers["Authorization"] = f"Bearer {session['accessToken']}"
        yield http


def _listed(http: httpx.Client, name: str, **query: str) -> list[Any]:
    found: list[Any] = http.get(f"/v1/{name}", params={"pageSize": "1000", **query}).json()[name]
    return found
