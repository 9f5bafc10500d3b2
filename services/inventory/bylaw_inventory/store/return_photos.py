"""What is on record of photos of returned goods; their images lie in a folder (WHS-6)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.returns.waiting import ReturnPhoto
from bylaw_inventory.store.return_tables import return_photos
from bylaw_inventory.store.tables import movements
from bylaw_inventory.store.warehouses import reached

COLUMNS = return_photos.c


def add(connection: sa.Connection, made: ReturnPhoto) -> None:
    """Keeps what is known of a photo."""
    row = made._asdict()
    row["id"] = row.pop("identifier")
    connection.execute(return_photos.insert().values(row))


def of_return(connection: sa.Connection, movement: UUID) -> list[ReturnPhoto]:
    """A return's photos, oldest first."""
    query = sa.select(return_photos).where(COLUMNS.movement == movement).order_by(COLUMNS.id)
    return [_photo(row) for row in connection.execute(query)]


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> ReturnPhoto | None:
    """A photo of a return to a warehouse within reach."""
    query = sa.select(return_photos).join(movements, movements.c.id == COLUMNS.movement)
    query = query.where(COLUMNS.id == identifier, movements.c.warehouse.in_(reached(reach, today)))
    row = connection.execute(query).one_or_none()
    return _photo(row) if row else None


def known(connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those of these that are on record."""
    return set(connection.execute(sa.select(COLUMNS.id).where(COLUMNS.id.in_(list(ids)))).scalars())


def _photo(row: Any) -> ReturnPhoto:
    said = (row.content_type, bytes(row.digest), row.size_bytes, row.taken_at, row.taken_by)
    return ReturnPhoto(row.id, row.movement, *said)
