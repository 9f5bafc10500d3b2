"""How a journey looks at a refusal: what every problem must be, whoever sent what."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from tests.journeys.client import Client

INTERNALS = re.compile(
    r"Traceback|psycopg|sqlalchemy|site-packages|\.py\b|bylaw_|_pb2\b|/(usr|root|home)/"
    r"|\bselect\b.+\bfrom\b|insert into",
    re.IGNORECASE,
)
HAN = re.compile(r"[\u4e00-\u9fff]")
LISTS = (
    "people",
    "units",
    "sites",
    "positions",
    "grants",
    "patternAssignments",
    "leaveAssignments",
    "hoursNotices",
    "companyDays",
    "overtimeRequests",
    "rotaSwaps",
    "punchCorrections",
    "signInPhotos",
    "leaveRequests",
    "objections",
    "items",
    "warehouses",
    "clocks",
)


def problem(answer: httpx.Response, status: int, *reasons: str) -> dict[str, Any]:
    """The problem document of a refusal that must have this status and one of these reasons."""
    assert answer.headers["Content-Type"] == "application/problem+json", (answer.status_code, answer.text[:500])
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["status"]) == (status, status), told
    assert told["reason"] in reasons, told
    assert told["traceId"] == answer.headers["X-Trace-Id"] != ""
    assert told["detail"]
    assert not INTERNALS.search(answer.text), told
    return told


def in_both_languages(
    send: Callable[[Mapping[str, str]], httpx.Response], status: int, reason: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same refusal asked for in Chinese and in English: the same in all but the words."""
    zh, en = (problem(send({"Accept-Language": language}), status, reason) for language in ("zh-CN", "en"))
    assert HAN.search(zh["detail"])
    assert not HAN.search(en["detail"])
    assert [at["field"] for at in zh["errors"]] == [at["field"] for at in en["errors"]]
    assert all(HAN.search(at["detail"]) for at in zh["errors"])
    return zh, en


def named(told: Mapping[str, Any]) -> set[str]:
    """The fields and lines that a problem names."""
    return {at["field"] for at in told["errors"]}


def stored(client: Client) -> dict[str, int]:
    """How much is on record, of everything a list shows, and how many facts were told to others."""
    counts = {name: sum(1 for _ in client.all(f"/v1/{name}", name)) for name in LISTS[:-1]}
    counts["clocks"] = len(client.get("/v1/clocks")["clocks"])
    for service in ("people", "attendance", "inventory", "orders"):
        counts[f"events of {service}"] = len(client.get(f"/v1/feeds/{service}/events", pageSize=1000)["events"])
    everybody = client.get("/v1/people", pageSize=1000)["people"]
    counts["punches"] = sum(
        sum(1 for _ in client.all(f"/v1/{person['name']}/punches", "punches", pageSize=1000)) for person in everybody
    )
    return counts


@contextmanager
def nothing_stored(client: Client) -> Iterator[None]:
    """What happens in this block leaves everything as it was."""
    before = stored(client)
    yield
    assert stored(client) == before
