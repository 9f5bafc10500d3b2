"""Who is signed in here: people keeps the session, the browser its refresh token, and this process what it learned.

The browser's cookie is signed and holds an id made at sign-in, the refresh token and who it is. A process that does not
know the id, or whose access token ends soon, asks people for the next one (decision 0017, 0056).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bylaw.people.v1 import organisation_pb2, sign_in_pb2
from bylaw_chassis.clock import Clock

from bylaw_console.calls import Refusal

ID, REFRESH = "id", "refresh"
SPARE = timedelta(seconds=45)
"""An access token that ends sooner is not used any more: a page may take some calls."""

MOST_KEPT = 10_000
ENDED = ("SESSION_ENDED", "UNAUTHENTICATED", "FIELD_INVALID")
NOWHERE = "UTC"

Ask = Callable[[Any, str], Any]
"""Makes a call with an access token, or with none."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is signed in: `permissions` are what they hold anywhere, `zone` is that of their site."""

    person: str
    display_name: str
    number: str
    unit: str
    site: str
    zone: str
    head: str
    session: str
    has_second_factor: bool
    permissions: frozenset[str]
    access_token: str = field(repr=False)
    end_time: datetime = field(repr=False)

    def may(self, *permissions: str) -> bool:
        """Whether they hold one of these somewhere; the service decides what it reaches."""
        return not self.permissions.isdisjoint(permissions)


class Members:
    """What this process knows of running sessions, by id; the ones used longest ago are forgotten first."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._kept: OrderedDict[str, Member] = OrderedDict()

    def find(self, cookie: MutableMapping[str, Any], ask: Ask) -> Member | None:
        """Whoever the cookie is of; None, and an emptied cookie, where the session has ended. Raises other refusals."""
        known = self._known(cookie.get(ID, ""))
        if known is not None:
            return known
        if not cookie.get(REFRESH):
            return None
        try:
            session = ask(sign_in_pb2.RefreshSessionRequest(refresh_token=cookie[REFRESH]), "")
            return self.begin(cookie, session, ask)
        except Refusal as refusal:
            if refusal.problem.reason not in ENDED:
                raise
            self.forget(cookie)
            return None

    def begin(self, cookie: MutableMapping[str, Any], session: Any, ask: Ask) -> Member:
        """Take in what a sign-in or a refresh answered; the cookie must hold the id of this sign-in."""
        cookie[REFRESH] = session.refresh_token
        member = _member(session, ask)
        with self._lock:
            self._kept[cookie[ID]] = member
            self._kept.move_to_end(cookie[ID])
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return member

    def forget(self, cookie: MutableMapping[str, Any]) -> None:
        """Nobody is signed in here any more."""
        with self._lock:
            self._kept.pop(cookie.get(ID, ""), None)
        for name in (ID, REFRESH):
            cookie.pop(name, None)

    def renew(self, cookie: MutableMapping[str, Any]) -> None:
        """Have the next request ask anew what its member may do."""
        with self._lock:
            self._kept.pop(cookie.get(ID, ""), None)

    def _known(self, identity: str) -> Member | None:
        with self._lock:
            member = self._kept.get(identity)
            if member is None or member.end_time - SPARE <= self._clock():
                return None
            self._kept.move_to_end(identity)
            return member


def _member(session: Any, ask: Ask) -> Member:
    token = session.access_token
    found = ask(sign_in_pb2.GetSelfRequest(), token)
    person, post = found.person, found.person.appointment
    return Member(
        person=person.name,
        display_name=person.display_name,
        number=person.number,
        unit=post.unit,
        site=post.site,
        zone=_zone(post.site, token, ask),
        head=person.head,
        session=found.session,
        has_second_factor=found.second_factor,
        permissions=frozenset(found.permissions),
        access_token=token,
        end_time=session.expire_time.ToDatetime(tzinfo=UTC),
    )


def _zone(site: str, token: str, ask: Ask) -> str:
    if not site:
        return NOWHERE
    try:
        zone: str = ask(organisation_pb2.GetSiteRequest(name=site), token).time_zone
    except Refusal:
        return NOWHERE
    return zone or NOWHERE
