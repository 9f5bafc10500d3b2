"""Begins a sign-in with the external provider: everything that binds its answer is derived from the flow token."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from bylaw_chassis.caller import NOBODY

from bylaw_people.ports.sign_in import IdentityProvider
from bylaw_people.rules.sign_in.opaque import Opaque
from bylaw_people.rules.sign_in.refusals import OidcNotConfigured
from bylaw_people.use_cases.sign_in.counting import attempts_of_flow, count
from bylaw_people.use_cases.sign_in.needs import SignInNeeds, new_opaque


@dataclass(frozen=True, slots=True)
class Bound:
    """What binds a flow to one browser and one ID token; none of it is stored, for all of it comes from the token.

    The state travels in addresses and logs: it tells nothing of the flow token, without which it is worth nothing.
    """

    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, flow_token: str, key: bytes) -> "Bound":
        """That of a flow token."""
        state, nonce, verifier = (
            hmac.digest(key, f"{what}:{flow_token}".encode(), hashlib.sha256).hex()
            for what in ("state", "nonce", "verifier")
        )
        return cls(state, nonce, verifier)

    @property
    def challenge(self) -> str:
        """RFC 7636, S256."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def start_oidc_sign_in(address: str, means: SignInNeeds, *, anew: bool = False) -> tuple[str, str]:
    """Where the browser shall go, and its flow token; `anew`: they prove there who they are though they are signed in.

    Refuses OIDC_NOT_CONFIGURED, SIGN_IN_THROTTLED, UNAVAILABLE.
    """
    provider = require_provider(means)
    count(attempts_of_flow(address), means.needs)
    flow_token, digest = new_opaque(Opaque.FLOW)
    bound = Bound.of(flow_token, means.secrets.flows)
    url = provider.authorization_url(state=bound.state, nonce=bound.nonce, challenge=bound.challenge, anew=anew)
    with means.needs.store.work(NOBODY) as records:
        records.identities.begin(digest)
    return url, flow_token


def require_provider(means: SignInNeeds) -> IdentityProvider:
    """The provider; refuses OIDC_NOT_CONFIGURED."""
    if means.provider is None:
        raise OidcNotConfigured
    return means.provider
