"""The external OpenID Connect provider, asked over the network: discovery, codes for ID tokens, and its keys."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import jwt
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Unavailable

from bylaw_people.rules.sign_in.identities import ALGORITHMS, is_safe
from bylaw_people.rules.sign_in.refusals import OidcRefused

SECONDS = 5.0
LARGEST_ANSWER_BYTES = 256 * 1024
LARGEST_TOKEN = 16_384
DISCOVER_AGAIN_SECONDS = 3_600.0
FETCH_KEYS_AGAIN_SECONDS = 30.0
"""An unknown key id asks the provider again at most so often: forged tokens cannot make us ask."""

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email profile"


@dataclass
class OidcProvider:
    """One provider, with what it published; every call may go over the network."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_url: str = ""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._metadata: Mapping[str, Any] = {}
        self._keys: list[Mapping[str, Any]] = []
        self._discover_again = self._fetch_keys_again = float("-inf")

    def authorization_url(self, *, state: str, nonce: str, challenge: str, anew: bool) -> str:
        """Where the browser shall go; `anew`: and prove there who they are, though they are signed in.

        Refuses UNAVAILABLE.
        """
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_url,
            "scope": SCOPE,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({"max_age": "0"} if anew else {}),
        }
        endpoint = self._endpoint("authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    def redeem(self, code: str, verifier: str) -> Mapping[str, Any]:
        """The claims of the ID token for a code, its signature verified; refuses OIDC_REFUSED, UNAVAILABLE."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_url,
            "code_verifier": verifier,
        }
        endpoint, headers = self._endpoint("token_endpoint"), {"Accept": "application/json"}
        if "client_secret_basic" in self._metadata.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        ):
            secret = httpx.BasicAuth(quote(self.client_id, safe=""), quote(self.client_secret, safe=""))
            answer = self._ask("POST", endpoint, data=form, headers=headers, auth=secret)
        else:
            form |= {"client_id": self.client_id, "client_secret": self.client_secret}
            answer = self._ask("POST", endpoint, data=form, headers=headers)
        token = answer.get("id_token")
        if not isinstance(token, str) or len(token) > LARGEST_TOKEN:
            raise OidcRefused
        return self._claims(token)

    def _claims(self, token: str) -> Mapping[str, Any]:
        """Only keys that the provider publishes count: what a header brings along is never followed."""
        unchecked = {f"verify_{what}": False for what in ("exp", "iat", "nbf", "aud", "iss", "sub", "jti")}
        try:
            header = jwt.get_unverified_header(token)
            algorithm = header.get("alg")
            if algorithm not in ALGORITHMS or "crit" in header:
                raise OidcRefused
            key = jwt.PyJWK.from_dict(dict(self._key(header.get("kid"))), algorithm=algorithm)
            claims: Mapping[str, Any] = jwt.decode(token, key, algorithms=[algorithm], options=unchecked)  # type: ignore[arg-type]
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise OidcRefused from error
        return claims

    def _key(self, key_id: object) -> Mapping[str, Any]:
        found = self._known_key(key_id)
        if found is None:
            with self._lock:
                self._fetch_keys()
            found = self._known_key(key_id)
        if found is None:
            raise OidcRefused
        return found

    def _known_key(self, key_id: object) -> Mapping[str, Any] | None:
        signing = [key for key in self._keys if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
        if key_id is None:
            return signing[0] if len(signing) == 1 else None
        return next((key for key in signing if key.get("kid") == key_id), None)

    def _fetch_keys(self) -> None:
        if time.monotonic() < self._fetch_keys_again:
            return
        self._fetch_keys_again = time.monotonic() + FETCH_KEYS_AGAIN_SECONDS
        keys = self._ask("GET", self._endpoint("jwks_uri")).get("keys")
        self._keys = [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []

    def _endpoint(self, name: str) -> str:
        if time.monotonic() >= self._discover_again:
            found = self._ask("GET", self.issuer.rstrip("/") + DISCOVERY)
            if found.get("issuer") != self.issuer:
                log().error("oidc_issuer_differs")
                raise Unavailable
            self._metadata, self._discover_again = found, time.monotonic() + DISCOVER_AGAIN_SECONDS
        endpoint = self._metadata.get(name)
        if not isinstance(endpoint, str) or not is_safe(endpoint):
            log().error("oidc_endpoint_unsafe", endpoint=name)
            raise Unavailable
        return endpoint

    def _ask(self, method: str, url: str, **given: Any) -> Mapping[str, Any]:
        """The provider's JSON; refuses OIDC_REFUSED where it says no, UNAVAILABLE where it says nothing of use."""
        try:
            status, body = _answer(method, url, **given)
            answer = json.loads(body) if status == httpx.codes.OK else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            log().warning("oidc_provider_failed", reason=type(error).__name__)
            raise Unavailable from error
        if status in {httpx.codes.BAD_REQUEST, httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            log().warning("oidc_provider_refused", status=status)
            raise OidcRefused
        if not isinstance(answer, dict):
            log().warning("oidc_provider_failed", status=status)
            raise Unavailable
        return answer


def _answer(method: str, url: str, **given: Any) -> tuple[int, bytes]:
    """Status and body; a connection of its own, for it is asked seldom. No redirect is followed, no proxy guessed."""
    asking = httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False)
    with asking as client, client.stream(method, url, **given) as response:
        body = b""
        for part in response.iter_bytes():
            body += part
            if len(body) > LARGEST_ANSWER_BYTES:
                raise Unavailable
        return response.status_code, body
