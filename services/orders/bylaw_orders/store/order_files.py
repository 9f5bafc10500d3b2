"""Imports of files of orders: handed in, run chunk by chunk, ended; sealed files, and what became of lines."""

from array import array
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.kept_reach import reach_from_json, reach_to_json
from bylaw_chassis.tables import jobs

from bylaw_orders.rules.order_files.order_import import (
    Chunk,
    Counts,
    ImportState,
    ListedLine,
    OrderImport,
    OrderLines,
    Outcome,
    RefusedLine,
)
from bylaw_orders.store.channels import within
from bylaw_orders.store.order_file_tables import order_import_chunks, order_import_files, order_imports
from bylaw_orders.store.tables import channels, orders

NO_ORDER = bytes(16)
_SAME = ("channel", "importer", "zone", "file_digest", "created_by", "created_at", "position", "total", "finished_at")
_GOING_ON = order_imports.c.state.in_([int(ImportState.WAITING), int(ImportState.RUNNING)])


def add(connection: sa.Connection, made: OrderImport) -> None:
    """Keeps an import."""
    row = {name: getattr(made, name) for name in _SAME if name not in {"position", "finished_at"}}
    row |= {"id": made.identifier, "state": int(made.state), "file_names": list(made.file_names)}
    connection.execute(order_imports.insert().values(**row, reach=reach_to_json(made.reach)))


def add_file(connection: sa.Connection, identifier: UUID, number: int, sealed: bytes) -> None:
    """Keeps a file of an import."""
    connection.execute(order_import_files.insert().values(of_import=identifier, file=number, content=sealed))


def files(connection: sa.Connection, identifier: UUID) -> list[bytes]:
    """The sealed files of an import, in order."""
    query = sa.select(order_import_files.c.content).where(order_import_files.c.of_import == identifier)
    return [bytes(content) for content in connection.execute(query.order_by(order_import_files.c.file)).scalars()]


def find(
    connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False
) -> OrderImport | None:
    """An import of a channel within reach; `lock` keeps others from moving it until the transaction ends."""
    query = sa.select(order_imports).where(order_imports.c.id == identifier, _within(reach, day))
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _import(row) if row else None


def listed(
    connection: sa.Connection,
    asked: tuple[UUID | None, ImportState | None],
    reach: Reach,
    day: date,
    *,
    page: tuple[UUID | None, int],
) -> list[OrderImport]:
    """Those of channels within reach, newest first, behind a place: ids are in order of time."""
    (channel, state), (after, limit) = asked, page
    conditions = [_within(reach, day)]
    conditions += [order_imports.c.channel == channel] if channel else []
    conditions += [order_imports.c.state == int(state)] if state else []
    conditions += [order_imports.c.id < after] if after else []
    query = sa.select(order_imports).where(*conditions).order_by(order_imports.c.id.desc()).limit(limit)
    return [_import(row) for row in connection.execute(query)]


def complete(connection: sa.Connection, made: OrderImport) -> None:
    """Writes what a further file makes of an import."""
    values = {"importer": made.importer, "file_names": list(made.file_names), "file_digest": made.file_digest}
    _update(connection, made.identifier, state=int(made.state), total=made.total, **values)


def begin_chunk(connection: sa.Connection, identifier: UUID, position: int, now: datetime) -> datetime | None:
    """Notes that a chunk is begun; answers since when it has been, if somebody began it before and did not end it."""
    query = sa.select(order_imports.c.chunk_position, order_imports.c.chunk_at).where(order_imports.c.id == identifier)
    row = connection.execute(query.with_for_update()).one()
    if row.chunk_position == position:
        since: datetime = row.chunk_at
        return since
    running = {"state": int(ImportState.RUNNING), "chunk_position": position, "chunk_at": now}
    _update(connection, identifier, **running)
    return None


def placed_since(connection: sa.Connection, ids: Collection[UUID], actor: str, since: datetime) -> dict[UUID, Outcome]:
    """Those of these orders that somebody put on record since an instant: new, or waiting for a person."""
    query = sa.select(orders.c.id, orders.c.holds).where(
        orders.c.id == sa.any_(sa.literal(list(ids), sa.ARRAY(sa.Uuid))),
        orders.c.created_by == actor,
        orders.c.created_at >= since,
    )
    return {row.id: Outcome.HELD if row.holds else Outcome.TAKEN for row in connection.execute(query)}


def add_chunk(connection: sa.Connection, made: OrderImport, chunk: Chunk, things: int) -> None:
    """Keeps what a chunk of so many orders and refused rows came to, and moves the import on."""
    rows = array("i", (row for one in chunk.orders for row in one.rows))
    connection.execute(
        order_import_chunks.insert().values(
            of_import=made.identifier,
            position=made.position,
            rows=rows.tobytes(),
            counts=array("i", (len(one.rows) for one in chunk.orders)).tobytes(),
            outcomes=bytes(one.outcome for one in chunk.orders),
            orders=b"".join(one.order.bytes if one.order else NO_ORDER for one in chunk.orders),
            refused=[list(line) for line in chunk.refused],
        )
    )
    counts = {name: getattr(order_imports.c, name) + count for name, count in chunk.counts._asdict().items()}
    odd = {word: made.oddities.get(word, 0) + count for word, count in chunk.oddities.items()}
    oddities = {**made.oddities, **odd}
    _update(connection, made.identifier, position=made.position + things, oddities=oddities, **counts)


def end(
    connection: sa.Connection, identifier: UUID, state: ImportState, now: datetime, *, refusal: RefusedLine | None
) -> None:
    """Ends it; its files are no longer needed, their digest stays."""
    kept = list(refusal) if refusal else None
    _update(connection, identifier, state=int(state), finished_at=now, refusal=kept)
    connection.execute(order_import_files.delete().where(order_import_files.c.of_import == identifier))


def parked(connection: sa.Connection, kind: str) -> list[OrderImport]:
    """Imports that nobody runs any more though they have not ended, locked: their job, of this kind, was parked."""
    mine = sa.and_(jobs.c.kind == kind, jobs.c.key == sa.cast(order_imports.c.id, sa.Text))
    given_up = sa.exists().where(mine, jobs.c.finished_at.is_not(None))
    query = sa.select(order_imports).where(_GOING_ON, given_up).order_by(order_imports.c.id)
    return [_import(row) for row in connection.execute(query.with_for_update())]


def awaiting(connection: sa.Connection, before: datetime) -> list[OrderImport]:
    """Imports that have waited for a file since before an instant, locked."""
    waiting = order_imports.c.state == int(ImportState.FILE_AWAITED)
    query = sa.select(order_imports).where(waiting, order_imports.c.created_at < before).order_by(order_imports.c.id)
    return [_import(row) for row in connection.execute(query.with_for_update())]


def lines(
    connection: sa.Connection, identifier: UUID, outcome: Outcome | None, *, page: tuple[tuple[int, int] | None, int]
) -> list[ListedLine]:
    """The lines of an import behind a place, as many as asked; chunk after chunk is looked at."""
    after, limit = page
    query = sa.select(order_import_chunks).where(order_import_chunks.c.of_import == identifier)
    query = query.where(order_import_chunks.c.position >= (after[0] if after else 0))
    result = connection.execution_options(stream_results=True, max_row_buffer=1).execute(
        query.order_by(order_import_chunks.c.position)
    )
    every = (line for row in result for line in _lines(row))
    wanted = (line for line in every if outcome in {None, line.outcome} and (after is None or line.place > after))
    found = list(islice(wanted, limit))
    result.close()
    return found


def _lines(row: Any) -> Iterator[ListedLine]:
    """The lines of a chunk: those of its orders, then those that were refused."""
    number = 0
    for one in _orders(row):
        for line in one.rows:
            yield ListedLine((row.position, number), line, one.outcome, one.order, None)
            number += 1
    for told in row.refused:
        refused = RefusedLine(*told)
        yield ListedLine((row.position, number), refused.row, Outcome.REFUSED, None, refused)
        number += 1


def _orders(row: Any) -> Iterator[OrderLines]:
    rows, counts, first = _ints(row.rows), _ints(row.counts), 0
    for place, (count, outcome) in enumerate(zip(counts, row.outcomes, strict=True)):
        which = bytes(row.orders[16 * place : 16 * place + 16])
        order = UUID(bytes=which) if which != NO_ORDER else None
        yield OrderLines(rows[first : first + count], Outcome(outcome), order)
        first += count


def _ints(told: bytes) -> Sequence[int]:
    made = array("i")
    made.frombytes(told)
    return made


def _within(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    if reach.everyone:
        return sa.true()
    return order_imports.c.channel.in_(sa.select(channels.c.id).where(within(reach, day)))


def _import(row: Any) -> OrderImport:
    return OrderImport(
        row.id,
        state=ImportState(row.state),
        file_names=tuple(row.file_names),
        reach=reach_from_json(row.reach),
        counts=Counts(*(getattr(row, name) for name in Counts._fields)),
        oddities=row.oddities,
        refusal=RefusedLine(*row.refusal) if row.refusal else None,
        **{name: getattr(row, name) for name in _SAME},
    )


def _update(connection: sa.Connection, identifier: UUID, **values: object) -> None:
    connection.execute(order_imports.update().where(order_imports.c.id == identifier).values(**values))
