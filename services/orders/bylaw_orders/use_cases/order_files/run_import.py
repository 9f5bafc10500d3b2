"""Runs an import of orders: chunk by chunk, what became of each kept with its progress in one transaction (ORD-1).

Killed anywhere and run again it goes on behind the last chunk that was kept: importers read the same again in the same
order. Orders of the chunk that it was killed in are on record already; those count as what they were taken as.
"""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.ahead import made_ahead
from bylaw_chassis.caller import Caller, Reach, caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.garbage import in_bulk
from bylaw_chassis.jobs import Lease, LeaseLost
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_name
from bylaw_hooks.orders import ReadFault, ReadOrder

from bylaw_orders.ports.order_files import FileSeal, OrderFileStore
from bylaw_orders.rules.order_files.order_import import (
    IMPORTS,
    Chunk,
    ImportState,
    OrderImport,
    OrderLines,
    Outcome,
    RefusedLine,
)
from bylaw_orders.rules.order_files.refusals import ImporterBroken
from bylaw_orders.rules.order_files.wishes import OrderUnfit, Wishes, refused_line, refused_lines
from bylaw_orders.rules.orders.order import OrderWish, order_id
from bylaw_orders.rules.orders.same_lines import SameLines
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.intake.outcome import Taken, TakingOutcome
from bylaw_orders.use_cases.intake.take_orders import TakeOrders
from bylaw_orders.use_cases.order_files.read_files import ReadFiles

CHUNK_ORDERS = 2_000
Read = ReadOrder | ReadFault
EVERYTHING = Reach(everyone=True)
"""For whoever looks after imports, whosever they are."""


class Stretch(NamedTuple):
    """So many things that were read: orders that can be taken, each with its wish, and the rows of all that cannot."""

    things: int
    wished: Sequence[tuple[ReadOrder, OrderWish]]
    refused: Sequence[RefusedLine]


@dataclass(frozen=True, slots=True)
class RunImport:
    """The job `order-import`."""

    database: Database
    finding: Finding
    store: OrderFileStore
    seal: FileSeal
    reading: ReadFiles
    taking: TakeOrders
    chunk_orders: int = CHUNK_ORDERS

    def __call__(self, lease: Lease) -> None:
        """Takes the import to its end; raises LeaseLost where another worker has it."""
        identifier = UUID(bytes=lease.payload)
        with self.database.read() as connection:
            made = self.store.find(connection, identifier, EVERYTHING, self.finding.today)
            if made is None or made.state.ended:
                return
            sealed = self.store.files(connection, identifier)
        try:
            with in_bulk():
                self._run(lease, made, [self.seal.opened(identifier, n, one) for n, one in enumerate(sealed, start=1)])
        except Refusal as refusal:
            self._refuse(lease, made, refusal)

    def _run(self, lease: Lease, made: OrderImport, files: Sequence[bytes]) -> None:
        with self.database.read() as connection:
            currency = self.finding.channel(connection, made.channel, made.reach).wish.currency
        chosen = self.reading.choose(files, made.importer)
        things = islice(self.reading.read(chosen, made.zone, currency), made.position, None)
        shared = SameLines()
        with made_ahead(_stretches(things, self.chunk_orders)) as stretches:
            for stretch in stretches:
                lease.renew()
                made = self._take(lease, made, stretch, shared)
        with self.database.work() as work:
            if not self._held(lease, work, made).state.ended:
                self.store.end(work.connection, made.identifier, ImportState.DONE, work.now, refusal=None)

    def _take(self, lease: Lease, made: OrderImport, stretch: Stretch, shared: SameLines) -> OrderImport:
        """Takes a stretch, and keeps what became of it; answers the import as it stands then."""
        with self.database.work() as work:
            if self._held(lease, work, made).position != made.position:
                raise LeaseLost
            since = self.store.begin_chunk(work.connection, made.identifier, made.position, work.now)
        wished, refused = stretch.wished, list(stretch.refused)
        caller = caller_by_key(made.created_by)
        came = [wish for _, wish in wished]
        taken = self.taking.many(made.channel, came, caller, made.reach, shared=shared) if wished else []
        before = self._placed_before(made, caller, came, since) if since else {}
        orders = [_lines(read, one, before) for (read, _), one in zip(wished, taken, strict=True)]
        refused += [line for (read, _), one in zip(wished, taken, strict=True) for line in _refused(read, one)]
        oddities = Counter(word for read, _ in wished for word in read.oddities)
        chunk = Chunk([one for one in orders if one.order], refused, oddities)
        with self.database.work() as work:
            if self._held(lease, work, made).position != made.position:
                raise LeaseLost
            self.store.add_chunk(work.connection, made, chunk, stretch.things)
            return self._held(lease, work, made)

    def _placed_before(
        self, made: OrderImport, caller: Caller, wishes: Sequence[OrderWish], since: datetime
    ) -> dict[UUID, Outcome]:
        """What a worker that died in the middle of this chunk had taken already."""
        ids = [order_id(made.channel, wish.number) for wish in wishes]
        with self.database.read() as connection:
            return self.store.placed_since(connection, ids, caller.key, since)

    def _refuse(self, lease: Lease, made: OrderImport, refusal: Refusal) -> None:
        told = RefusedLine(0, "", refusal.reason, refusal.message_zh, refusal.message_en)
        state = ImportState.FAILED if isinstance(refusal, ImporterBroken) else ImportState.REFUSED
        with self.database.work() as work:
            if not self._held(lease, work, made).state.ended:
                self.store.end(work.connection, made.identifier, state, work.now, refusal=told)

    def _held(self, lease: Lease, work: Work, made: OrderImport) -> OrderImport:
        """The import as it stands, locked; raises LeaseLost where another worker holds the job."""
        lease.hold(work.connection)
        found = self.store.find(work.connection, made.identifier, EVERYTHING, self.finding.today, lock=True)
        if found is None:
            raise LeaseLost
        work.act_as(caller_by_key(made.created_by))
        work.concerns(resource_name(IMPORTS, made.identifier))
        return found


def _stretches(things: Iterator[Read], size: int) -> Generator[Stretch, None, None]:
    wishes = Wishes()
    while stretch := list(islice(things, size)):
        yield _sorted(stretch, wishes)


def _sorted(stretch: Sequence[Read], wishes: Wishes) -> Stretch:
    wished, refused = list[tuple[ReadOrder, OrderWish]](), list[RefusedLine]()
    for read in stretch:
        if isinstance(read, ReadFault):
            refused.append(refused_line(read))
            continue
        try:
            wished.append((read, wishes.wish(read)))
        except OrderUnfit as unfit:
            refused += refused_lines(read, unfit)
    return Stretch(len(stretch), wished, refused)


def _lines(read: ReadOrder, taken: Taken, before: dict[UUID, Outcome]) -> OrderLines:
    outcome = Outcome(taken.outcome)
    if taken.order and outcome is Outcome.REPEATED:
        outcome = before.get(taken.order, outcome)
    return OrderLines(read.rows, outcome, taken.order)


def _refused(read: ReadOrder, taken: Taken) -> Iterator[RefusedLine]:
    if taken.outcome is TakingOutcome.REFUSED and taken.refusal:
        refusal = taken.refusal
        for row in read.rows:
            yield RefusedLine(row, "", refusal.reason, refusal.message_zh, refusal.message_en)
