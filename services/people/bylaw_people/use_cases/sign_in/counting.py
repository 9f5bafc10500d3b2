"""Counts tries before they are made: a known device apart from strangers, so that these keep nobody out."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from bylaw_chassis.caller import NOBODY

from bylaw_people.ports import Needs
from bylaw_people.ports.sign_in import Attempt
from bylaw_people.rules.sign_in.refusals import SignInThrottled


def attempts_of_stranger(login: str, address: str) -> list[Attempt]:
    """What a try counts against; only digests are kept, so that the table names nobody."""
    kinds = {"login": login, "address": address, "everyone": "everyone"}
    return [_attempt(kind, key) for kind, key in kinds.items() if key]


def attempts_of_flow(address: str) -> list[Attempt]:
    """What the beginning of a sign-in with the provider counts against."""
    kinds = {"flows_of_address": address, "flows": "everyone"}
    return [_attempt(kind, key) for kind, key in kinds.items() if key]


def attempts_of_device(device_token: str) -> list[Attempt]:
    """What the try of a known device counts against: itself alone."""
    return [_attempt("device", device_token)]


def attempts_of_owner(person: UUID) -> list[Attempt]:
    """What a try of somebody who is signed in counts against; strangers cannot use it up."""
    return [_attempt("device", str(person))]


def attempts_at_factor(person: UUID) -> list[Attempt]:
    """What a try of a one-time code counts against; only who knows the password gets so far."""
    return [_attempt("factor", str(person))]


def count(attempts: Sequence[Attempt], needs: Needs) -> None:
    """Counts a try; refuses SIGN_IN_THROTTLED."""
    with needs.store.work(NOBODY) as records:
        seconds = records.attempts.count(attempts)
    if seconds:
        raise SignInThrottled(seconds=seconds)


def give_back(attempts: Sequence[Attempt], needs: Needs) -> None:
    """The try was no guess."""
    with needs.store.work(NOBODY) as records:
        records.attempts.give_back(attempts)


def _attempt(kind: str, key: str) -> Attempt:
    return Attempt(kind, hashlib.sha256(f"{kind}:{key}".encode()).digest())
