"""Rounds of warehouses with their photos, within a caller's reach (WHS-11)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.rounds.house_round import CheckKind, Checks, HouseRound, RoundPhoto, RoundSide
from bylaw_inventory.store.round_tables import house_rounds, round_photos
from bylaw_inventory.store.warehouses import reached

COLUMNS, PHOTOS = house_rounds.c, round_photos.c


def add(connection: sa.Connection, made: HouseRound) -> UUID | None:
    """Puts a round on record; answers the one that the keeper handed in before, if there is one."""
    own = {"warehouse": made.warehouse, "day": made.day, "side": int(made.side), "keeper": made.keeper}
    row = {"id": made.identifier, **own, "handed_in_at": made.handed_in_at, **made.checks._asdict()}
    done = pg.insert(house_rounds).values(row).on_conflict_do_nothing().returning(COLUMNS.id)
    if connection.execute(done).first():
        return None
    first = sa.select(COLUMNS.id).where(*(COLUMNS[name] == value for name, value in own.items()))
    there: UUID = connection.execute(first).scalar_one()
    return there


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> HouseRound | None:
    """A round of a warehouse within reach."""
    query = sa.select(house_rounds).where(COLUMNS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today)))
    return next(iter(_whole(connection, connection.execute(query).all())), None)


def hold(connection: sa.Connection, identifier: UUID) -> None:
    """Whoever adds a photo to the same round waits until the transaction ends."""
    key = sa.func.hashtextextended(f"houseRounds/{identifier}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def within(connection: sa.Connection, warehouse: UUID, first: date, last: date) -> list[HouseRound]:
    """The rounds of some days, without their photos."""
    query = sa.select(house_rounds).where(COLUMNS.warehouse == warehouse, COLUMNS.day.between(first, last))
    return [_round(row, ()) for row in connection.execute(query)]


def listed(
    connection: sa.Connection, warehouse: UUID, *, day: date | None, unusual: bool, page: tuple[UUID | None, int]
) -> list[HouseRound]:
    """A warehouse's rounds, newest first, behind one."""
    after, limit = page
    query = sa.select(house_rounds).where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if day:
        query = query.where(COLUMNS.day == day)
    if unusual:
        query = query.where(sa.or_(COLUMNS.locks != "", COLUMNS.goods != "", COLUMNS.surroundings != ""))
    if after:
        query = query.where(COLUMNS.id < after)
    return _whole(connection, connection.execute(query).all())


def add_photo(connection: sa.Connection, made: RoundPhoto) -> None:
    """Keeps what is known of a photo."""
    row = {**made._asdict(), "id": made.identifier, "kind": int(made.kind)}
    row.pop("identifier")
    connection.execute(round_photos.insert().values(row))


def photos_of(connection: sa.Connection, identifier: UUID) -> list[RoundPhoto]:
    """A round's photos, oldest first."""
    query = sa.select(round_photos).where(PHOTOS.round == identifier).order_by(PHOTOS.id)
    return [_photo(row) for row in connection.execute(query)]


def photo(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> RoundPhoto | None:
    """A photo of a round of a warehouse within reach."""
    query = (
        sa.select(round_photos)
        .join(house_rounds, COLUMNS.id == PHOTOS.round)
        .where(PHOTOS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today)))
    )
    row = connection.execute(query).one_or_none()
    return _photo(row) if row else None


def known(connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those of these photos that are on record."""
    return set(connection.execute(sa.select(PHOTOS.id).where(PHOTOS.id.in_(list(ids)))).scalars())


def _whole(connection: sa.Connection, rows: Sequence[Any]) -> list[HouseRound]:
    taken = sa.select(PHOTOS.round, PHOTOS.id).where(PHOTOS.round.in_([row.id for row in rows])).order_by(PHOTOS.id)
    photos: dict[UUID, list[UUID]] = {}
    for one in connection.execute(taken):
        photos.setdefault(one.round, []).append(one.id)
    return [_round(row, photos.get(row.id, ())) for row in rows]


def _round(row: Any, photos: Sequence[UUID]) -> HouseRound:
    checks = Checks(row.locks, row.goods, row.surroundings)
    said = row.day, RoundSide(row.side), row.keeper, row.handed_in_at
    return HouseRound(row.id, row.warehouse, *said, checks, tuple(photos))


def _photo(row: Any) -> RoundPhoto:
    said = row.content_type, bytes(row.digest), row.size_bytes, row.taken_at, row.taken_by
    return RoundPhoto(row.id, row.round, CheckKind(row.kind), *said)
