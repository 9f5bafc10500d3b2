"""Photos by which people sign in: kept, ended once, listed, purged; behind a person's lock nothing comes in between."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, subtree
from bylaw_chassis.organisation.tables import holds, people, stays
from bylaw_chassis.organisation.writing import uuids

from bylaw_attendance.ports.photos import Place
from bylaw_attendance.rules.judging.punch_facts import Direction
from bylaw_attendance.rules.photos.photo import Photo, PhotoEnding, PhotoState, PhotoWishes
from bylaw_attendance.store import corrections
from bylaw_attendance.store.photo_tables import photos
from bylaw_attendance.store.struck_punches import counts
from bylaw_attendance.store.tables import punches

COLUMNS = photos.c
WAITS = COLUMNS.state == PhotoState.WAITING.value
ENDINGS = ("state", "ended_at", "ended_by", "end_text", "punch")
AT_ONCE = 1_000
_KNOWN = sa.select(photos, people.c.number).outerjoin(people, people.c.person == COLUMNS.person)


def lock_person(connection: sa.Connection, person: UUID) -> None:
    """One change at a time of a person's photos and corrections: together they become no two punches of one stamp."""
    corrections.lock_person(connection, person)


def add(connection: sa.Connection, made: Photo) -> None:
    """Keeps what is known of a photo that waits."""
    row = {name: getattr(made, name) for name in Photo._fields if name in COLUMNS}
    row |= {"id": made.identifier, "day": made.day, "state": made.state.value}
    connection.execute(photos.insert().values(row))


def same_as(connection: sa.Connection, person: UUID, digest: bytes) -> Photo | None:
    """The photo of the same person with the same image."""
    return _one(connection, COLUMNS.person == person, COLUMNS.digest == digest)


def count(connection: sa.Connection, person: UUID, day: date) -> int:
    """How many photos of somebody are of a day."""
    query = sa.select(sa.func.count()).where(COLUMNS.person == person, COLUMNS.day == day)
    return connection.execute(query).scalar_one()


def find(connection: sa.Connection, identifier: UUID) -> Photo | None:
    """A photo as it stands."""
    return _one(connection, COLUMNS.id == identifier)


def end(connection: sa.Connection, identifier: UUID, ending: PhotoEnding) -> Photo | None:
    """Ends a photo that waits and answers it; nothing where none does."""
    told = dict(zip(ENDINGS, ending, strict=True))
    changed = photos.update().where(COLUMNS.id == identifier, WAITS).values(told)
    return find(connection, identifier) if connection.execute(changed).rowcount else None


def punch_near(connection: sa.Connection, photo: Photo, span: timedelta) -> UUID | None:
    """The punch nearest to a photo, at most so far away, unless both say which way and not the same."""
    query = sa.select(punches.c.id).where(
        punches.c.person == photo.person,
        punches.c.instant.between(photo.instant - span, photo.instant + span),
        *([punches.c.direction.in_([Direction.UNCERTAIN.value, photo.direction])] if photo.direction else []),
        counts(),
    )
    away = sa.func.abs(sa.func.extract("epoch", punches.c.instant) - photo.instant.timestamp())
    return connection.execute(query.order_by(away, punches.c.id).limit(1)).scalar()


def listed(
    connection: sa.Connection, wish: PhotoWishes, reach: Reach, *, day: date, page: tuple[Place | None, int]
) -> list[Photo]:
    """Photos of whom a reach holds on a day: what waits first, each the newest first; behind a place."""
    after, limit = page
    # Ids are in order of time.
    query = _KNOWN.where(reached(reach, COLUMNS.person, day, day), *_wished(wish, day))
    if after:
        query = query.where(sa.tuple_(WAITS, COLUMNS.id) < sa.tuple_(*map(sa.literal, after)))
    rows = connection.execute(query.order_by(WAITS.desc(), COLUMNS.id.desc()).limit(limit))
    return [_photo(row) for row in rows]


def _wished(wish: PhotoWishes, day: date) -> Iterator[sa.ColumnElement[bool]]:
    if wish.unit:
        inside = sa.select(stays.c.person).where(holds(stays.c, day, day), stays.c.unit.in_(subtree({wish.unit}, day)))
        yield COLUMNS.person.in_(inside)
    if wish.person:
        yield COLUMNS.person == wish.person
    if wish.state:
        yield COLUMNS.state == wish.state.value


def waiting_since(connection: sa.Connection, before: datetime) -> list[UUID]:
    """Those that arrived before an instant and nobody reviewed, oldest first; not more than can be ended at once."""
    query = sa.select(COLUMNS.id).where(WAITS, COLUMNS.received_at < before).order_by(COLUMNS.received_at)
    return list(connection.execute(query.limit(AT_ONCE)).scalars())


def forget_needless(connection: sa.Connection, span: timedelta) -> list[UUID]:
    """Forgets the photos of clocks that wait though the punch has come; answers which. It proves presence by itself."""
    near = punches.c.instant.between(COLUMNS.instant - span, COLUMNS.instant + span)
    has_come = sa.exists().where(punches.c.person == COLUMNS.person, near, counts())
    gone = photos.delete().where(WAITS, COLUMNS.device != "", has_come).returning(COLUMNS.id)
    return list(connection.execute(gone).scalars())


def to_purge(connection: sa.Connection, ended_before: datetime) -> list[UUID]:
    """Those whose image is due: ended before an instant, or expired or withdrawn; not more than can be done at once."""
    at_once = COLUMNS.state.in_([PhotoState.WITHDRAWN.value, PhotoState.EXPIRED.value])
    due = sa.and_(~WAITS, COLUMNS.purged_at.is_(None), sa.or_(at_once, COLUMNS.ended_at < ended_before))
    return list(connection.execute(sa.select(COLUMNS.id).where(due).limit(AT_ONCE)).scalars())


def purged(connection: sa.Connection, ids: Collection[UUID], now: datetime) -> None:
    """Notes that their images are gone."""
    mine = sa.and_(COLUMNS.id == sa.any_(uuids(ids)), COLUMNS.purged_at.is_(None))
    connection.execute(photos.update().where(mine).values(purged_at=now))


def known(connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those of these that are on record with an image."""
    query = sa.select(COLUMNS.id).where(COLUMNS.id == sa.any_(uuids(ids)), COLUMNS.purged_at.is_(None))
    return set(connection.execute(query).scalars())


def _one(connection: sa.Connection, *chosen: sa.ColumnElement[bool]) -> Photo | None:
    row = connection.execute(_KNOWN.where(*chosen)).one_or_none()
    return _photo(row) if row else None


def _photo(row: Any) -> Photo:
    told = {name: getattr(row, name) for name in Photo._fields if name not in {"identifier", "ending", "number"}}
    ending = None
    if row.ended_at:
        ending = PhotoEnding(PhotoState(row.state), row.ended_at, row.ended_by, row.end_text, row.punch)
    return Photo(**{**told, "digest": bytes(row.digest)}, identifier=row.id, ending=ending, number=row.number or "")
