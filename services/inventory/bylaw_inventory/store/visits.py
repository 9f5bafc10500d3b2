"""Visits to warehouses with their entries, within a caller's reach (WHS-10)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.ports.visits import VisitsAsked
from bylaw_inventory.rules.visits.visit import Side, Visit, VisitEntry, Visitor
from bylaw_inventory.store.visit_tables import visit_entries, visits
from bylaw_inventory.store.warehouses import reached

COLUMNS, ENTRIES = visits.c, visit_entries.c


def lock(connection: sa.Connection, warehouse: UUID) -> None:
    """Whoever registers in the same warehouse waits until the transaction ends: so nobody is in twice."""
    key = sa.func.hashtextextended(f"visits/{warehouse}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def overlapping(connection: sa.Connection, made: Visit) -> UUID | None:
    """Another visit of the same one, who was inside at its entry in or came in since."""
    who = made.visitor
    same = (
        COLUMNS.person == who.person
        if who.person
        else sa.and_(
            COLUMNS.person.is_(None),
            sa.func.lower(COLUMNS.visitor_name) == sa.func.lower(who.name),
            sa.func.lower(COLUMNS.company) == sa.func.lower(who.company),
        )
    )
    query = sa.select(COLUMNS.id).where(
        COLUMNS.warehouse == made.warehouse,
        COLUMNS.id != made.identifier,
        same,
        COLUMNS.forgotten_at.is_(None),
        sa.not_(COLUMNS.struck_out),
        sa.or_(COLUMNS.out_at.is_(None), COLUMNS.out_at > made.in_at),
    )
    return connection.execute(query.order_by(COLUMNS.id).limit(1)).scalar()


def add(connection: sa.Connection, made: Visit) -> None:
    """Puts a visit with its entry in on record."""
    who = made.visitor
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "person": who.person,
        "visitor_name": who.name,
        "company": who.company,
        "purpose": who.purpose,
        "host": who.host,
        "in_at": made.in_at,
    }
    connection.execute(visits.insert().values(row))
    connection.execute(visit_entries.insert(), [_entry_row(made.identifier, one) for one in made.entries])


def enter(connection: sa.Connection, made: Visit, entry: VisitEntry) -> None:
    """Adds an entry, and says where it leaves the visit."""
    state: dict[str, Any] = {"out_at": made.out_at, "struck_out": made.struck_out}
    if entry.reason:
        said = sa.func.jsonb_build_object(str(entry.identifier), entry.reason)
        state["strike_reasons"] = COLUMNS.strike_reasons.op("||")(said)
    connection.execute(visits.update().where(COLUMNS.id == made.identifier).values(state))
    connection.execute(visit_entries.insert(), [_entry_row(made.identifier, entry)])


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Visit | None:
    """A visit to a warehouse within reach."""
    query = sa.select(visits).where(COLUMNS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today)))
    return next(iter(_whole(connection, connection.execute(query).all())), None)


def listed(connection: sa.Connection, asked: VisitsAsked, *, page: tuple[UUID | None, int]) -> list[Visit]:
    """A warehouse's visits, newest first, behind one."""
    after, limit = page
    query = sa.select(visits).where(COLUMNS.warehouse == asked.warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if asked.inside_now:
        query = query.where(COLUMNS.out_at.is_(None), sa.not_(COLUMNS.struck_out))
    if asked.since and asked.before:
        still = sa.or_(COLUMNS.out_at.is_(None), COLUMNS.out_at >= asked.since)
        query = query.where(COLUMNS.in_at < asked.before, still)
    if after:
        query = query.where(COLUMNS.id < after)
    return _whole(connection, connection.execute(query).all())


def forget(connection: sa.Connection, before: datetime, now: datetime) -> int:
    """Forgets who it was in visits over since an instant; that somebody was there stays."""
    over = sa.or_(COLUMNS.out_at < before, sa.and_(COLUMNS.struck_out, COLUMNS.in_at < before))
    nobody: dict[str, Any] = {
        "person": None,
        "visitor_name": "",
        "company": "",
        "purpose": "",
        "host": None,
        "strike_reasons": {},
    }
    done = visits.update().where(COLUMNS.forgotten_at.is_(None), COLUMNS.in_at < before, over)
    return connection.execute(done.values({**nobody, "forgotten_at": now})).rowcount


def _whole(connection: sa.Connection, rows: Sequence[Any]) -> list[Visit]:
    entries = _entries(connection, {row.id: row.strike_reasons for row in rows})
    return [_visit(row, entries[row.id]) for row in rows]


def _entries(connection: sa.Connection, reasons: Mapping[UUID, Mapping[str, str]]) -> dict[UUID, list[VisitEntry]]:
    found: dict[UUID, list[VisitEntry]] = {visit: [] for visit in reasons}
    query = sa.select(visit_entries).where(ENTRIES.visit.in_(list(reasons))).order_by(ENTRIES.id)
    for row in connection.execute(query):
        said = row.at, row.strikes, row.recorded_at, row.recorded_by
        made = VisitEntry(row.id, Side(row.side), *said, reason=reasons[row.visit].get(str(row.id), ""))
        found[row.visit].append(made)
    return found


def _visit(row: Any, entries: Iterable[VisitEntry]) -> Visit:
    who = Visitor(row.person, row.visitor_name, row.company, row.purpose, row.host)
    state = row.in_at, row.out_at, row.struck_out, row.forgotten_at
    return Visit(row.id, row.warehouse, who, *state, tuple(entries))


def _entry_row(visit: UUID, entry: VisitEntry) -> dict[str, Any]:
    row = entry._asdict()
    row.pop("reason")
    return {**row, "id": row.pop("identifier"), "visit": visit, "side": int(entry.side)}
