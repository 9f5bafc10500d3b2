"""Makes a new signing key before its time, and withdraws those before where one may have been stolen."""

from datetime import timedelta

from bylaw_chassis.caller import Caller

from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.sign_in.needs import SignInNeeds

KNOWN_BEFORE = timedelta(minutes=1)
"""Twice as long as a service waits before it asks for an unknown key again: no token is refused meanwhile."""


def rotate_signing_key(*, withdraw_present: bool, caller: Caller, means: SignInNeeds) -> None:
    """Refuses PERMISSION_MISSING."""
    require_everywhere(caller, "people.keys.rotate")
    with means.needs.store.work(caller) as records:
        if withdraw_present:
            records.signing_keys.withdraw()
        active_from = records.now if withdraw_present else records.now + KNOWN_BEFORE
        records.signing_keys.add(means.keys.fresh(active_from))
