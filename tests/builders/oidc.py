"""An external OpenID Connect provider: a real one in a process of its own, and one that says whatever a test wants."""

import base64
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.people import PeopleService, SetClock
from tests.builders.sign_in import accounts_of

CLIENT_ID, CLIENT_SECRET = "bylaw-tests", "a secret of the provider's"
REDIRECT_URL = "http://localhost:8000/signed-in"


@dataclass(frozen=True)
class RunningProvider:
    """The process: who has an account there, and what its page does when somebody agrees."""

    issuer: str

    def account(self, subject: str, **claims: object) -> None:
        """Makes an account, or changes it."""
        httpx.put(f"{self.issuer}/users/{subject}", json=claims).raise_for_status()

    def agree(self, authorization_url: str, subject: str) -> dict[str, str]:
        """Signs in there; answers the query that the redirect brings back."""
        answer = httpx.post(authorization_url, data={"sub": subject})
        assert answer.status_code == httpx.codes.FOUND, answer.text
        assert answer.headers["location"].startswith(f"{REDIRECT_URL}?")
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


@contextmanager
def running_provider() -> Iterator[RunningProvider]:
    """Runs `oidc-provider-mock` in a process of its own."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "--require-nonce",
        "true",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/.well-known/openid-configuration", process)
        yield RunningProvider(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(url).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the provider did not start")


@dataclass
class WilfulProvider:
    """A provider that answers what a test tells it, and counts who asked for what."""

    issuer: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for asked, _ in self.asked if asked == path)

    def answer(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body for a path."""
        said = self.answers.get(path, (404, {}, b"{}"))
        return said if isinstance(said, tuple) else (200, {}, json.dumps(said).encode())


@contextmanager
def wilful_provider() -> Iterator[WilfulProvider]:
    """Serves one."""
    provider = WilfulProvider()

    class Says(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say({name: values[0] for name, values in parse_qs(body).items()})

        def _say(self, form: dict[str, str]) -> None:
            provider.asked.append((self.path, {**form, "authorization": self.headers.get("Authorization", "")}))
            status, headers, body = provider.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Says)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    provider.answers["/.well-known/openid-configuration"] = {
        "issuer": provider.issuer,
        **{f"{name}_endpoint": f"{provider.issuer}/{name}" for name in ("authorization", "token")},
        "jwks_uri": f"{provider.issuer}/keys",
    }
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def encoded(content: Mapping[str, Any] | bytes) -> str:
    """A part of a token."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def now() -> SetClock:
    """The provider lives by the machine's time, and so must who reads its tokens."""
    return SetClock(datetime.now(UTC))


OPTIONS = {
    "oidc_client_id": CLIENT_ID,
    "oidc_client_secret": CLIENT_SECRET,
    "oidc_redirect_url": REDIRECT_URL,
}


def staffed(people: PeopleService) -> dict[str, staff.Person]:
    """A company of two who sign in."""
    site, company = people.site(), people.unit("ACME")
    return {login: people.person(login, company.name, site.name, login=login) for login in ("wang", "zhao")}


def set_email(people: PeopleService, name: str, email: str) -> None:
    """Sets an address."""
    accounts_of(people).SetEmail(accounts.SetEmailRequest(name=name, email=email), metadata=people.everything)


def started(people: PeopleService) -> sessions.OidcSignIn:
    """Begins."""
    return people.sign_in.StartOidcSignIn(sessions.StartOidcSignInRequest())


def finished(people: PeopleService, flow: sessions.OidcSignIn, back: dict[str, str], **more: str) -> sessions.Session:
    """Finishes with what the redirect brought back."""
    told = {"flow_token": flow.flow_token, "code": back.get("code", ""), "state": back.get("state", ""), **more}
    return people.sign_in.FinishOidcSignIn(sessions.FinishOidcSignInRequest(**told))
