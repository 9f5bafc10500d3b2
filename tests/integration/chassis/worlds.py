"""A service of counters on a real database, with callers who hold tokens, reached either way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
from bylaw_chassis.addresses import address_seal
from bylaw_chassis.audit.trail import trail_of
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.jobs import Runner
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.migrate import Migrations, migrate, role_of
from bylaw_chassis.neighbours import open_channel
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Listener, Service
from bylaw_chassis.status import refusal_from
from bylaw_chassis.telemetry.servers import server_of
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_chassis.values import new_id
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import make_url

from tests.integration.chassis.counting import (
    Counter,
    CounterEvent,
    Counters,
    ListEventsResponse,
    service,
)

SCHEMA, PASSWORD = "counting", "a-password-of-its-own"
MASTER_KEY = "a key for tests, long enough to be one"
MIGRATIONS = Migrations(SCHEMA, Path(__file__).parent / "versions", append_only=["ledger"])
PATH = "/counting.v1."
Pairs = Sequence[tuple[str, str]]


def prepare(url: str) -> None:
    """Brings an empty database to the newest revision."""
    migrate(url, MIGRATIONS, password=PASSWORD)


def own_url(admin_url: str) -> str:
    """The same database, as the service itself signs in."""
    url = make_url(admin_url).set(username=role_of(SCHEMA), password=PASSWORD)
    return url.render_as_string(hide_password=False)


def database(url: str, *, pool_size: int = 8) -> Database:
    """A worker's own engine on the service's database."""
    return Database(own_url(url), SCHEMA, system_clock, pool_size)


@dataclass
class World:
    """One worker: its database, its calls, and the key that signs tokens."""

    database: Database
    counters: Counters = field(init=False)
    server: Server = field(init=False)
    me: list[tuple[str, str]] = field(init=False)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def __post_init__(self) -> None:
        self.counters = Counters(self.database)
        public = self.key.public_key()
        verifier, trail = TokenVerifier({"k1": public}.get, system_clock), trail_of(self.database, MASTER_KEY)
        self.server = server_of(self.database, "counting.bylaw", verifier, trail, addresses=address_seal(MASTER_KEY))
        self.server.add(service("Counters"), self.counters)
        self.me = self.bearer()
        self.server.add(service("Feed"), FeedRpc(self.database, CounterEvent, ListEventsResponse))

    def bearer(self, *permissions: str, **more: Any) -> list[tuple[str, str]]:
        """Metadata of a caller who holds some permissions; `more` is known of them: `person`, `session`, `sources`."""
        sources = more.pop("sources", ())
        grants = (HeldGrant(Scope.COMPANY, None, frozenset(permissions), sources),)
        caller = Caller(**{"person": new_id(), "grants": grants, **more})
        now = system_clock()
        token = mint(caller, key_id="k1", key=self.key, now=now, lifetime=timedelta(minutes=5))
        return [("authorization", f"Bearer {token}")]

    def hosted(self) -> Service:
        """The whole service, not yet started."""
        return Service("counting", self.server, self.database, Runner(self.database, {}))


def unary(channel: grpc.Channel, method: str, *, answer: type[Any] = Counter) -> Any:
    """A stub's call, such as `Counters/Add`."""
    return channel.unary_unary(PATH + method, lambda m: m.SerializeToString(), answer.FromString)


def stream(channel: grpc.Channel, method: str, *, answer: type[Any] = Counter) -> Any:
    """A stub's streaming call."""
    return channel.unary_stream(PATH + method, lambda m: m.SerializeToString(), answer.FromString)


@contextmanager
def on_the_network(world: World, **given: Any) -> Iterator[Listener]:
    """The service on a port of loopback, stopped without lingering."""
    listener = Listener(world.hosted(), "127.0.0.1:0", linger_seconds=0, drain_seconds=5, **given)
    listener.start()
    try:
        yield listener
    finally:
        listener.stop()


@contextmanager
def reached(world: World, *, how: str) -> Iterator[grpc.Channel]:
    """A channel to the service: in this process, or over a real connection."""
    if how == "local":
        yield LocalChannel(world.server)
        return
    with on_the_network(world) as listener, open_channel(f"127.0.0.1:{listener.port}") as channel:
        yield channel


def reason_of(error: grpc.RpcError) -> str:
    """The stable reason a refusal names."""
    return refusal_from(error).reason
