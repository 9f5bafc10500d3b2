"""Writes what people's feed tells; of a thing that changed several times the last counts, for each says it whole."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.organisation.facts import PersonFacts, SiteFacts, UnitFacts
from bylaw_chassis.organisation.tables import heads, people, sites, stays, units


def write_people(connection: sa.Connection, told: Iterable[PersonFacts]) -> None:
    """People with all their appointments."""
    last = {change.person: change for change in told}
    _forget(connection, (stays, people), "person", last.keys())
    _insert(connection, people, [change._asdict() for change in last.values()], leave_out="stays")
    _insert(connection, stays, [stay._asdict() for change in last.values() for stay in change.stays])


def write_units(connection: sa.Connection, told: Iterable[UnitFacts]) -> None:
    """Units with all their versions and heads."""
    last = {change.unit: change for change in told}
    _forget(connection, (units, heads), "unit", last.keys())
    _insert(connection, units, [version._asdict() for change in last.values() for version in change.versions])
    _insert(connection, heads, [head._asdict() for change in last.values() for head in change.heads])


def write_sites(connection: sa.Connection, told: Iterable[SiteFacts]) -> None:
    """Sites with all their versions."""
    last = {change.site: change for change in told}
    _forget(connection, (sites,), "site", last.keys())
    _insert(connection, sites, [version._asdict() for change in last.values() for version in change.versions])


def empty(connection: sa.Connection, *tables: sa.Table) -> None:
    """Forgets everything, to be told again in the same transaction."""
    for table in tables:
        connection.execute(table.delete())


def uuids(ids: Collection[UUID]) -> sa.BindParameter[Any]:
    """One parameter, however many ids there are."""
    return sa.literal(list(ids), pg.ARRAY(pg.UUID(as_uuid=True)))


def _forget(connection: sa.Connection, tables: Sequence[sa.Table], column: str, ids: Collection[UUID]) -> None:
    for table in tables:
        connection.execute(table.delete().where(table.c[column] == sa.any_(uuids(ids))))


def _insert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, object]], *, leave_out: str = ""
) -> None:
    if rows:
        kept = [{name: value for name, value in row.items() if name != leave_out} for row in rows]
        connection.execute(table.insert(), kept)
