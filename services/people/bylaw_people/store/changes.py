"""What was recorded of the organisation, newest first, as far as each part of it may be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_people.ports.organisation import Sight
from bylaw_people.rules.recording import Change, Kind
from bylaw_people.store import rows
from bylaw_people.store.dated_tables import position_versions, site_versions
from bylaw_people.store.positions import sits_within
from bylaw_people.store.reach import Within
from bylaw_people.store.tables import appointments, deputyships, headships, positions, unit_versions

NOTHING = sa.null()


@dataclass(frozen=True, slots=True)
class Changes:
    """What was recorded, in one transaction."""

    connection: sa.Connection

    def page(
        self, day: date, sight: Sight, *, since: datetime | None, before: tuple[datetime, str] | None, limit: int
    ) -> list[Change]:
        """Changes since a moment, older than the one a page ended with: its moment and its row."""
        every = sa.union_all(*_parts(sight, day)).subquery()
        statement = sa.select(every)
        if since:
            statement = statement.where(every.c.recorded_at >= since)
        if before:
            place = sa.tuple_(every.c.recorded_at, every.c.row)
            statement = statement.where(place < sa.tuple_(sa.literal(before[0]), sa.literal(before[1])))
        ordered = statement.order_by(every.c.recorded_at.desc(), every.c.row.desc()).limit(limit)
        return [_change(row) for row in self.connection.execute(ordered)]


def _parts(sight: Sight, day: date) -> Iterator[sa.Select[tuple[object, ...]]]:
    told, seen = Within(sight.people, day), Within(sight.units, day)
    yield _of_versions(Kind.UNIT, unit_versions, "unit").where(
        *(one.unit(unit_versions.c.unit) for one in (told, seen))
    )
    # A position's whole history belongs to the unit it sits in now, as in ListPositionVersions.
    there = (sits_within(reach, day) for reach in (sight.people, sight.positions))
    known = position_versions.c.position.in_(sa.select(positions.c.id).where(*there))
    yield _of_versions(Kind.POSITION, position_versions, "position").where(known)
    if not sight.sites.nothing:
        yield _of_versions(Kind.SITE, site_versions, "site")
    for kind, table in ((Kind.HEAD, headships), (Kind.DEPUTY, deputyships)):
        spans = _of_spans(kind, table, "unit", table.c.person)
        yield spans.where(*(one.unit(table.c.unit) for one in (told, seen)))
    nobody = sa.cast(NOTHING, sa.Uuid)
    yield _of_spans(Kind.APPOINTMENT, appointments, "person", nobody).where(told.person(appointments.c.person))


def _of_versions(kind: Kind, table: sa.Table, key: str) -> sa.Select[tuple[object, ...]]:
    columns = table.c
    row = sa.cast(columns[key], sa.Text) + sa.literal("/") + sa.cast(columns.revision, sa.Text)
    spans = [columns.valid_from.label("first"), sa.cast(NOTHING, sa.Date).label("last")]
    replaced = [
        sa.case((columns.withdrawn, columns.recorded_at)).label("superseded_at"),
        sa.case((columns.withdrawn, columns.recorded_by)).label("superseded_by"),
    ]
    dated = row + sa.literal("/") + sa.cast(columns.valid_from, sa.Text)
    return _columns(kind, dated, columns[key], sa.cast(NOTHING, sa.Uuid), [*spans, *_stamp(table), *replaced])


def _of_spans(kind: Kind, table: sa.Table, key: str, person: sa.ColumnElement[UUID]) -> sa.Select[tuple[object, ...]]:
    columns = table.c
    spans = [columns.start_date.label("first"), columns.end_date.label("last")]
    replaced = [columns.superseded_at, columns.superseded_by]
    row = sa.cast(columns.id, sa.Text)
    return _columns(kind, row, columns[key], person, [*spans, *_stamp(table), *replaced])


def _stamp(table: sa.Table) -> list[sa.ColumnElement[object]]:
    return [table.c.recorded_at, table.c.recorded_by]


def _columns(
    kind: Kind,
    row: sa.ColumnElement[str],
    owner: sa.ColumnElement[UUID],
    person: sa.ColumnElement[UUID],
    more: list[sa.ColumnElement[object]],
) -> sa.Select[tuple[object, ...]]:
    named = [sa.literal(kind.value).label("kind"), row.label("row"), owner.label("owner"), person.label("person")]
    columns: list[Any] = [*named, *more]
    return sa.select(*columns)


def _change(row: sa.Row[tuple[object, ...]]) -> Change:
    kind, recording = Kind(row.kind), rows.recording(row)
    return Change(kind, row.owner, row.row, row.person, row.first, row.last, recording)
