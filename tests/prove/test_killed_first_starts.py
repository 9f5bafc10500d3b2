"""The real first start, killed at any moment: the next one completes it, and the company is there once."""

import os
import random
import time
from pathlib import Path

import httpx
import pytest
from bylaw_cli.demonstrating import PASSWORD
from bylaw_cli.demonstration.company_files import rows

from tests.cli.running import gone, run_bylaw_up
from tests.cli.starting import eventually

ROUNDS = {"short": 3, "long": 40}[os.environ.get("BYLAW_PROVE", "short")]
LONGEST_START_SECONDS = 12.0


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
        assert _numbers(run.port) == sorted(row["number"] for row in rows())


def _numbers(port: int) -> list[str]:
    """Employee numbers of the company, as its director sees them."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
        session = http.post("/v1/sessions", json={"login": "lin.yue", "password": PASSWORD}).json()
        headers = {"Authorization": f"Bearer {session['accessToken']}"}
        people = http.get("/v1/people", params={"pageSize": 1000}, headers=headers).json()["people"]
    return sorted(person["number"] for person in people if person["number"] != "administrator")
