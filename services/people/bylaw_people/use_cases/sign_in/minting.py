"""Signs tokens for whoever was admitted."""

from dataclasses import dataclass
from datetime import datetime

from bylaw_chassis.caller import Caller
from bylaw_chassis.tokens import mint

from bylaw_people.rules.sign_in.sessions import rights_end, token_end
from bylaw_people.use_cases.sign_in.admitting import Admitted
from bylaw_people.use_cases.sign_in.needs import SignInNeeds


@dataclass(frozen=True, slots=True)
class Session:
    """A signed token, when it ends and whose it is; the rest is there where the session can be refreshed."""

    access_token: str
    expire_time: datetime
    caller: Caller
    refresh_token: str = ""
    refresh_expire_time: datetime | None = None
    device_token: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """An admitted person's session in the store, not yet signed for; it ends at `ends_at` if it is not refreshed."""

    admitted: Admitted
    refresh_token: str = ""
    ends_at: datetime | None = None


def signed(opened: Opened, means: SignInNeeds, *, device_token: str = "") -> Session:
    """A session with its token; called behind the transaction, for the key has a transaction of its own."""
    now, key, admitted = means.needs.clock(), means.keys.current(), opened.admitted
    rights = rights_end(now, means.needs.time_zone, latest=admitted.latest)
    ends = token_end(now, rights)
    latest = rights if admitted.caller.person else None  # a service has no last day, and must not fail at midnight
    token = mint(admitted.caller, key_id=key.id, key=key.private, now=now, lifetime=ends - now, latest=latest)
    return Session(token, ends, admitted.caller, opened.refresh_token, opened.ends_at, device_token)
