"""Corrections of missed punches: asked for, ended once, listed; behind a person's lock nothing comes in between."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, subtree
from bylaw_chassis.organisation.tables import holds, people, stays
from bylaw_chassis.organisation.writing import uuids

from bylaw_attendance.rules.closing.correction import (
    COUNTING,
    Acceptance,
    Correction,
    CorrectionState,
    CorrectionWishes,
    Ending,
)
from bylaw_attendance.rules.judging.punch_facts import Direction
from bylaw_attendance.store.correction_tables import corrections
from bylaw_attendance.store.struck_punches import counts
from bylaw_attendance.store.tables import punches

COLUMNS = corrections.c
WAITS = COLUMNS.state == CorrectionState.WAITING.value
ENDINGS = ("state", "ended_at", "ended_by", "end_text")
_KNOWN = sa.select(corrections, people.c.number).outerjoin(people, people.c.person == COLUMNS.person)
Place = tuple[bool, UUID]


def lock_person(connection: sa.Connection, person: UUID) -> None:
    """One change at a time of a person's corrections, until the transaction ends: a quota is not outrun."""
    key = sa.func.hashtextextended(f"corrections/{person}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def add(connection: sa.Connection, made: Correction) -> None:
    """Keeps a correction that waits."""
    row = {name: getattr(made, name) for name in Correction._fields if name in COLUMNS}
    row |= {"id": made.identifier, "month": made.month, "state": made.state.value}
    connection.execute(corrections.insert().values(row))


def find(connection: sa.Connection, identifier: UUID) -> Correction | None:
    """A correction as it stands."""
    row = connection.execute(_KNOWN.where(COLUMNS.id == identifier)).one_or_none()
    return _correction(row) if row else None


def end(connection: sa.Connection, identifier: UUID, ending: Ending) -> Correction | None:
    """Ends a correction that waits and answers it; nothing where none does."""
    told = dict(zip(ENDINGS, ending, strict=True))
    changed = corrections.update().where(COLUMNS.id == identifier, WAITS).values(revision=COLUMNS.revision + 1, **told)
    return find(connection, identifier) if connection.execute(changed).rowcount else None


def revoke(connection: sa.Connection, identifier: UUID, ending: Ending) -> Correction | None:
    """Takes back that a correction was accepted and answers it; nothing where it is not."""
    told = dict(zip(ENDINGS, (CorrectionState.REFUSED.value, *ending[1:]), strict=True))
    kept = {"accepted_at": COLUMNS.ended_at, "accepted_by": COLUMNS.ended_by, "revision": COLUMNS.revision + 1}
    accepted = COLUMNS.state == CorrectionState.ACCEPTED.value
    changed = corrections.update().where(COLUMNS.id == identifier, accepted).values(**kept, **told)
    return find(connection, identifier) if connection.execute(changed).rowcount else None


def counting(connection: sa.Connection, person: UUID, month: date) -> list[Correction]:
    """Those that use up the quota of a person's month, by instant."""
    query = _KNOWN.where(COLUMNS.person == person, COLUMNS.month == month, COLUMNS.state.in_(COUNTING))
    return [_correction(row) for row in connection.execute(query.order_by(COLUMNS.instant))]


def waiting_near(connection: sa.Connection, wished: Correction, span: timedelta) -> Correction | None:
    """One of the same person that waits and goes the same way, at most so far away."""
    near = COLUMNS.instant.between(wished.instant - span, wished.instant + span)
    query = _KNOWN.where(WAITS, near, COLUMNS.person == wished.person, COLUMNS.direction == wished.direction)
    row = connection.execute(query.order_by(COLUMNS.instant).limit(1)).one_or_none()
    return _correction(row) if row else None


def punch_near(connection: sa.Connection, wished: Correction, span: timedelta) -> datetime | None:
    """The instant of a punch that goes the same way, or does not say which, at most so far away."""
    columns = punches.c
    query = sa.select(columns.instant).where(
        columns.person == wished.person,
        columns.instant.between(wished.instant - span, wished.instant + span),
        columns.direction.in_([Direction.UNCERTAIN.value, wished.direction]),
        counts(),
    )
    return connection.execute(query.order_by(columns.instant).limit(1)).scalar()


def listed(
    connection: sa.Connection, wish: CorrectionWishes, reach: Reach, *, day: date, page: tuple[Place | None, int]
) -> list[Correction]:
    """Corrections of whom a reach holds on a day: what waits first, each the newest first; behind a place."""
    after, limit = page
    # Ids are in order of time.
    query = _KNOWN.where(reached(reach, COLUMNS.person, day, day), *_wished(wish, day))
    if after:
        query = query.where(sa.tuple_(WAITS, COLUMNS.id) < sa.tuple_(*map(sa.literal, after)))
    rows = connection.execute(query.order_by(WAITS.desc(), COLUMNS.id.desc()).limit(limit))
    return [_correction(row) for row in rows]


def _wished(wish: CorrectionWishes, day: date) -> Iterator[sa.ColumnElement[bool]]:
    if wish.unit:
        inside = sa.select(stays.c.person).where(holds(stays.c, day, day), stays.c.unit.in_(subtree({wish.unit}, day)))
        yield COLUMNS.person.in_(inside)
    if wish.person:
        yield COLUMNS.person == wish.person
    if wish.state:
        yield from _stands(wish.state)


def _stands(state: CorrectionState) -> Iterator[sa.ColumnElement[bool]]:
    is_revoked = COLUMNS.accepted_at.is_not(None)
    if state is CorrectionState.REVOKED:
        yield is_revoked
        return
    yield COLUMNS.state == state.value
    if state is CorrectionState.REFUSED:
        yield ~is_revoked


def accepted(
    connection: sa.Connection, of_people: Collection[UUID], start: datetime, end_instant: datetime
) -> list[Correction]:
    """What became punches of these people, from an instant to before another."""
    query = _KNOWN.where(
        COLUMNS.person == sa.any_(uuids(of_people)),
        COLUMNS.state == CorrectionState.ACCEPTED.value,
        COLUMNS.instant >= start,
        COLUMNS.instant < end_instant,
    )
    return [_correction(row) for row in connection.execute(query)]


def _correction(row: Any) -> Correction:
    state = CorrectionState.REVOKED if row.accepted_at else CorrectionState(row.state)
    ending = Ending(state, row.ended_at, row.ended_by, row.end_text) if row.ended_at else None
    return Correction(
        row.id,
        row.person,
        row.instant,
        row.utc_offset_minutes,
        row.time_zone,
        row.direction,
        row.reason,
        row.evidence,
        row.asked_at,
        row.revision,
        ending,
        row.number or "",
        Acceptance(row.accepted_at, row.accepted_by) if row.accepted_at else None,
    )
