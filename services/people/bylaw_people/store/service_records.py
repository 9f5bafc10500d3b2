"""Service records as the store keeps them: each change is a row of its own, the newest counts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.recording import Recording
from bylaw_people.rules.service_record import ServiceRecord, ServiceRecordView
from bylaw_people.store import rows
from bylaw_people.store.dated_tables import service_records


@dataclass(frozen=True, slots=True)
class ServiceRecords:
    """Service records, in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def of(self, person: UUID) -> ServiceRecordView:
        """What is on record of somebody."""
        return self.of_many([person])[person]

    def of_many(self, people: Collection[UUID]) -> dict[UUID, ServiceRecordView]:
        """What is on record of each of some people."""
        columns, asked = service_records.c, sa.cast(list(people), pg.ARRAY(sa.Uuid))
        query = sa.select(service_records).where(columns.person == sa.any_(asked)).order_by(columns.revision)
        found = self.connection.execute(query)  # the newest comes last, and stays
        return dict.fromkeys(people, ServiceRecordView()) | {row.person: _view(row) for row in found}

    def add(self, person: UUID, record: ServiceRecord, *, revision: int) -> None:
        """Puts another state of somebody's on record; behind the lock of the person."""
        month, day = record.birthday or (None, None)
        told = {"service_since": record.since, "birth_month": month, "birth_day": day}
        row = {"person": person, "revision": revision, **told, **self.stamp.recorded}
        self.connection.execute(service_records.insert().values(row))


def _view(row: Any) -> ServiceRecordView:
    birthday = (row.birth_month, row.birth_day) if row.birth_month else None
    recording = Recording(row.recorded_at, row.recorded_by)
    return ServiceRecordView(ServiceRecord(row.service_since, birthday), row.revision, recording)
