"""Whatever a client makes of the OpenAPI description, the answer is never a fault, and every refusal says why."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.journeys.client import Client
from tests.journeys.company import Company, running_company
from tests.journeys.generating import Generator
from tests.journeys.problems import INTERNALS, LISTS
from tests.journeys.sound_values import known_names

CARRIED_OUT = 0.55
"""So much of all calls; the others want what chance seldom brings: another one's request, a closed month, a photo."""
ROUNDS, FEWEST_ROUNDS = 25, 6
SECONDS = 20.0
"""For each caller; a slow machine makes fewer rounds."""
STREAMING = {
    *(f"{service}.Feed.StreamEvents" for service in ("people", "attendance", "inventory", "orders")),
    "attendance.Punches.WatchPunchImport",
}


@pytest.fixture(scope="module")
def company(loaded: Path) -> Iterator[Company]:
    """A company of its own: what is made here ends employments and changes passwords."""
    with running_company(loaded) as found:
        yield found


@pytest.fixture(scope="module")
def callers(company: Company) -> Iterator[dict[str, Client]]:
    with company.signed_in("administrator") as administrator, company.signed_in("employee") as employee:
        yield {"administrator": administrator, "employee": employee}


@pytest.fixture(scope="module")
def names(callers: dict[str, Client]) -> dict[str, list[str]]:
    """What is on record before anything is sent, but for those who send."""
    known = known_names(callers["administrator"])
    own = callers["employee"].get("/v1/self")["person"]["name"].partition("/")[2]
    return {**known, "person": [name for name in known["person"] if name != own]}


def fault(answer: httpx.Response) -> str:
    """What is wrong with an answer; nothing if it is as it should be."""
    if answer.status_code < 400:
        return ""
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if answer.headers["Content-Type"] != "application/problem+json":
        return f"kind {answer.headers['Content-Type']}"
    told = answer.json()
    missing = [name for name in ("reason", "detail", "traceId", "title") if not told.get(name)]
    return f"lacks {missing}" if missing else "tells internals" if INTERNALS.search(told["detail"]) else ""


@pytest.mark.parametrize(("who", "seed"), [("administrator", 20150302), ("employee", 20150303)])
def test_no_request_that_the_description_allows_is_a_fault(
    callers: dict[str, Client], names: dict[str, list[str]], who: str, seed: int
) -> None:
    client = callers[who].http
    generator = Generator(callers["administrator"].get("/openapi.json"), names, seed)
    faults: list[str] = []
    answered: dict[str, set[int]] = {}
    rounds, ends = 0, time.monotonic() + SECONDS

    def carried_out() -> bool:
        """As much as can be asked of who may do everything; of others nothing is."""
        done = sum(200 in codes for codes in answered.values())
        return who != "administrator" or done > len(answered) * CARRIED_OUT

    # A busy machine makes fewer rounds in its time; what has to be carried out is waited for.
    while rounds < FEWEST_ROUNDS or (rounds < ROUNDS and (time.monotonic() < ends or not carried_out())):
        rounds += 1
        for operation, request in generator.round(client):
            if operation in STREAMING:
                request.headers["X-Deadline-Ms"] = "1"
            answer = client.send(request)
            answered.setdefault(operation, set()).add(answer.status_code)
            if answer.status_code == 401:
                callers[who].sign_in()
            if wrong := fault(answer):
                faults.append(f"{operation} {request.url} {request.content[:500]!r}: {wrong}: {answer.text[:300]}")
    assert not faults, "\n".join(faults)
    assert len(answered) == sum(map(len, generator.document["paths"].values()))
    if who == "administrator":
        # Secrets, answers to what waits for somebody else, and members that must fit each other are seldom right by
        # chance; all else is also carried out.
        never = [operation for operation, codes in answered.items() if 200 not in codes]
        assert carried_out(), sorted(never)


def test_what_is_on_record_after_all_that_can_still_be_read(callers: dict[str, Client]) -> None:
    client = callers["administrator"]
    for name in LISTS[:-1]:
        rows: list[Any] = list(client.all(f"/v1/{name}", name, pageSize=7))
        assert len({row["name"] for row in rows}) == len(rows)
    assert client.http.get("/readyz").status_code == 200


def test_nothing_that_was_sent_stands_in_what_the_product_wrote_down(company: Company) -> None:
    written = company.run.text().partition("Ctrl-C")[2]
    for sent in ("Traceback", "or 1=1", "/etc/passwd", "\u738b", "王", "long enough"):
        assert sent not in written
