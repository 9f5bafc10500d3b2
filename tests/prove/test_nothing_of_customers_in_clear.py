"""Of a thousand customers nothing is in clear: not in a dump, logs, feeds, traces, the audit or a back-up (CUS-1).

Every name, street, mail and nick holds one pair of rare characters, and every number one prefix, so that one search
finds whatever there is of any of them, in whichever form it was written down.
"""

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from bylaw_cli.postgres_cluster import program_folder
from bylaw_cli.reached_database import reached_database

from tests.builders.collector import Collector, collecting
from tests.builders.known_customers import RARE, found_in, person, phone
from tests.builders.order_files import SHOPIFY, shopify, table
from tests.cli.running import Run, run_bylaw_up
from tests.databases import ground, plain
from tests.journeys.client import Client
from tests.journeys.department import Department, department_of, eventually

CUSTOMERS, BATCH = {"short": 1_000, "long": 20_000}[os.environ.get("BYLAW_PROVE", "short")], 250
WHY = {"reason": "REVEAL_REASON_CUSTOMER_ASKED", "explanation": "客户来电，需核对收件信息"}


@dataclass
class Loaded:
    """An installation with a thousand customers in it, and what was done there."""

    run: Run
    folder: Path
    collector: Collector
    department: Department
    orders: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def client(self) -> Client:
        """Its administrator."""
        return self.department.administrator

    def send(self, method: str, path: str, **more: Any) -> None:
        """Sends what will be refused; the answer is kept."""
        answer = self.client.http.request(method, path, **more)
        assert 400 <= answer.status_code < 500, f"{path}: {answer.status_code} {answer.text}"
        self.answers.append(answer.text)


def order(channel: str, customer: int, **more: Any) -> dict[str, Any]:
    """An order of a customer's."""
    line = {"code": "TEA", "title": "Tea", "quantity": "1", "unitPrice": "1000"}
    placed = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    told = {"channel": channel, "number": f"A-{customer}", "placeTime": placed, "lines": [line], "paid": "1000"}
    return {**told, "recipient": person(customer), **more}


@pytest.fixture(scope="module")
def loaded() -> Iterator[Loaded]:
    """Loads it, provokes whatever can be refused, has some revealed, exported, erased and changed."""
    with ExitStack() as stack:
        kept = TemporaryDirectory(prefix="bylaw-private-", dir=ground(), ignore_cleanup_errors=True)
        folder = Path(stack.enter_context(kept))
        collector = stack.enter_context(collecting())
        traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, "BYLAW_LOG_LEVEL": "DEBUG"}
        run = stack.enter_context(run_bylaw_up(folder, "--no-demonstration", **traced))
        run.says("Ctrl-C", within_seconds=120)
        password = (folder / "administrator.password").read_text().strip()
        administrator = Client(f"http://127.0.0.1:{run.port}", "administrator", password)
        stack.callback(administrator.http.close)
        department = stack.enter_context(department_of(administrator))
        made = Loaded(run, folder, collector, department)
        _load(made)
        _provoke(made)
        _use(made)
        _write_elsewhere(made)
        yield made


def _channel(made: Loaded, code: str, **more: Any) -> str:
    wish = {"code": code, "title": {"zh": "店", "en": "Shop"}, "platform": "taobao", "shop": code, "currency": "CNY"}
    wish |= {"unit": made.department.units["SERVICE"], **more}

    def opened() -> Any:
        answer = made.client.http.post("/v1/channels", json=wish)
        return answer.json() if answer.is_success else None

    return str(eventually(opened, within_seconds=20)["name"])


def _load(made: Loaded) -> None:
    past, live = _channel(made, "PAST", history=True), _channel(made, "LIVE")
    for first in range(0, CUSTOMERS, BATCH):
        wishes = [order(past if number % 2 else live, number) for number in range(first, first + BATCH)]
        for channel in (past, live):
            mine = [one for one in wishes if one["channel"] == channel]
            answer = made.client.post(f"/v1/{channel}/orders:batchCreate", {"orders": mine})
            assert [one["faults"] for one in answer["takenOrders"] if one.get("faults")] == []
            made.orders += [one["order"] for one in answer["takenOrders"]]
    single = made.client.post("/v1/orders", order(past, CUSTOMERS), key="one-of-them")
    made.answers.append(json.dumps(single, ensure_ascii=False))
    moved = order(past, 1, recipient={**person(1), "address": f"上海市{RARE}路2号"})
    moved["sourceUpdateTime"] = datetime.now(UTC).isoformat()
    made.client.post("/v1/orders", moved)


def _provoke(made: Loaded) -> None:
    """Whatever a client may send wrongly, with personal data in the wrong place."""
    who, past = person(3), made.client.get("/v1/channels")["channels"][0]["name"]
    made.send("POST", "/v1/orders", json=order(past, 3, recipient={**who, "address": RARE * 40_000}))
    made.send("POST", "/v1/orders", json=order(past, 3, number=f"{RARE}{who['phone']}\n"))
    made.send("POST", "/v1/orders", json=order(past, 3, currency=who["phone"]))
    made.send("POST", "/v1/orders", json=order(who["phone"], 3))
    made.send("POST", "/v1/orders", json=order(past, 3, unknown=who["displayName"]))
    made.send("POST", "/v1/orders", content=f'{{"recipient": {{"phone": "{who["phone"]}"'.encode())
    made.send(
        "POST", "/v1/orders", json=order(past, CUSTOMERS + 1, paid="1000"), headers={"Idempotency-Key": "one-of-them"}
    )
    made.send("POST", "/v1/customers:find", json={"phone": f"{who['phone']}{RARE}" * 9})
    made.send("POST", "/v1/customers:find", json={"nick": who["nick"]})
    made.send("POST", "/v1/customers:findByLastDigits", json={"digits": who["phone"]})
    made.send(
        "POST", f"/v1/{made.orders[0]}:reveal", json={**WHY, "explanation": f"{who['displayName']} {who['phone']}"}
    )
    made.send("POST", f"/v1/orders/{who['phone']}:reveal", json=WHY)
    made.send("GET", f"/v1/customers/{who['phone']}")
    made.send("GET", f"/v1/orders/{RARE}")


def _use(made: Loaded) -> None:
    client = made.client
    for name in made.orders[:20]:
        revealed = client.post(f"/v1/{name}:reveal", WHY)["recipient"]
        assert RARE in revealed["displayName"]
        client.get(f"/v1/{name}/label")
    (customer,) = {one["name"] for one in client.post("/v1/customers:find", {"phone": phone(11)})["customers"]} - {""}
    assert RARE in json.dumps(
        client.post(f"/v1/{customer}:export", {"explanation": "客户来函索取"}), ensure_ascii=False
    )
    gone = {"reason": "ERASURE_REASON_CUSTOMER_ASKED", "explanation": "客户来函要求", "confirmation": customer}
    client.post(f"/v1/{customer}:erase", gone)
    assert client.post("/v1/customers:find", {"phone": phone(11)})["customers"] == []


def _write_elsewhere(made: Loaded) -> None:
    """Files of orders, of which some lines are refused, and what customers write in tickets."""
    client, past = made.client, made.client.get("/v1/channels")["channels"][0]["name"]
    rows = [
        shopify(f"#{number}", Shipping_Name=who["displayName"], Shipping_Street=who["address"], Shipping_Phone=amiss)
        for number in range(20)
        for who in [person(number)]
        for amiss in [who["phone"] if number % 2 else f"{who['phone']}{RARE}"]
    ]
    wrong = [shopify("#90", Total=RARE), shopify("1.2E+17", Shipping_Name=RARE), shopify("#91", Created_at=phone(5))]
    given = client.http.post(
        f"/v1/{past}/orderImports", content=table(SHOPIFY, *rows, *wrong), headers={"Content-Type": "text/csv"}
    )
    assert given.is_success, given.text
    name = given.json()["name"]
    ended = {"ORDER_IMPORT_STATE_DONE", "ORDER_IMPORT_STATE_REFUSED", "ORDER_IMPORT_STATE_FAILED"}
    eventually(lambda: client.get(f"/v1/{name}")["state"] in ended, within_seconds=60)
    made.answers.append(json.dumps(list(client.all(f"/v1/{name}/lines", "lines")), ensure_ascii=False))
    written = [
        f"R-{number},CUP,5,I am {nick} {phone(number)},2026-11-20,{nick}"
        for number in range(20)
        for nick in [person(number)["nick"]]
    ]
    wrong = [f"R-90,CUP,{phone(3)},x,2026-11-20,{RARE}", f"R-91,CUP,5,x,{person(4)['displayName']},{RARE}"]
    lines = "\n".join(("review id,sku,rating,text,date,nick", *written, *wrong)).encode()
    taken = client.http.post(f"/v1/{past}/reviewImports", content=lines, headers={"Content-Type": "text/csv"})
    assert (taken.json()["takenCount"], taken.json()["refusedCount"]) == (20, 2)
    made.answers += [taken.text, json.dumps(list(client.all("/v1/reviews", "reviews")), ensure_ascii=False)]
    who = person(12)
    ticket = {"ticket": {"order": made.orders[30], "kind": "TICKET_KIND_INQUIRY"}, "subject": who["displayName"]}
    client.post("/v1/tickets", {**ticket, "text": " ".join(who.values())})


@pytest.mark.clause("CUS-1")
def test_the_search_finds_what_it_looks_for_in_every_form() -> None:
    who = person(7)
    text = " ".join(who.values())
    for seen in (
        text.encode(),
        text.encode("gb18030"),
        text.encode("utf-16-le"),
        json.dumps(who).encode(),
        text.encode().hex().encode(),
        *(base64.b64encode(b"x" * before + text.encode()) for before in range(3)),
        *(base64.b64encode(b"x" * before + who["phone"].encode()) for before in range(3)),
        who["phone"].encode(),
        who["phone"].encode().hex().encode(),
        b"number " + who["phone"][-8:].encode(),
    ):
        assert found_in(seen)
    assert not found_in(b"98765432 1987-6543 7654 a76543111 76543111ab")


@pytest.mark.clause("CUS-1")
@pytest.mark.timeout(600)
def test_no_customer_is_in_a_dump_in_logs_feeds_traces_the_audit_or_answers_that_refuse(loaded: Loaded) -> None:
    shown = {
        "answers": "\n".join(loaded.answers).encode(),
        "orders": _list(loaded, "/v1/orders", "orders"),
        "feeds": b"".join(_feed(loaded, service) for service in ("orders", "inventory", "people")),
        "audit": _list(loaded, "/v1/audit/orders/entries", "auditEntries"),
        "reveals": _list(loaded, "/v1/reveals", "reveals"),
        "erasures": _list(loaded, "/v1/erasures", "erasures"),
        "dump": _dump(loaded.folder),
        "log": loaded.run.text().encode(),
        "postgresql.log": (loaded.folder / "postgresql.log").read_bytes(),
    }
    eventually(lambda: loaded.collector.spans, within_seconds=30)
    shown["traces"] = loaded.collector.text.encode()
    assert len(shown["dump"]) > CUSTOMERS * 500
    assert {where: found for where, content in shown.items() if (found := found_in(content))} == {}


@pytest.mark.clause("CUS-1")
@pytest.mark.timeout(600)
def test_no_customer_is_in_a_copy_of_the_data_folder(loaded: Loaded, tmp_path: Path) -> None:
    """The plain back-up: every file, PostgreSQL's own log of changes among them."""
    copied = tmp_path / "copy"
    shutil.copytree(loaded.folder, copied, symlinks=True, ignore=_sockets)
    files = [file for file in copied.rglob("*") if file.is_file()]
    assert len(files) > 500
    assert {str(file.relative_to(copied)): found for file in files if (found := found_in(_content(file)))} == {}


def _sockets(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not (Path(folder) / name).is_dir() and not (Path(folder) / name).is_file()}


def _content(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if file.suffix == ".gz" else content


def _list(loaded: Loaded, path: str, member: str) -> bytes:
    rows = list(loaded.client.all(path, member, pageSize=1000))
    assert rows, path
    return json.dumps(rows, ensure_ascii=False).encode()


def _feed(loaded: Loaded, service: str) -> bytes:
    read: Callable[[str], Any] = lambda after: loaded.client.get(  # noqa: E731 - said where it is used
        f"/v1/feeds/{service}/events", afterCursor=after, pageSize=1000
    )
    cursor, told = "", b""
    while (page := read(cursor))["events"]:
        told += json.dumps(page["events"], ensure_ascii=False).encode()
        cursor = page["cursor"]
    return told


def _dump(folder: Path) -> bytes:
    """What pg_dump writes of the whole database; ids, whose digits are chance, are taken out."""
    with reached_database(folder, None) as address:
        command = [str(program_folder() / "bin" / "pg_dump"), "--dbname", plain(address)]
        done = subprocess.run(command, capture_output=True, check=True)
    return re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"", done.stdout)
