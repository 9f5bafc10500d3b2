"""Tokens that are not ours, tokens that were altered, and tokens of pages: refused, never followed, never explained."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.problems import in_both_languages, problem

FAR = 4_102_444_800


def encoded(content: bytes | Mapping[str, Any]) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Forger:
    """Makes tokens out of a true one and of what everybody may read: the published keys."""

    def __init__(self, token: str, keys: list[dict[str, str]]) -> None:
        self.token = token
        self.header_part, self.claims_part, self.signature = token.split(".")
        self.header, self.claims = decoded(self.header_part), decoded(self.claims_part)
        public = keys[0]["x"]
        self.public = base64.urlsafe_b64decode(public + "=" * (-len(public) % 4))
        self.own = Ed25519PrivateKey.generate()

    def signed(self, header: Mapping[str, Any] | None = None, claims: Mapping[str, Any] | None = None) -> str:
        """A token signed with a key of the forger's own."""
        body = f"{encoded({**self.header, **(header or {})})}.{encoded({**self.claims, **(claims or {})})}"
        return f"{body}.{encoded(self.own.sign(body.encode()))}"

    def with_secret(self, secret: bytes) -> str:
        """A token signed with HS256, for which the public key is the secret."""
        body = f"{encoded({**self.header, 'alg': 'HS256'})}.{self.claims_part}"
        return f"{body}.{encoded(hmac.digest(secret, body.encode(), hashlib.sha256))}"

    def own_key(self) -> dict[str, str]:
        """The forger's public key, as it would be published."""
        raw = self.own.public_key().public_bytes_raw()
        return {"kty": "OKP", "crv": "Ed25519", "x": encoded(raw), "kid": "mine"}


FORGERIES: dict[str, Callable[[Forger], str]] = {
    "more claimed under the old signature": lambda f: (
        f"{f.header_part}.{encoded({**f.claims, 'exp': FAR, 'sub': 'service:people'})}.{f.signature}"
    ),
    "another time under the old signature": lambda f: (
        f"{f.header_part}.{encoded({**f.claims, 'exp': 1, 'iat': 0})}.{f.signature}"
    ),
    "a key of one's own under our name": lambda f: f.signed(),
    "no algorithm": lambda f: f"{encoded({**f.header, 'alg': 'none'})}.{f.claims_part}.",
    "no algorithm in capitals": lambda f: f"{encoded({**f.header, 'alg': 'NONE'})}.{f.claims_part}.{f.signature}",
    "our public key as a secret": lambda f: f.with_secret(f.public),
    "our published key as a secret": lambda f: f.with_secret(encoded(f.public).encode()),
    "a key in the header": lambda f: f.signed({"jwk": f.own_key(), "kid": "mine"}),
    "a key to be fetched": lambda f: f.signed({"jku": "http://127.0.0.1:9/keys", "kid": "mine"}),
    "a certificate to be fetched": lambda f: f.signed({"x5u": "file:///etc/passwd"}),
    "a critical extension": lambda f: f.signed({"crit": ["exp"]}),
    "a path for a key": lambda f: f.signed({"kid": "../../../../dev/null"}),
    "a statement for a key": lambda f: f.signed({"kid": "' union select 'x' --"}),
    "no key": lambda f: f.signed({"kid": None}),
    "a list for a key": lambda f: f.signed({"kid": [f.header["kid"]]}),
    "a number for a key": lambda f: f.signed({"kid": 10**400}),
    "a null character in the key": lambda f: f.signed({"kid": f"{f.header['kid']}\u0000"}),
    "another type": lambda f: f.signed({"typ": "refresh+jwt"}),
    "cut off": lambda f: f.token[:-10],
    "without its signature": lambda f: f"{f.header_part}.{f.claims_part}.",
    "two parts": lambda f: f"{f.header_part}.{f.claims_part}",
    "five parts": lambda f: f"{f.token}.a.b",
    "a header that is no object": lambda f: f"{encoded(b'[]')}.{f.claims_part}.{f.signature}",
    "a header without a bottom": lambda f: f"{encoded(b'[' * 5000)}.{f.claims_part}.{f.signature}",
    "no base64": lambda _: "a.b.c",
    "a word": lambda _: "token",
}


@pytest.fixture(scope="module")
def administrator(company: Company) -> Iterator[Client]:
    with company.signed_in("administrator") as client:
        yield client


@pytest.fixture(scope="module")
def forger(administrator: Client) -> Forger:
    return Forger(administrator.token, administrator.get("/v1/keySet")["keys"])


def self_of(client: Client, headers: Mapping[str, str]) -> httpx.Response:
    return client.http.get("/v1/self", headers=headers)


@pytest.mark.parametrize("case", FORGERIES)
def test_a_forged_token_is_refused_and_nothing_of_it_is_followed(
    administrator: Client, forger: Forger, case: str
) -> None:
    token = FORGERIES[case](forger)
    _, told = in_both_languages(
        lambda headers: self_of(administrator, {"Authorization": f"Bearer {token}", **headers}), 401, "TOKEN_INVALID"
    )
    assert told["variables"] == {}
    assert told["errors"] == []


def test_no_forgery_upsets_the_true_token(administrator: Client, forger: Forger) -> None:
    for forge in FORGERIES.values():
        self_of(administrator, {"Authorization": f"Bearer {forge(forger)}"})
    assert self_of(administrator, {}).status_code == 200


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer a b", "bearer \u00e9", "x" * 9000, ""])
def test_what_is_no_bearer_token_is_refused(administrator: Client, header: str) -> None:
    answer = administrator.http.get("/v1/self", headers={"Authorization": header.encode("latin-1")})
    problem(answer, 401, "AUTHORIZATION_INVALID", "TOKEN_INVALID")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_id_of_64_kibibytes_is_refused_before_anybody_looks_at_it(administrator: Client, forger: Forger) -> None:
    answer = self_of(administrator, {"Authorization": f"Bearer {forger.signed({'kid': 'k' * 65536})}"})
    assert answer.status_code in {401, 431}


def test_a_page_token_serves_its_own_query_and_its_own_caller_alone(company: Company, administrator: Client) -> None:
    token = administrator.get("/v1/people", pageSize=3)["nextPageToken"]
    with company.signed_in("hr") as other:
        wrong: list[tuple[Client, str, dict[str, Any]]] = [
            (administrator, "/v1/units", {}),
            (administrator, "/v1/people", {"asOfDate": "2026-01-01"}),
            (administrator, "/v1/people", {"number": "1004"}),
            (other, "/v1/people", {}),
        ]
        for client, path, query in wrong:
            in_both_languages(
                lambda headers, client=client, path=path, query=query: client.http.get(
                    path, params={**query, "pageToken": token}, headers=headers
                ),
                400,
                "PAGE_TOKEN_INVALID",
            )
    assert administrator.get("/v1/people", pageSize=5, pageToken=token)["people"]


@pytest.mark.parametrize(
    "alter", [str.upper, lambda t: t[:-2], lambda t: f"{t}=", lambda t: t[::-1], lambda _: "王", lambda t: t[:24]]
)
def test_an_altered_page_token_is_refused(administrator: Client, alter: Callable[[str], str]) -> None:
    token = administrator.get("/v1/units", pageSize=2)["nextPageToken"]
    answer = administrator.http.get("/v1/units", params={"pageToken": alter(token)})
    problem(answer, 400, "PAGE_TOKEN_INVALID")


def test_the_login_and_the_password_are_not_told_apart(company: Company) -> None:
    answers = [
        httpx.post(f"{company.address}/v1/sessions", json={"login": login, "password": "wrong password"})
        for login in ("qian.feng", "nobody.here", "' or 1=1 --")
    ]
    told = [problem(answer, 401, "SIGN_IN_REFUSED") for answer in answers]
    assert len({json.dumps({**each, "traceId": ""}) for each in told}) == 1
