"""What a service of the suite stands on beside people: its database, its callers, the organisation, and their timers.

All that an author writes for shared auth and the organisation::

    own = member("inventory", settings, channels[PEOPLE])
    server = own.server()
    server.add(stock_pb2.DESCRIPTOR.services_by_name["Stock"], StockCalls(own.database, own.organisation))
    return own.hosted(server, jobs={"count": count}, timers=(Timer("expire", 60.0, expire),))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import grpc
from bylaw.people.v1 import feed_pb2, feed_pb2_grpc
from google.protobuf.descriptor import ServiceDescriptor

from bylaw_chassis.access_tokens import AccessTokens, exchanged_by
from bylaw_chassis.addresses import address_seal
from bylaw_chassis.audit.heads import HeadKey
from bylaw_chassis.audit.rpc import AuditRpc, audit_calls
from bylaw_chassis.audit.trail import trail_of
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.ended_tokens import EndedTokens
from bylaw_chassis.identity import service_secret
from bylaw_chassis.jobs import JobFunction, Lease, Runner, Timer
from bylaw_chassis.keys import derived_key
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.organisation.following import FeedOverGrpc, Follower, Hearer
from bylaw_chassis.organisation.hearers import HEARERS
from bylaw_chassis.organisation.known import Organisation
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.published_keys import PublishedKeys, ServiceToken
from bylaw_chassis.retention import chassis_timers
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import ServiceSettings
from bylaw_chassis.telemetry.servers import server_of
from bylaw_chassis.tokens import TokenVerifier
from bylaw_chassis.wordings import ClauseWordings, followed_wordings

PEOPLE = "people"
FOLLOW_SECONDS = 1.0
ORGANISATION = "organisation"
"""The timer that follows people's feed, the check that compares with it, and the name its age has in health."""

STALE_AFTER = timedelta(seconds=60)
"""What is known of the organisation counts on while people is away; older than that, health and doctor say so."""


@dataclass(frozen=True, slots=True)
class Member:
    """A service's own part of what all have. `name` is also its schema and, with `.bylaw`, its domain in refusals."""

    name: str
    settings: ServiceSettings
    database: Database
    neighbours: Neighbours
    verifier: TokenVerifier
    follower: Follower
    organisation: Organisation
    page_tokens: PageTokens
    wordings: ClauseWordings

    def server(self) -> Server:
        """A server without calls, which knows its callers."""
        trail = trail_of(self.database, self.settings.master_key.get_secret_value())
        addresses = address_seal(self.settings.address_secret)
        domain, verifier = f"{self.name}.bylaw", self.verifier
        return server_of(self.database, domain, verifier, trail=trail, wordings=self.wordings, addresses=addresses)

    def audit_calls(self, service: ServiceDescriptor) -> AuditRpc:
        """The calls of the service's `Audit`, as its contract declares them."""
        master_key = self.settings.master_key.get_secret_value()
        return audit_calls(service, self.database, tokens=self.page_tokens, master_key=master_key)

    def hosted(
        self,
        server: Server,
        *,
        jobs: Mapping[str, JobFunction] | None = None,
        timers: Sequence[Timer] = (),
        details: Mapping[str, Callable[[], bool]] | None = None,
    ) -> Service:
        """The service, ready to be started: its own jobs, timers and details of health beside those that all have."""
        hours, days = self.settings.request_key_hours, self.settings.feed_days
        head_key = HeadKey(self.settings.master_key.get_secret_value())
        kept = chassis_timers(self.database, request_key_hours=hours, feed_days=days, head_key=head_key)
        follow = Timer(ORGANISATION, FOLLOW_SECONDS, self._follow)
        runner = Runner(self.database, jobs or {}, (*timers, follow, *kept))
        told = {ORGANISATION: self.is_current, **(details or {})}
        return Service(self.name, server, self.database, runner, details=told)

    def is_current(self) -> bool:
        """Whether the organisation was read to the end of people's feed within a minute."""
        return is_fresh(self.follower)

    def _follow(self, lease: Lease) -> None:  # noqa: ARG002
        self.follower.catch_up()


def is_fresh(follower: Follower) -> bool:
    """Whether a neighbour's feed was read to its end within a minute."""
    age = follower.age()
    return age is not None and age <= STALE_AFTER


def member(
    name: str,
    settings: ServiceSettings,
    channels: Mapping[str, grpc.Channel],
    *,
    clock: Clock = system_clock,
    handlers: Mapping[str, Hearer] | None = None,
) -> Member:
    """Builds it; `channels["people"]` reaches people, in this process or another.

    `handlers` take further kinds of people's events, in the transaction that moves the cursor. The names of a service
    are known to people, which signs it in by the installation's secret.
    """
    master_key = settings.master_key.get_secret_value()
    database = Database(settings.database_url.get_secret_value(), name, clock, settings.threads)
    people = channels[PEOPLE]
    own = ServiceToken(people, name, service_secret(master_key))
    neighbours = Neighbours(channels, own, own.forget)
    told = FeedOverGrpc(feed_pb2_grpc.FeedStub(people).ListEvents, feed_pb2.ListEventsRequest, neighbours)
    follower = Follower(database, told, {**HEARERS, **(handlers or {})})
    return Member(
        name,
        settings,
        database,
        neighbours,
        TokenVerifier(PublishedKeys(people), clock, EndedTokens(database), AccessTokens(exchanged_by(people), clock)),
        follower,
        Organisation(database, follower),
        PageTokens(derived_key(master_key, f"{name}-page-tokens")),
        followed_wordings(database, settings.today_by(clock)),
    )
