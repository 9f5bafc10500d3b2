"""What a REST client of the gateway does, in the words of a journey."""

import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: a client reads hundreds of them, though nothing here is asked over HTTPS."""
    return ssl.create_default_context()


@dataclass
class Client:
    """A signed-in client; every answer that is not a success fails the journey with the problem that came."""

    address: str
    login: str
    password: str = field(repr=False)
    token: str = field(default="", init=False, repr=False)
    refresh_token: str = field(default="", init=False, repr=False)

    def __post_init__(self) -> None:
        told = {"Accept-Language": "en"}
        self.http = httpx.Client(base_url=self.address, timeout=60, headers=told, verify=_certificates())
        self.sign_in()

    def sign_in(self) -> None:
        """Signs in anew."""
        self.http.headers.pop("Authorization", None)
        self.enter(self.post("/v1/sessions", {"login": self.login, "password": self.password}))

    def enter(self, session: Any) -> None:
        """Goes on with the tokens of a session."""
        self.token, self.refresh_token = session["accessToken"], session["refreshToken"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def get(self, path: str, **query: str | int) -> Any:
        """The answer of a GET."""
        return _answer(self.http.get(path, params=query))

    def post(self, path: str, body: Any, *, key: str = "") -> Any:
        """The answer of a POST."""
        return _answer(self.http.post(path, json=body, headers={"Idempotency-Key": key} if key else {}))

    def upload(self, path: str, content: bytes, **query: str) -> Any:
        """The answer of a file handed in as it is."""
        headers = {"Content-Type": "application/octet-stream"}
        return _answer(self.http.post(path, content=content, params=query, headers=headers))

    def all(self, path: str, member: str, **query: str | int) -> Iterator[Any]:
        """Every row of a list, page by page."""
        token = ""
        while True:
            page = self.get(path, **query, **({"pageToken": token} if token else {}))
            yield from page[member]
            token = page["nextPageToken"]
            if not token:
                return

    def import_punches(self, content: bytes, **query: str) -> Any:
        """Hands a file of punches in and waits until it is done."""
        started = self.upload("/v1/punchImports", content, **query)
        for _ in range(600):
            state = self.get(f"/v1/{started['name']}")
            if state["state"] in {"IMPORT_STATE_DONE", "IMPORT_STATE_REFUSED", "IMPORT_STATE_FAILED"}:
                return state
            time.sleep(0.1)
        raise AssertionError(f"the import did not end: {state}")


def _answer(response: httpx.Response) -> Any:
    assert response.is_success, f"{response.request.method} {response.request.url}: {response.text}"
    return response.json() if response.content else None
