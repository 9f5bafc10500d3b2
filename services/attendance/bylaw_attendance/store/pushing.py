"""Clocks that push: registered, met, how each is, and the serial numbers that are not registered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.clocks.pushing import (
    Contact,
    Figures,
    PushingClock,
    ShownClock,
    Trouble,
    TroubleKind,
    Trust,
    UnknownClock,
)
from bylaw_attendance.rules.imports import RefusedLine
from bylaw_attendance.store import clock_counts
from bylaw_attendance.store.pushing_tables import (
    clock_commands,
    clock_refused_lines,
    clock_troubles,
    pushing_clocks,
    unknown_clocks,
)
from bylaw_attendance.store.tables import clocks

MOST_UNKNOWN, REFUSED_KEPT = 100, 50
FIGURES = ("read_count", "taken_count", "repeated_count", "refused_count")
RENEWED = ("utc_offset_minutes", "allowed_lag_seconds", "source_networks", "key_digest", "key_address")
_OF_CLOCK = pushing_clocks.c
_JOINED = pushing_clocks.join(clocks, clocks.c.id == _OF_CLOCK.clock)


def register(connection: sa.Connection, clock: UUID, **values: Any) -> None:
    """Lets a clock in by its serial number, or sets anew what is known of it; it is no longer retired."""
    insert = pg.insert(pushing_clocks).values(clock=clock, **values)
    renewed = {name: insert.excluded[name] for name in RENEWED if name in values}
    connection.execute(insert.on_conflict_do_update(index_elements=["clock"], set_=renewed))
    connection.execute(clocks.update().where(clocks.c.id == clock).values(retire_date=None))
    connection.execute(unknown_clocks.delete().where(unknown_clocks.c.serial_number == values["serial_number"]))


def move(connection: sa.Connection, serial_number: str, archived: str) -> None:
    """Frees the serial number of a retired clock, so that the same device can be registered at another site."""
    known = pushing_clocks.update().where(_OF_CLOCK.serial_number == serial_number)
    connection.execute(known.values(serial_number=archived))


def find(connection: sa.Connection, serial_number: str, *, lock: bool = False) -> PushingClock | None:
    """The clock of a serial number; `lock` keeps others from changing it until the transaction ends."""
    query = sa.select(*_OF_CLOCK, clocks.c.site, clocks.c.reported_until, clocks.c.retire_date)
    query = query.select_from(_JOINED).where(_OF_CLOCK.serial_number == serial_number)
    row = connection.execute(query.with_for_update(of=pushing_clocks) if lock else query).one_or_none()
    return _clock(row) if row else None


def _clock(row: Any) -> PushingClock:
    contact = Contact(row.seen_at, row.since, row.backlog_at, row.is_unsettled)
    trust = Trust(row.key_digest, row.key_address, tuple(row.source_networks))
    told = {name: getattr(row, name) for name in PushingClock._fields if name not in {"contact", "trust"}}
    return PushingClock(contact=contact, trust=trust, **told)


def change(connection: sa.Connection, clock: UUID, **values: Any) -> None:
    """Sets what is known of a clock."""
    connection.execute(pushing_clocks.update().where(_OF_CLOCK.clock == clock).values(values))


def note(connection: sa.Connection, clock: UUID, kinds: Sequence[TroubleKind], now: datetime, *, lasts: bool) -> None:
    """Sees troubles once more; one that lasts is open until it is settled, others are over in a moment."""
    insert = pg.insert(clock_troubles)
    again = {
        "last_seen_at": now,
        "seen_count": clock_troubles.c.seen_count + insert.excluded.seen_count,
        "ended_at": insert.excluded.ended_at,
    }
    statement = insert.on_conflict_do_update(index_elements=["clock", "kind"], set_=again)
    for kind in sorted(set(kinds)):
        row = {"clock": clock, "kind": int(kind), "first_seen_at": now, "last_seen_at": now}
        connection.execute(statement.values(**row, seen_count=kinds.count(kind), ended_at=None if lasts else now))


def seen_since(connection: sa.Connection, clock: UUID, kind: TroubleKind, start: datetime) -> bool:
    """Whether a trouble was seen from an instant on."""
    columns = clock_troubles.c
    seen = sa.exists().where(columns.clock == clock, columns.kind == int(kind), columns.last_seen_at >= start)
    return bool(connection.execute(sa.select(seen)).scalar())


def settle(connection: sa.Connection, clock: UUID, kind: TroubleKind, now: datetime) -> None:
    """Ends a trouble that lasted."""
    open_one = sa.and_(
        clock_troubles.c.clock == clock, clock_troubles.c.kind == int(kind), clock_troubles.c.ended_at.is_(None)
    )
    connection.execute(clock_troubles.update().where(open_one).values(ended_at=now))


def refuse_lines(connection: sa.Connection, clock: UUID, lines: Sequence[RefusedLine]) -> None:
    """Keeps the last of the lines that were not taken; older ones make room."""
    rows = [{"clock": clock, **line._asdict()} for line in lines[-REFUSED_KEPT:]]
    if not rows:
        return
    for row in rows:
        row.pop("ordinal")  # the database numbers them
    connection.execute(clock_refused_lines.insert(), rows)
    mine = clock_refused_lines.c.clock == clock
    newest = sa.select(clock_refused_lines.c.ordinal).where(mine).order_by(clock_refused_lines.c.ordinal.desc())
    kept = newest.limit(REFUSED_KEPT).subquery()
    too_old = clock_refused_lines.c.ordinal.not_in(sa.select(kept.c.ordinal))
    connection.execute(clock_refused_lines.delete().where(mine, too_old))


def knock(connection: sa.Connection, serial_number: str, now: datetime) -> None:
    """Notes a serial number that is not registered; the one that was silent longest makes room."""
    insert = pg.insert(unknown_clocks).values(serial_number=serial_number, first_seen_at=now, last_seen_at=now)
    connection.execute(insert.on_conflict_do_update(index_elements=["serial_number"], set_={"last_seen_at": now}))
    newest = sa.select(unknown_clocks.c.serial_number).order_by(unknown_clocks.c.last_seen_at.desc())
    kept = newest.limit(MOST_UNKNOWN).subquery()
    connection.execute(
        unknown_clocks.delete().where(unknown_clocks.c.serial_number.not_in(sa.select(kept.c.serial_number)))
    )


def unknown(connection: sa.Connection) -> list[UnknownClock]:
    """The serial numbers that are not registered, those seen last first."""
    query = sa.select(unknown_clocks).order_by(unknown_clocks.c.last_seen_at.desc(), unknown_clocks.c.serial_number)
    return [UnknownClock(*row) for row in connection.execute(query)]


def shown(connection: sa.Connection, *, site: UUID | None = None, clock: UUID | None = None) -> list[ShownClock]:
    """Clocks with all that is known of them, by serial number: of a site, one, or every one."""
    waiting = sa.select(sa.func.count()).where(
        clock_commands.c.clock == _OF_CLOCK.clock, clock_commands.c.answered_at.is_(None)
    )
    query = sa.select(
        *_OF_CLOCK,
        clocks.c.site,
        clocks.c.reported_until,
        clocks.c.retire_date,
        waiting.scalar_subquery().label("waiting"),
    ).select_from(_JOINED)
    if site:
        query = query.where(clocks.c.site == site)
    if clock:
        query = query.where(_OF_CLOCK.clock == clock)
    rows = connection.execute(query.order_by(_OF_CLOCK.serial_number)).all()
    return [_shown(connection, row) for row in rows]


def _shown(connection: sa.Connection, row: Any) -> ShownClock:
    figures = Figures(*(getattr(row, name) for name in FIGURES))
    troubles, refused = _troubles(connection, row.clock), _refused(connection, row.clock)
    return ShownClock(_clock(row), figures, troubles, refused, row.waiting, clock_counts.last(connection, row.clock))


def _troubles(connection: sa.Connection, clock: UUID) -> list[Trouble]:
    columns = clock_troubles.c
    query = sa.select(columns.kind, columns.first_seen_at, columns.last_seen_at, columns.seen_count, columns.ended_at)
    rows = connection.execute(query.where(columns.clock == clock).order_by(columns.kind))
    return [Trouble(TroubleKind(row.kind), *row[1:]) for row in rows]


def _refused(connection: sa.Connection, clock: UUID) -> list[RefusedLine]:
    lines = clock_refused_lines.c
    query = sa.select(lines.line, lines.field, lines.reason, lines.zh, lines.en, lines.ordinal)
    rows = connection.execute(query.where(lines.clock == clock).order_by(lines.ordinal.desc()))
    return [RefusedLine(*row) for row in rows]
