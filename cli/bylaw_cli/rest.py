"""A signed-in REST client for the commands: asks the gateway, and turns its refusals into one clear message."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import click
import httpx

from bylaw_cli.wording import Language, Wording

SECONDS = 60.0
Parameters = Mapping[str, str | int]


class Rest:
    """The gateway at an address, spoken to in one language; `sign_in` before anything else."""

    def __init__(self, url: str, language: Language, *, transport: httpx.BaseTransport | None = None) -> None:
        self._language: Language = language
        headers = {"Accept-Language": language}
        self._client = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=SECONDS, transport=transport)

    def sign_in(self, login: str, password: str) -> None:
        """Sign in; later calls carry the token."""
        session = self._ask("POST", "/v1/sessions", json={"login": login, "password": password})
        self._client.headers["Authorization"] = f"Bearer {session['accessToken']}"

    def get(self, path: str, parameters: Parameters | None = None) -> Any:
        """Ask for a thing."""
        return self._ask("GET", path, params=parameters)

    def upload(self, path: str, content: bytes, parameters: Parameters) -> Any:
        """Hand in a file as it is, with a key by which a repeat of the request is known for one."""
        headers = {"Content-Type": "application/octet-stream", "Idempotency-Key": str(uuid.uuid4())}
        return self._ask("POST", path, content=content, params=parameters, headers=headers)

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
        try:
            response = self._client.request(method, path, **given)
        except httpx.InvalidURL as error:
            raise click.ClickException(f"{self._client.base_url}: {error}") from error
        except httpx.TransportError as error:
            raise self._unreachable(error) from error
        if response.is_error:
            raise click.ClickException(_refusal(response))
        return response.json()

    def _unreachable(self, error: httpx.TransportError) -> click.ClickException:
        url = self._client.base_url
        wording = Wording(
            f"Bylaw at {url} does not answer ({error}). Is it running (`bylaw up`)? Another address: --url.",
            f"{url} 没有响应（{error}）。是否已启动（`bylaw up`）？其他地址请用 --url。",
        )
        return click.ClickException(wording.show(self._language))


def _refusal(response: httpx.Response) -> str:
    """Say what the gateway refused, where, and by which clause."""
    try:
        problem = response.json()
    except ValueError:
        return f"HTTP {response.status_code}"
    clause = f" [{problem['clause']}]" if problem.get("clause") else ""
    faults = [f"  {fault['field']}: {fault['detail']}" for fault in problem.get("errors", [])]
    return "\n".join([f"{problem.get('detail', problem.get('title'))}{clause} ({problem.get('reason')})", *faults])
