"""A signed-in REST client for the commands: asks the gateway, and turns its refusals into one clear message."""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import IO, Any

import click
import httpx

from bylaw_cli.wording import Language, Wording

SECONDS = 60.0
OPTIONS = {
    "site": "--site",
    "parentUnit": "--parent-unit",
    "effectiveDate": "--effective-date",
    "format": "--format",
    "device": "--device",
    "completeUntilDate": "--complete-until",
}
"""Fields of the requests, by the options that fill them; a command adds its own to those of its client."""

HINTS = {
    "FILE_DIRECTION_MISSING": Wording(
        "Say which it is: --format wide-in or --format wide-out.", "请注明：--format wide-in 或 --format wide-out。"
    ),
    "TOO_MANY_REPLAYS": Wording(
        "See them: bylaw replay --list. Cancel one: bylaw replay --cancel REPLAY.",
        "查看：bylaw replay --list。取消：bylaw replay --cancel REPLAY。",
    ),
    "UNAUTHENTICATED": Wording("Sign in again.", "请重新登录。"),
    "SIGN_IN_AGAIN": Wording(
        "With --login and its password each command signs in anew; leave BYLAW_TOKEN empty.",
        "请用 --login 及密码运行，每条命令都会重新登录；不要设置 BYLAW_TOKEN。",
    ),
}
KEYLESS = "(IDEMPOTENCY_KEY_UNSUPPORTED)"
"""What a call whose answer is a secret says to a key: the gateway refused it before it was made."""

_LINE = re.compile(r"lines\[(\d+)\]\.?(.*)")
Parameters = Mapping[str, str | int]


class Told(click.ClickException):
    """A refusal as it is shown to whoever typed the command, in their language."""

    def __init__(self, message: str, language: Language) -> None:
        super().__init__(message)
        self._language: Language = language

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it."""
        click.echo(Wording(f"Error: {self.message}", f"错误：{self.message}").show(self._language), file=file, err=True)


class Rest:
    """The gateway at an address, spoken to in one language; `sign_in` or `use_token` before anything else."""

    def __init__(self, url: str, language: Language, *, transport: httpx.BaseTransport | None = None) -> None:
        self._language: Language = language
        self.places = dict(OPTIONS)
        headers = {"Accept-Language": language}
        self._client = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=SECONDS, transport=transport)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def sign_in(self, login: str, password: str) -> None:
        """Sign in; later calls carry the token."""
        session = self._ask("POST", "/v1/sessions", json={"login": login, "password": password})
        self._client.headers["Authorization"] = f"Bearer {session['accessToken']}"

    def use_token(self, token: str) -> None:
        """Send an access token with later calls, in the place of signing in."""
        self._client.headers["Authorization"] = f"Bearer {token.strip()}"

    def get(self, path: str, parameters: Parameters | None = None) -> Any:
        """Ask for a thing."""
        return self._ask("GET", path, params=parameters)

    def call(self, method: str, path: str, body: Any = None, *, key: str = "") -> Any:
        """Make any call; a write carries a key by which a repeat of it is known for one, where the call takes a key.

        Whoever may have to repeat it brings the key.
        """
        content = {} if body is None else {"json": body}
        if method == "GET":
            return self._ask(method, path, **content)
        try:
            return self._ask(method, path, headers={"Idempotency-Key": key or str(uuid.uuid4())}, **content)
        except Told as told:
            if KEYLESS not in told.message:
                raise
            return self._ask(method, path, **content)

    def upload(
        self, path: str, content: bytes, parameters: Parameters, *, kind: str = "application/octet-stream"
    ) -> Any:
        """Hand in a file as it is, with a key by which a repeat of the request is known for one."""
        headers = {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}
        return self._ask("POST", path, content=content, params=parameters, headers=headers)

    def download(self, path: str) -> bytes:
        """Ask for a file."""
        return self._answer("GET", path).content

    def pages(self, path: str, items: str, parameters: Parameters | None = None) -> Iterator[Any]:
        """Yield the things of every page."""
        token = ""
        while True:
            page = self.get(path, {**(parameters or {}), **({"pageToken": token} if token else {})})
            yield from page.get(items, [])
            token = page.get("nextPageToken", "")
            if not token:
                return

    def _ask(self, method: str, path: str, **given: Any) -> Any:
        return self._answer(method, path, **given).json()

    def _answer(self, method: str, path: str, **given: Any) -> httpx.Response:
        try:
            response = self._client.request(method, path, **given)
        except httpx.InvalidURL as error:
            raise Told(f"{self._client.base_url}: {error}", self._language) from error
        except httpx.TransportError as error:
            raise self._unreachable(error) from error
        if response.is_error:
            raise Told(_refusal(response, self.places, self._language), self._language)
        return response

    def _unreachable(self, error: httpx.TransportError) -> Told:
        url = self._client.base_url
        wording = Wording(
            f"Bylaw at {url} does not answer ({error}). Is it running (`bylaw up`)? Another address: --url.",
            f"{url} 没有响应（{error}）。是否已启动（`bylaw up`）？其他地址请用 --url。",
        )
        return Told(wording.show(self._language), self._language)


def _refusal(response: httpx.Response, places: Mapping[str, str], language: Language) -> str:
    """Say what the gateway refused, where, by which clause, and what to type instead."""
    try:
        problem = response.json()
    except ValueError:
        return f"HTTP {response.status_code}"
    said = problem.get("detail", problem.get("title"))
    clause = f" [{problem['clause']}]" if problem.get("clause") else ""
    faults = [fault for fault in problem.get("errors", []) if fault["detail"].rstrip(".。") not in said]
    for fault in problem.get("errors", []):
        if said.startswith(f"{fault['field']}: ") or "[" in fault["field"]:
            said = said.replace(fault["field"], place(fault["field"], language, places), 1)
    lines = [f"{said}{clause} ({problem.get('reason')})"]
    if worded := problem.get("clauseWording", {}).get(language):
        lines.append(f"  {problem['clause']}: {worded}")
    lines += [f"  {place(fault['field'], language, places)}: {fault['detail']}" for fault in faults]
    hint = HINTS.get(problem.get("reason", ""))
    return "\n".join([*lines, f"  {hint.show(language)}"] if hint else lines)


def place(field: str, language: Language, places: Mapping[str, str] = OPTIONS) -> str:
    """Name a place of the request as who typed the command knows it: a line and its column, or what they typed."""
    parts = field.split(".")
    for length in range(len(parts), 0, -1):
        if named := places.get(".".join(parts[:length])):
            return named
    if found := _LINE.match(field):
        number, column = found.groups()
        return Wording(f"line {number} {column}", f"第 {number} 行 {column}").show(language).strip()
    return field
