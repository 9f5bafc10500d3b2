"""A people service on a fresh database, and an organisation in it, built through the service's own calls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import grpc
from argon2 import PasswordHasher
from bylaw.people.v1 import (
    access_pb2_grpc,
    feed_pb2,
    feed_pb2_grpc,
    organisation_pb2_grpc,
    rulebook_pb2_grpc,
    sign_in_pb2_grpc,
    staff_pb2_grpc,
)
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.migrate import migrate
from bylaw_chassis.serving import Service
from bylaw_chassis.status import refusal_from
from bylaw_chassis.tokens import mint
from bylaw_people.app import MIGRATIONS, PeopleSettings, build, create_administrator
from bylaw_people.permissions import known_permissions
from bylaw_people.policies import DeliveryChannels
from bylaw_people.store.signing_keys import SigningKeys
from bylaw_people.use_cases.sign_in.password_check import PasswordCheck
from bylaw_plugin_host.delivering import ChannelHost
from sqlalchemy import make_url

from tests.databases import Databases

MASTER_KEY = "a key for tests, long enough to be one"
PASSWORD = "harbour-lantern-42"  # noqa: S105
ROLE_PASSWORD = "bylaw-tests"  # noqa: S105
QUICK = PasswordCheck(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Hashes in a moment: what argon2 costs is not what most tests are about."""

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NEVER_OLD = 2**40
"""An access revision no change overtakes: what a test says somebody holds, they hold whatever changes meanwhile."""


@dataclass
class SetClock:
    """A clock that tests set."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **span: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**span)


def migrated_url(databases: Databases) -> str:
    """The address, for the service's own role, of a fresh database with the schema of people."""
    return _own(databases.prepared("people", lambda admin: migrate(admin, MIGRATIONS, password=ROLE_PASSWORD)))


def _own(url: str) -> str:
    return make_url(url).set(username="bylaw_people", password=ROLE_PASSWORD).render_as_string(hide_password=False)


def settings(url: str, **more: Any) -> PeopleSettings:
    """Settings for a test."""
    return PeopleSettings(database_url=url, master_key=MASTER_KEY, **more)


@dataclass
class PeopleService:
    """A built service and its stubs; calls are made as the caller whose metadata is handed over."""

    service: Service
    clock: SetClock
    url: str
    administrator: UUID
    filled: Any = None
    channel: grpc.Channel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = LocalChannel(self.service.server)
        self.organisation = organisation_pb2_grpc.OrganisationStub(self.channel)
        self.staff = staff_pb2_grpc.StaffStub(self.channel)
        self.access = access_pb2_grpc.AccessStub(self.channel)
        self.sign_in = sign_in_pb2_grpc.SignInStub(self.channel)
        self.rulebook = rulebook_pb2_grpc.RulebookStub(self.channel)
        self.feed = feed_pb2_grpc.FeedStub(self.channel)
        self.keys = SigningKeys(self.service.database, MASTER_KEY)
        self.everything = self.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))

    def as_caller(
        self, *grants: HeldGrant, person: UUID | None = None, signed_in: timedelta | None = timedelta(0)
    ) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller with grants, the administrator where nobody else is named.

        They signed in so long ago; nothing: not themselves, but by an access token.
        """
        key = self.keys.current()
        who, lifetime = person or self.administrator, timedelta(minutes=15)
        proved_at = None if signed_in is None else self.clock() - signed_in
        caller = Caller(who, grants=grants, access_revision=NEVER_OLD, proved_at=proved_at)
        token = mint(caller, key_id=key.id, key=key.private, now=self.clock(), lifetime=lifetime)
        return (("authorization", f"Bearer {token}"),)

    def signed_in(self, login: str, password: str = PASSWORD) -> tuple[tuple[str, str], ...]:
        """Metadata of somebody who signed in."""
        session = self.sign_in.CreateSession(sessions.CreateSessionRequest(login=login, password=password))
        return (("authorization", f"Bearer {session.access_token}"),)

    def site(self, code: str = "HQ", time_zone: str = "Asia/Shanghai", calendar: str = "CN") -> org.Site:
        """A new site."""
        made = org.Site(code=code, title=text(code), time_zone=time_zone, calendar=calendar)
        return self.organisation.CreateSite(org.CreateSiteRequest(site=made), metadata=self.everything)

    def unit(self, code: str, parent: str = "", since: str = "2026-01-01") -> org.Unit:
        """A new unit: a company where it has no parent, else a department."""
        kind = org.UNIT_KIND_DEPARTMENT if parent else org.UNIT_KIND_COMPANY
        made = org.Unit(code=code, title=text(code), kind=kind, parent=parent, effective_date=since, duties=text("x"))
        return self.organisation.CreateUnit(org.CreateUnitRequest(unit=made), metadata=self.everything)

    def person(self, number: str, unit: str, site: str, **more: str) -> staff.Person:
        """A new person, employed since 2026-01-01 where `since` does not say otherwise."""
        first = staff.Appointment(
            unit=unit,
            site=site,
            employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
            start_date=more.get("since", "2026-01-01"),
            end_date=more.get("until", ""),
        )
        made = staff.Person(number=number, display_name=number, login=more.get("login", ""), appointment=first)
        person = self.staff.CreatePerson(staff.CreatePersonRequest(person=made), metadata=self.everything)
        if person.login:
            wish = sessions.SetPasswordRequest(name=person.name, new_password=PASSWORD)
            self.sign_in.SetPassword(wish, metadata=self.everything)
        return person

    def head(self, unit: str, person: str, since: str = "2026-01-01") -> org.Unit:
        """Appoints a head."""
        wish = org.AppointHeadRequest(name=unit, head=person, effective_date=since)
        return self.organisation.AppointHead(wish, metadata=self.everything)

    def events(self) -> list[feed_pb2.Event]:
        """Everything the feed has told, but for the rulebook with which every installation begins."""
        return [event for event in self.told() if not event.HasField("clause_changed")]

    def told(self) -> list[feed_pb2.Event]:
        """Everything the feed has told."""
        found: list[feed_pb2.Event] = []
        cursor = ""
        while True:
            request = feed_pb2.ListEventsRequest(after_cursor=cursor, page_size=1000)
            page = self.feed.ListEvents(request, metadata=self.everything)
            if not page.events:
                return found
            found.extend(page.events)
            cursor = page.cursor


def text(sentence: str) -> LocalizedText:
    """The same text in both languages."""
    return LocalizedText(zh=sentence, en=sentence)


def identifier(name: str) -> UUID:
    """The id in a resource name."""
    return UUID(name.partition("/")[2])


def reason(error: grpc.RpcError) -> str:
    """Why a call was refused."""
    return refusal_from(error).reason


@contextmanager
def people_service(
    databases: Databases,
    clock: SetClock | None = None,
    check: PasswordCheck = QUICK,
    fill: Callable[[PeopleService], Any] | None = None,
    **more: Any,
) -> Iterator[PeopleService]:
    """A people service on a fresh database with an administrator; `more` are settings beside the needed ones.

    What `fill` makes at noon is made once, and is there from the beginning in a copy of that database; its answer too.
    """
    clock = clock or SetClock()
    copied = clock.now == NOON and check is QUICK and not more
    url = _begun_url(databases, fill) if copied else migrated_url(databases)
    with _served(databases, url, settings(url, **more), clock, check) as service:
        begun = _BEGUN[databases, fill] if copied else Begun(_administrator(service, check))
        made = PeopleService(service, clock, url, begun.administrator, begun.filled)
        if fill and not copied:
            made.filled = fill(made)
        yield made


@contextmanager
def people_again(databases: Databases, begun: PeopleService, clock: SetClock) -> Iterator[PeopleService]:
    """A people service on a copy of what another, which has ended, left behind."""
    url = databases.copied(begun.url)
    with _served(databases, url, settings(url), clock, QUICK) as service:
        yield PeopleService(service, clock, url, begun.administrator)


@contextmanager
def _served(
    databases: Databases, url: str, told: PeopleSettings, clock: SetClock, check: PasswordCheck
) -> Iterator[Service]:
    service = build(told, clock=clock, check=check, channels=no_channels())
    try:
        yield service
    finally:
        service.close()
        databases.drop(url_of_admin(databases, url))


class Begun(NamedTuple):
    """What is in a database that tests begin with."""

    administrator: UUID
    filled: Any = None


_BEGUN: dict[tuple[Databases, Callable[[PeopleService], Any] | None], Begun] = {}


def _begun_url(databases: Databases, fill: Callable[[PeopleService], Any] | None) -> str:
    """As `migrated_url`, with the rulebook, an administrator and what `fill` makes in it."""

    def begin(admin: str) -> None:
        migrate(admin, MIGRATIONS, password=ROLE_PASSWORD)
        service, clock = build(settings(_own(admin)), clock=SetClock(), check=QUICK, channels=no_channels()), SetClock()
        made = PeopleService(service, clock, _own(admin), _administrator(service, QUICK))
        _BEGUN[databases, fill] = Begun(made.administrator, fill(made) if fill else None)
        service.close()

    return _own(databases.prepared(f"people with {fill.__qualname__ if fill else 'an administrator'}", begin))


def _administrator(service: Service, check: PasswordCheck) -> UUID:
    return create_administrator(service.database, login="admin", password=PASSWORD, check=check)


def no_channels() -> DeliveryChannels:
    """No way outward, without asking what is installed."""
    return DeliveryChannels(ChannelHost([]), [])


def url_of_admin(databases: Databases, url: str) -> str:
    """The administrator's address of the same database."""
    name = make_url(url).database
    return make_url(databases.admin_url).set(database=name).render_as_string(hide_password=False)
