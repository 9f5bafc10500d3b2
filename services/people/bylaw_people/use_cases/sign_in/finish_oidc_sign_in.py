"""Finishes a sign-in with the external provider: each flow is redeemed once and opens one session."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from bylaw_chassis.call import turned_out_about
from bylaw_chassis.caller import NOBODY, Caller
from bylaw_chassis.values import resource_name

from bylaw_people.ports import Records
from bylaw_people.ports.sign_in import Attempt, OidcFlow
from bylaw_people.rules.sign_in.identities import FLOW_LIFETIME, number_of, proved_at_of, require_claims, verified_email
from bylaw_people.rules.sign_in.opaque import Opaque, digest_of
from bylaw_people.rules.sign_in.refusals import OidcRefused
from bylaw_people.use_cases.sign_in.counting import attempts_at_factor, attempts_of_stranger, count
from bylaw_people.use_cases.sign_in.minting import Opened, Session, signed
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.opening import Place, Shown, open_session
from bylaw_people.use_cases.sign_in.second_factor import prove_second_factor
from bylaw_people.use_cases.sign_in.start_oidc_sign_in import Bound, require_provider

FEDERATED = "fed"


@dataclass(frozen=True, slots=True)
class OidcAnswer:
    """What the provider's redirect brought to a browser, and what the browser kept."""

    flow_token: str = field(repr=False)
    code: str = field(repr=False)
    state: str = field(repr=False)
    issuer: str = ""
    one_time_code: str = field(default="", repr=False)
    place: Place = field(default_factory=Place)


def finish_oidc_sign_in(answer: OidcAnswer, means: SignInNeeds) -> Session:
    """Refuses OIDC_NOT_CONFIGURED, OIDC_REFUSED, SECOND_FACTOR_*, SIGN_IN_THROTTLED, UNAVAILABLE."""
    provider = require_provider(means)
    digest = digest_of(Opaque.FLOW, answer.flow_token)
    bound = Bound.of(answer.flow_token, means.secrets.flows)
    same_state = hmac.compare_digest(bound.state.encode(), answer.state.encode())
    if digest is None or not same_state or answer.issuer not in {"", provider.issuer}:
        raise OidcRefused
    attempts = attempts_of_stranger("", answer.place.address)
    count(attempts, means.needs)
    person, proved_at = _person(digest, answer.code, bound, means)
    turned_out_about(resource_name("people", person))
    return signed(_opened(digest, (person, proved_at), answer, attempts, means), means)


Named = tuple[UUID, datetime | None]
"""Whom the provider names, and when they proved to it who they are, where it says so."""


def _person(digest: bytes, code: str, bound: Bound, means: SignInNeeds) -> Named:
    """Whom the provider names; asked once, and outside of any transaction."""
    with means.needs.store.work(NOBODY) as records:
        flow = records.identities.flow(digest, lock=True)
        if not _open(flow, means):
            raise OidcRefused
        claimed = records.identities.claim(digest)
    if not claimed:
        if flow is None or flow.person is None:
            raise OidcRefused
        return flow.person, flow.proved_at
    provider = require_provider(means)
    claims = require_claims(
        provider.redeem(code, bound.verifier),
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=bound.nonce,
        now=means.needs.clock(),
    )
    with means.needs.store.work(NOBODY) as records:
        person = _known(records, claims, means)
        proved_at = proved_at_of(claims, records.now)
        records.identities.redeemed(digest, person, proved_at)
    return person, proved_at


def _open(flow: OidcFlow | None, means: SignInNeeds) -> bool:
    return flow is not None and flow.finished_at is None and means.needs.clock() < flow.begun_at + FLOW_LIFETIME


def _known(records: Records, claims: Mapping[str, Any], means: SignInNeeds) -> UUID:
    """By the provider's own id of them; the first time by number or verified e-mail, and never two for one person."""
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    linked = records.identities.person_of(issuer, subject)
    if linked:
        return linked
    number, email = number_of(claims, means.person_claim), verified_email(claims)
    found = records.accounts.by_number(number) if number else None
    if found is None and email and not means.person_claim:
        found = records.accounts.by_email(email)
    if found is None or not records.identities.link(issuer, subject, found):
        raise OidcRefused
    return found


def _opened(digest: bytes, named: Named, answer: OidcAnswer, attempts: Sequence[Attempt], means: SignInNeeds) -> Opened:
    person, proved_at = named
    at_factor = attempts_at_factor(person) if answer.one_time_code else []
    if at_factor:
        count(at_factor, means.needs)
    with means.needs.store.work(Caller(person=person)) as records:
        factors = prove_second_factor(records, person, answer.one_time_code, means)
        opened = open_session(records, person, Shown((FEDERATED, *factors), proved_at), answer.place, means)
        if opened is None or not records.identities.finish(digest):
            raise OidcRefused
        records.attempts.forgive([*attempts, *at_factor])
    return opened
