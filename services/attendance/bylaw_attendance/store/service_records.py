"""Cumulative service and birthdays as people's feed tells them: what leave policies are told beyond stays (LVE-1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.following import Hearer
from bylaw_chassis.organisation.told import identifier
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.leave.leave_held import NOTHING_MORE, ServiceRecord
from bylaw_attendance.store.leave_assignment_tables import service_records

_TOLD = ("service_since", "birth_month", "birth_day")


def service_record(connection: sa.Connection, person: UUID) -> ServiceRecord:
    """What is known of somebody."""
    query = sa.select(service_records).where(service_records.c.person == person)
    row = connection.execute(query).one_or_none()
    if row is None:
        return NOTHING_MORE
    return ServiceRecord(row.service_since, (row.birth_month, row.birth_day) if row.birth_month else None)


def _keep(connection: sa.Connection, events: Sequence[Any]) -> None:
    """Of somebody who is told of several times the last counts, for each says it whole."""
    last = {told.person: told for told in (event.service_record_changed for event in events)}
    insert = pg.insert(service_records)
    again = insert.on_conflict_do_update(
        index_elements=["person"], set_={name: insert.excluded[name] for name in _TOLD}
    )
    connection.execute(again, [_row(told) for told in last.values()])


def _row(told: Any) -> dict[str, object]:
    month, _, day = told.birthday.partition("-")
    since = date.fromisoformat(told.service_since_date) if told.service_since_date else None
    born = {"birth_month": int(month) if month else None, "birth_day": int(day) if day else None}
    return {"person": identifier(told.person), "service_since": since, **born}


def _forget(connection: sa.Connection) -> None:
    connection.execute(service_records.delete())


HEARERS: Mapping[str, Hearer] = MappingProxyType({"service_record_changed": Hearer(_keep, _forget)})
"""What is read of people's feed for it."""
