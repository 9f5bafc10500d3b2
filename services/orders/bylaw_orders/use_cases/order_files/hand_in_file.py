"""Hands in files of orders: what can be refused at once is, the rest runs as a job in the same commit (ORD-1)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clock import Clock
from bylaw_chassis.database import Database, Work
from bylaw_chassis.files.opening import GZIP_START, SIZE_LIMIT_BYTES, unpack
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import ZIP_START
from bylaw_chassis.jobs import enqueue
from bylaw_chassis.values import new_id
from bylaw_hooks.orders import ReadFault

from bylaw_orders.ports.order_files import FileSeal, OrderFileStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.order_files.choosing import Chosen
from bylaw_orders.rules.order_files.order_import import Chunk, ImportState, OrderImport, RefusedLine
from bylaw_orders.rules.order_files.refusals import OrderFileRefused, OrderImportComplete, OrderImportNotFound
from bylaw_orders.rules.order_files.wishes import OrderUnfit, Wishes, refused_line, refused_lines
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.order_files.read_files import ReadFiles

JOB = "order-import"
LARGEST_FILE_BYTES = 32 * 1024 * 1024
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Handover:
    """A file, and what whoever hands it in says of it."""

    content: bytes
    file_name: str
    importer: str
    zone: str
    more_files: bool
    validate_only: bool


@dataclass(frozen=True, slots=True)
class Validated:
    """What a file would come to where it was only looked at; of the refused lines the first."""

    made: OrderImport
    refused: Sequence[RefusedLine] = ()


@dataclass(frozen=True, slots=True)
class HandInFile:
    """Keeps the file, sealed, and the job that will read it."""

    database: Database
    finding: Finding
    store: OrderFileStore
    seal: FileSeal
    reading: ReadFiles
    clock: Clock

    def hand_in(self, channel: UUID, given: Handover, caller: Caller, reach: Reach) -> Validated:
        """Refuses as the contract says; answers the import that waits."""
        plain = _unpacked(given.content)
        with self.database.read() as connection:
            of = self.finding.channel(connection, channel, reach)
        chosen = self.reading.choose([plain], given.importer) if not given.more_files else None
        importer = chosen.importer if chosen else given.importer
        made = OrderImport(
            new_id(),
            channel,
            ImportState.FILE_AWAITED if given.more_files else ImportState.WAITING,
            importer,
            given.zone,
            (given.file_name,),
            hashlib.sha256(given.content).digest(),
            caller.key,
            reach,
            self.clock(),
            total=_lines(plain),
        )
        if given.validate_only:
            return self._validated(made, chosen, of)
        with self.database.work() as work:
            self.store.add(work.connection, made)
            self._keep(work, made, 1, given.content)
        return Validated(made)

    def add_file(self, identifier: UUID, given: Handover, reach: Reach) -> Validated:
        """Adds the file that an import waits for; refuses ORDER_IMPORT_NOT_FOUND, ORDER_IMPORT_COMPLETE and FILE_*."""
        plain = _unpacked(given.content)
        with self.database.read() as connection:
            waiting = self._awaiting(self.store.find(connection, identifier, reach, self.finding.today))
            of = self.finding.channel(connection, waiting.channel, reach)
            sealed = self.store.files(connection, identifier)
        files = [*self._opened(identifier, sealed), plain]
        chosen = self.reading.choose(files, waiting.importer)
        made = replace(
            waiting,
            state=ImportState.WAITING,
            importer=chosen.importer,
            file_names=(*waiting.file_names, given.file_name),
            file_digest=hashlib.sha256(waiting.file_digest + given.content).digest(),
            total=waiting.total + _lines(plain),
        )
        if given.validate_only:
            return self._validated(made, chosen, of)
        with self.database.work() as work:
            again = self.store.find(work.connection, identifier, reach, self.finding.today, lock=True)
            self._awaiting(again)
            self.store.complete(work.connection, made)
            self._keep(work, made, len(files), given.content)
        return Validated(made)

    def _keep(self, work: Work, made: OrderImport, number: int, content: bytes) -> None:
        self.store.add_file(
            work.connection, made.identifier, number, self.seal.sealed(made.identifier, number, content)
        )
        if made.state is ImportState.WAITING:
            enqueue(work.connection, JOB, str(made.identifier), made.identifier.bytes, database=self.database)

    def _opened(self, identifier: UUID, sealed: Sequence[bytes]) -> list[bytes]:
        return [self.seal.opened(identifier, number, one) for number, one in enumerate(sealed, start=1)]

    def _awaiting(self, found: OrderImport | None) -> OrderImport:
        if found is None:
            raise OrderImportNotFound
        if found.state is not ImportState.FILE_AWAITED:
            raise OrderImportComplete
        return found

    def _validated(self, made: OrderImport, chosen: Chosen | None, of: Channel) -> Validated:
        """Reads the files to their end and takes nothing; what would be taken is not told from repeats."""
        refused, oddities = list[RefusedLine](), dict[str, int]()
        orders, lines, wishes = 0, 0, Wishes()
        for read in self.reading.read(chosen, made.zone, of.wish.currency) if chosen else ():
            if isinstance(read, ReadFault):
                refused.append(refused_line(read))
                continue
            try:
                wishes.wish(read)
            except OrderUnfit as unfit:
                refused += refused_lines(read, unfit)
                continue
            orders, lines = orders + 1, lines + len(read.rows)
            for word in read.oddities:
                oddities[word] = oddities.get(word, 0) + 1
        counts = Chunk((), refused, oddities).counts._replace(taken=lines, orders=orders)
        told = replace(made, counts=counts, oddities=oddities, state=ImportState.DONE, finished_at=made.created_at)
        return Validated(told, refused[:MOST_SHOWN])


def _unpacked(content: bytes) -> bytes:
    """What is in a file that is not too large."""
    if len(content) > LARGEST_FILE_BYTES:
        raise OrderFileRefused(FileRefused(FileReason.TOO_LARGE, limit_bytes=str(LARGEST_FILE_BYTES)))
    try:
        return unpack(content, SIZE_LIMIT_BYTES) if content.startswith(GZIP_START) else content
    except FileRefused as refused:
        raise OrderFileRefused(refused) from refused


def _lines(plain: bytes) -> int:
    """About how many lines a file has, for its progress; none where that is not seen without reading it."""
    return 0 if plain.startswith(ZIP_START) else plain.count(b"\n")
