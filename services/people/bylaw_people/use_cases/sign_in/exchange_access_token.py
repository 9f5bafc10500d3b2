"""Turns an access token into a short-lived signed one: what it names and its owner holds now (SEC-1)."""

from dataclasses import replace

from bylaw_chassis.caller import NOBODY
from bylaw_chassis.refusals import TokenInvalid

from bylaw_people.ports import Records
from bylaw_people.rules.sign_in.opaque import Opaque, digest_of
from bylaw_people.use_cases.sign_in.admitting import ACCESS_TOKEN, Admitted, Proof, admit
from bylaw_people.use_cases.sign_in.minting import Opened, Session, signed
from bylaw_people.use_cases.sign_in.needs import SignInNeeds


def exchange_access_token(secret: str, means: SignInNeeds) -> Session:
    """Refuses TOKEN_INVALID: unknown, over, revoked, or its owner may not act now."""
    digest = digest_of(Opaque.ACCESS, secret)
    if digest is None:
        raise TokenInvalid
    with means.needs.store.work(NOBODY) as records:
        admitted = _admitted(records, digest, means)
    if admitted is None:
        raise TokenInvalid
    return signed(Opened(admitted), means)


def _admitted(records: Records, digest: bytes, means: SignInNeeds) -> Admitted | None:
    """The session of what is minted is the access token itself: revoking ends both."""
    token = records.access_tokens.by_digest(digest)
    if token is None or not token.counts(records.now):
        return None
    proof = Proof(token.id, (ACCESS_TOKEN,), token.created_at)
    admitted = admit(records, token.person, proof, needs=means.needs, only=token.permissions)
    if admitted is None:
        return None
    records.access_tokens.used(token.id)
    return replace(admitted, latest=token.ends_at)
