"""What is on record of photos of deliveries; their images lie in a folder (WHS-2)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.receiving.delivery import DeliveryPhoto
from bylaw_inventory.store.receiving_tables import deliveries, delivery_notes, delivery_photos
from bylaw_inventory.store.warehouses import reached

COLUMNS = delivery_photos.c


def add(connection: sa.Connection, made: DeliveryPhoto) -> None:
    """Keeps what is known of a photo."""
    row = made._asdict()
    row["id"] = row.pop("identifier")
    connection.execute(delivery_photos.insert().values(row))


def of_delivery(connection: sa.Connection, delivery: UUID) -> list[DeliveryPhoto]:
    """A delivery's photos, oldest first."""
    query = sa.select(delivery_photos).where(COLUMNS.delivery == delivery).order_by(COLUMNS.id)
    return [_photo(row) for row in connection.execute(query)]


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> DeliveryPhoto | None:
    """A photo of a delivery to a warehouse within reach."""
    query = (
        sa.select(delivery_photos)
        .join(deliveries, deliveries.c.id == COLUMNS.delivery)
        .join(delivery_notes, delivery_notes.c.id == deliveries.c.note)
        .where(COLUMNS.id == identifier, delivery_notes.c.warehouse.in_(reached(reach, today)))
    )
    row = connection.execute(query).one_or_none()
    return _photo(row) if row else None


def known(connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those of these that are on record."""
    return set(connection.execute(sa.select(COLUMNS.id).where(COLUMNS.id.in_(list(ids)))).scalars())


def _photo(row: Any) -> DeliveryPhoto:
    told = {name: getattr(row, name) for name in DeliveryPhoto._fields if name not in {"identifier", "digest"}}
    return DeliveryPhoto(identifier=row.id, digest=bytes(row.digest), **told)
