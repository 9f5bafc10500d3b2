"""Providers of tracking as real HTTP servers on this machine: they check signatures, answer, push, and misbehave."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

CUSTOMER, KEY, SALT = "C0FFEE", "query-key-of-the-shop", "salt-of-the-shop-0123"
BUSINESS, APP_KEY = "1000000", "app-key-of-the-shop-0123"


class Step(NamedTuple):
    """One thing that happened: the wall time in China, the text, and the provider's code, "" where it says none."""

    at: str
    text: str
    code: str = ""


@dataclass
class Provider:
    """What a provider knows, how it behaves, and what it was asked; shared by its threads."""

    port: int = 0
    histories: dict[str, Sequence[Step]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    """The state of the whole parcel, where the events have none."""
    manner: str = "well"
    asked: list[dict[str, Any]] = field(default_factory=list)
    subscribed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str, form: Mapping[str, str]) -> bytes:
        """What it says to a form that was posted."""
        raise NotImplementedError

    def push(self, number: str, *, salt: str = "", steps: Sequence[Step] | None = None) -> bytes:
        """The body by which it tells of a parcel, signed as it does, or by another secret."""
        raise NotImplementedError


class Kuaidi100Server(Provider):
    """Kuaidi100 by its documentation: newest first, states beside them or the last one alone."""

    def told(self) -> dict[str, str]:
        """The settings by which it is asked."""
        return {"customer": CUSTOMER, "key": KEY, "salt": SALT, "address": self.address}

    def answer(self, path: str, form: Mapping[str, str]) -> bytes:
        param = json.loads(form["param"])
        if path == "/poll":
            self.subscribed.append(param)
            again = [one["number"] for one in self.subscribed].count(param["number"]) > 1
            return _json({"result": not again, "returnCode": "501" if again else "200", "message": ""})
        self.asked.append(param)
        if form["sign"] != _md5(form["param"] + KEY + CUSTOMER):
            return _json({"result": False, "returnCode": "503", "message": "验证签名失败"})
        number = param["num"]
        if number not in self.histories:
            return _json({"message": "单号不存在", "nu": "", "com": "", "status": "201", "state": "0", "data": []})
        return _json({"message": "ok", "status": "200", **self.result(number, self.histories[number])})

    def result(self, number: str, steps: Sequence[Step]) -> dict[str, Any]:
        """What it says of a parcel."""
        data = [{"time": one.at, "ftime": one.at, "context": one.text, "statusCode": one.code} for one in steps]
        ordered = sorted(data, key=lambda one: one["time"], reverse=True)
        return {"nu": number, "com": "yuantong", "state": self.states.get(number, "0"), "data": ordered}

    def push(
        self, number: str, *, salt: str = SALT, steps: Sequence[Step] | None = None, status: str = "polling"
    ) -> bytes:
        result = self.result(number, self.histories[number] if steps is None else steps)
        param = _json({"status": status, "message": "", "lastResult": {"status": "200", **result}}).decode()
        return urlencode({"sign": _md5(param + salt), "param": param}).encode()


class KdniaoServer(Provider):
    """Kdniao by its documentation: oldest first, and a push tells of several parcels."""

    def told(self) -> dict[str, str]:
        """The settings by which it is asked."""
        return {"business": BUSINESS, "key": APP_KEY, "address": self.address}

    def answer(self, path: str, form: Mapping[str, str]) -> bytes:
        data = json.loads(form["RequestData"])
        if form["DataSign"] != _signed(form["RequestData"]) or form["EBusinessID"] != BUSINESS:
            return _json({"EBusinessID": BUSINESS, "Success": False, "Reason": "非法参数"})
        if path == "/api/dist":
            self.subscribed.append(data)
            return _json({"EBusinessID": BUSINESS, "UpdateTime": "2026-03-02 12:00:00", "Success": True, "Reason": ""})
        self.asked.append({**data, "RequestType": form["RequestType"]})
        number = data["LogisticCode"]
        if number not in self.histories:
            lacking = {"State": "0", "Traces": [], "Reason": "暂无轨迹信息"}
            return _json({"EBusinessID": BUSINESS, "Success": True, "LogisticCode": number, **lacking})
        return _json({"EBusinessID": BUSINESS, "Success": True, **self.result(number, self.histories[number])})

    def result(self, number: str, steps: Sequence[Step]) -> dict[str, Any]:
        """What it says of a parcel."""
        traces = [{"AcceptTime": one.at, "AcceptStation": one.text, "Action": one.code} for one in sorted(steps)]
        state = self.states.get(number, "2")
        told = {"LogisticCode": number, "ShipperCode": "YTO", "Traces": traces}
        return {**told, "State": state[:1], "StateEx": state}

    def push(
        self, *numbers: str, salt: str = APP_KEY, steps: Sequence[Step] | None = None, business: str = BUSINESS
    ) -> bytes:
        parcels = [
            {
                "EBusinessID": business,
                "Success": True,
                **self.result(one, self.histories[one] if steps is None else steps),
            }
            for one in numbers
        ]
        told = {"PushTime": "2026-03-02 12:00:00", "EBusinessID": business, "Data": parcels, "Count": str(len(parcels))}
        data = _json(told).decode()
        return urlencode({"RequestData": data, "RequestType": "102", "DataSign": _signed(data, salt)}).encode()


@contextmanager
def served(provider: Provider) -> Iterator[Provider]:
    """The provider at a free port."""

    class Speaking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            _say(self, provider, self.path, form)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever asked has hung up: that is what some tests are about."""

    with Server(("127.0.0.1", 0), Speaking) as server:
        provider.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()


DRIP_SECONDS = 0.2


def _say(handler: BaseHTTPRequestHandler, provider: Provider, path: str, form: Mapping[str, str]) -> None:
    """Well, or as the manner says."""
    answer, status = provider.answer(path, form), 200
    if provider.manner == "garbage":
        answer = b"<html>\xff\xfe busy </html>"
    if provider.manner == "list":
        answer = b"[1]"
    if provider.manner == "huge":
        answer = b'{"data": "' + b"x" * (2 << 20) + b'"}'
    if provider.manner in {"500", "404", "302"}:
        status = int(provider.manner)
    handler.send_response(status)
    if status == 302:
        handler.send_header("Location", "http://169.254.169.254/latest")
    handler.send_header("Content-Length", str(len(answer)))
    handler.end_headers()
    if provider.manner == "slow":
        for letter in answer[:200]:
            time.sleep(DRIP_SECONDS)
            handler.wfile.write(bytes([letter]))
            handler.wfile.flush()
        return
    handler.wfile.write(answer)


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()


def _signed(data: str, key: str = APP_KEY) -> str:
    digest = hashlib.md5((data + key).encode(), usedforsecurity=False).hexdigest()
    return base64.b64encode(digest.encode()).decode()
