"""An inventory service with goods in a warehouse for benchmarks: its own embedded PostgreSQL with fsync, no network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import grpc
from bylaw.inventory.v1 import reservations_pb2
from bylaw_chassis.audit.trail import trail_of
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.migrate import migrate
from bylaw_chassis.organisation.facts import SiteFacts, SiteVersion, UnitFacts, UnitVersion
from bylaw_chassis.organisation.known import Organisation
from bylaw_chassis.organisation.place import Place, move
from bylaw_chassis.organisation.writing import write_sites, write_units
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.server import Server
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_chassis.values import new_id
from bylaw_chassis.wordings import followed_wordings
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.apps.reserving import reservation_calls
from bylaw_inventory.rules.ledger.balance import NO_LOT, BalanceKey
from bylaw_inventory.store import warehouses
from bylaw_inventory.use_cases.finding import Finding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from psycopg import Connection
from sqlalchemy import make_url

from benchmarks.attendance_world import Nobody

SECRET, PASSWORD = "a key for benchmarks, long enough to be one", "benchmark"
PERMISSIONS = frozenset({"inventory.reservations.create", "inventory.reservations.read"})
MANY = 1_000_000_000


@dataclass(frozen=True)
class StockWorld:
    """A warehouse with one bin, in which there is plenty of each item; `key` signs tokens."""

    admin_url: str
    url: str
    warehouse: UUID
    goods: tuple[UUID, ...]
    key: bytes

    @property
    def psql(self) -> str:
        """The address as PostgreSQL's own tools take it."""
        return make_url(self.admin_url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def stock_world(count: int) -> Iterator[StockWorld]:
    """The world with so many items."""
    with TemporaryDirectory(prefix="bylaw-bench-", ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder))
        try:
            yield filled(postgres.start(), count)
        finally:
            postgres.stop()


def filled(admin_url: str, count: int) -> StockWorld:
    """The world in a database that is there."""
    migrate(admin_url, MIGRATIONS, password=PASSWORD)
    url = make_url(admin_url).set(username="bylaw_inventory", password=PASSWORD).render_as_string(hide_password=False)
    database = Database(url, "inventory", system_clock)
    unit, site, warehouse, place = (new_id() for _ in range(4))
    first = date(2020, 1, 1)
    with database.work() as work:
        move(work.connection, Place(), "benchmark", kinds=(), ended_at=system_clock())
        version = SiteVersion(site, first, None, "HQ", "HQ", "HQ", "Asia/Shanghai", "CN")
        write_sites(work.connection, [SiteFacts(site, (version,))])
        write_units(work.connection, [UnitFacts(unit, (UnitVersion(unit, first, None, None, "U"),), ())])
        driver = work.connection.connection.driver_connection
        assert isinstance(driver, Connection)
        goods = _fill(driver, unit, site, warehouse=warehouse, place=place, count=count)
    database.close()
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return StockWorld(admin_url, url, warehouse, goods, key)


def _fill(
    driver: "Connection[object]", unit: UUID, site: UUID, *, warehouse: UUID, place: UUID, count: int
) -> tuple[UUID, ...]:
    """Goods and their balances, as if they had always been there: no card is read here."""
    driver.execute("insert into warehouses values (%s, 'W', 'W', 'W', %s, %s, now())", (warehouse, site, unit))
    driver.execute("insert into places values (%s, %s, 'A-01', 1)", (place, warehouse))
    goods = [new_id() for _ in range(count)]
    with driver.cursor() as cursor:
        with cursor.copy("copy items from stdin") as copy:
            for number, item in enumerate(goods):
                copy.write_row((item, f"I{number}", "Goods", "", "", "piece", 0, 1, False, 1, system_clock()))
        with cursor.copy("copy balances (id, item, place, lot, below_zero, one_piece, on_hand) from stdin") as copy:
            for item in goods:
                key = BalanceKey(item, place, NO_LOT)
                copy.write_row((key.identifier, item, place, NO_LOT, False, False, MANY))
    ordered = sorted(goods, key=lambda item: BalanceKey(item, place, NO_LOT).identifier)
    return tuple(ordered)


@dataclass(frozen=True)
class Shop:
    """The service in this process, with everything around a call, and a caller's metadata."""

    database: Database
    channel: grpc.Channel
    metadata: tuple[tuple[str, str], ...]


def shop(world: StockWorld, threads: int = 8) -> Shop:
    """The service over the world's database; several processes may each have one."""
    database = Database(world.url, "inventory", system_clock, threads)
    key = Ed25519PrivateKey.from_private_bytes(world.key)
    verifier = TokenVerifier({"k1": key.public_key()}.get, system_clock)
    trail = trail_of(database, SECRET)
    wordings = followed_wordings(database, lambda: system_clock().date())
    server = Server("inventory.bylaw", verifier, trail=trail, wordings=wordings)
    finding = Finding(database, Organisation(database, Nobody()), warehouses)
    calls = reservation_calls(database, finding, PageTokens(b"of a benchmark"))
    server.add(reservations_pb2.DESCRIPTOR.services_by_name["Reservations"], calls)
    caller = Caller(person=new_id(), grants=(HeldGrant(Scope.COMPANY, None, PERMISSIONS, ("grants/1",)),))
    token = mint(caller, key_id="k1", key=key, now=system_clock(), lifetime=timedelta(hours=2))
    return Shop(database, LocalChannel(server), (("authorization", f"Bearer {token}"),))
