"""The books of a warehouse for benchmarks: its places, the calls that post in bulk and report, a million movements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import grpc
import psycopg
from bylaw.inventory.v1 import posting_pb2, stock_months_pb2, stock_pb2
from bylaw_chassis.audit.trail import trail_of
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.database import Database
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.organisation.known import Organisation
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.server import Server
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_chassis.values import new_id
from bylaw_chassis.wordings import followed_wordings
from bylaw_inventory.apps.posting import posting_of
from bylaw_inventory.rpc.posting import PostingCalls
from bylaw_inventory.rpc.stock import StockCalls
from bylaw_inventory.rpc.stock_months import StockMonthCalls
from bylaw_inventory.rules.levels.level import LevelDays
from bylaw_inventory.store import (
    books,
    bulk,
    items,
    ledger,
    levels,
    movements,
    sealed_cards,
    stock_months,
    warehouses,
)
from bylaw_inventory.use_cases.books.close_day import CloseDay
from bylaw_inventory.use_cases.books.report_month import ReportMonth
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.levels.keep_levels import KeepLevels
from bylaw_inventory.use_cases.stock.post_many import PostMany
from bylaw_inventory.use_cases.stock.preview_movement import PreviewMovement
from bylaw_inventory.use_cases.stock.show_stock import ShowStock
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.attendance_world import Nobody
from benchmarks.stock_world import SECRET, StockWorld

NOW = datetime(2026, 9, 20, 4, tzinfo=UTC)
"""Behind the last of the real invoices, and within a year of the first."""
PERMISSIONS = frozenset(f"inventory.{name}" for name in ("stock.post", "stock.read", "months.read"))
PLACES = {"LOOK": 3, "SUPPLIER": 4, "CUSTOMER": 6, "A-02": 1}
MONTH = date(2026, 8, 1)
GROWN_THROUGH = date(2026, 8, 29)
"""The last of the sixty days."""

# As many movements of a line each as wanted, dealt out over goods and sixty days or on one; cards are chains, though of
# other hashes than those of what their entries say, and what a row refers to, which is there, is not looked up for each
# of millions.
_GROW = """
    set local session_replication_role = replica;
    create temp table moved on commit drop as
        select n, lpad(to_hex(n), 32, '0')::uuid as id, goods.item,
            coalesce(%(day)s::date, date '2026-07-01' + (n %% 60)::int) as day,
            (array[1, 2, 3])[n %% 3 + 1] as kind
        from generate_series(%(first)s::bigint, %(last)s::bigint) as n
            join (select id as item, row_number() over (order by id) - 1 as place from items) as goods
                on goods.place = n %% %(goods)s;
    insert into movements (id, warehouse, kind, day, papers, reason, posted_at, posted_by)
        select id, %(warehouse)s, kind, day, '[]', '', now(), 'people/a' from moved;
    create temp table legs on commit drop as
        select moved.id, moved.n, moved.item, moved.day, leg.place, leg.on_hand from moved cross join lateral (
            values (case kind when 1 then %(supplier)s::uuid else %(bin)s::uuid end, -1),
                (case kind when 1 then %(bin)s::uuid when 2 then %(customer)s::uuid else %(second)s::uuid end, 1)
        ) as leg (place, on_hand);
    insert into movement_lines (movement, line, item, lot, from_place, to_place, quantity)
        select gone.id, 1, gone.item, %(no_lot)s, gone.place, came.place, 1
        from legs as gone join legs as came on came.id = gone.id and came.on_hand = 1 where gone.on_hand = -1;
    insert into balances (id, item, place, lot, below_zero, one_piece)
        select md5(items.id::text || place::text)::uuid, items.id, place, %(no_lot)s::uuid, true, false
        from items cross join unnest(array[%(supplier)s, %(bin)s, %(second)s, %(customer)s]::uuid[]) as place
        on conflict do nothing;
    insert into spot_counts (
        id, warehouse, item, place, lot, lot_code, balance, counted, counted_at, day, on_ledger, created_at, created_by
    ) select gen_random_uuid(), %(warehouse)s, kept.item, kept.place, kept.lot, '', kept.id, 0,
            %(day)s::date + time '09:00', %(day)s::date, 0, now(), 'people/a'
        from balances as kept where kept.place = %(bin)s and %(day)s::date is not null order by kept.id limit 50;
    create temp table made on commit drop as
        select kept.id as balance, legs.on_hand, legs.id as movement, legs.day, kept.head,
            kept.entries + row_number() over (partition by kept.id order by legs.n) as number
        from legs join balances as kept on kept.item = legs.item and kept.place = legs.place;
    alter table made add column hash bytea;
    update made set hash = sha256(convert_to(balance::text || number, 'UTF8'));
    insert into entries (balance, number, on_hand, reserved, movement, day, at, previous, hash)
        select balance, number, on_hand, 0, movement, day, day + time '04:00',
            lag(hash, 1, head) over (partition by balance order by number), hash from made;
    update balances as kept set on_hand = kept.on_hand + since.on_hand, entries = since.last,
            head = sha256(convert_to(kept.id::text || since.last, 'UTF8'))
        from (select balance, sum(on_hand) as on_hand, max(number) as last from made group by balance) as since
        where since.balance = kept.id;
"""


@dataclass(frozen=True)
class Keeper:
    """Who keeps the warehouse of a world: its places by code, and the calls."""

    world: StockWorld
    database: Database
    channel: grpc.Channel
    metadata: tuple[tuple[str, str], ...]
    places: dict[str, str]
    months: ReportMonth
    days: CloseDay
    levels: KeepLevels
    caller: Caller

    def batch(self, wanted: Sequence[stock_pb2.StockMovement]) -> posting_pb2.BatchPostStockMovementsRequest:
        """To post movements at once."""
        name = f"warehouses/{self.world.warehouse}"
        return posting_pb2.BatchPostStockMovementsRequest(parent=name, stock_movements=wanted, request_id=str(new_id()))

    def grow(self, first: int, last: int, day: date | None = None) -> None:
        """Movements of these numbers, as if they had been posted: on sixty days, or on one that has spot counts too."""
        ids = {code: name.rpartition("/")[2] for code, name in self.places.items()}
        bounds: dict[str, object] = {"supplier": ids["SUPPLIER"], "customer": ids["CUSTOMER"]}
        bounds |= {"bin": ids["A-01"], "second": ids["A-02"]}
        bounds |= {"first": first, "last": last, "day": day, "goods": len(self.world.goods), "no_lot": UUID(int=0)}
        with psycopg.connect(self.world.psql, options="-csearch_path=inventory") as connection:
            cursor = psycopg.ClientCursor(connection)
            cursor.execute(_GROW, {**bounds, "warehouse": self.world.warehouse})
        with psycopg.connect(self.world.psql, options="-csearch_path=inventory", autocommit=True) as connection:
            connection.execute("vacuum analyze")


def keeper(world: StockWorld) -> Keeper:
    """The calls over a world's database, whose balances begin with nothing."""
    places = _opened(world)
    database = Database(world.url, "inventory", lambda: NOW)
    private = Ed25519PrivateKey.from_private_bytes(world.key)
    verifier = TokenVerifier({"k1": private.public_key()}.get, lambda: NOW)
    wordings = followed_wordings(database, NOW.date)
    server = Server("inventory.bylaw", verifier, trail=trail_of(database, SECRET), wordings=wordings)
    finding, tokens = Finding(database, Organisation(database, Nobody()), warehouses), PageTokens(b"of a benchmark")
    posting = posting_of(database, finding, 366)
    months, days = ReportMonth(database, finding, books, stock_months), CloseDay(database, finding, books, sealed_cards)
    kept = KeepLevels(database, finding, items, levels, LevelDays(28, 90, 180, 60, 30))
    calls = PostingCalls(
        PreviewMovement(database, finding, posting, warehouses, ledger, stock_months),
        PostMany(database, posting, ledger, books, bulk),
    )
    server.add(posting_pb2.DESCRIPTOR.services_by_name["Posting"], calls)
    shown = StockCalls(posting, ShowStock(database, finding, movements, ledger), tokens)
    server.add(stock_pb2.DESCRIPTOR.services_by_name["Stock"], shown)
    server.add(stock_months_pb2.DESCRIPTOR.services_by_name["StockMonths"], StockMonthCalls(months, tokens))
    caller = Caller(person=new_id(), grants=(HeldGrant(Scope.COMPANY, None, PERMISSIONS, ("grants/1",)),))
    token = mint(caller, key_id="k1", key=private, now=NOW, lifetime=timedelta(hours=2))
    metadata = (("authorization", f"Bearer {token}"),)
    return Keeper(world, database, LocalChannel(server), metadata, places, months, days, kept, caller)


def _opened(world: StockWorld) -> dict[str, str]:
    with psycopg.connect(world.psql, options="-csearch_path=inventory") as connection:
        connection.execute("delete from balances")
        connection.execute("update items set code = 'I' || code")
        for code, kind in PLACES.items():
            connection.execute("insert into places values (%s, %s, %s, %s)", (new_id(), world.warehouse, code, kind))
        rows = connection.execute("select code, id from places").fetchall()
    return {code: f"places/{identifier}" for code, identifier in rows}
