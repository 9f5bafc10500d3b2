"""What changed in who may do what, from all tables that say so, as one list in the order of recording (SEC-3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_people.rules.access.changes import AccessChange, ChangeFilter, ChangeKind
from bylaw_people.store.access_tables import outside_accesses, role_versions
from bylaw_people.store.reach import Within
from bylaw_people.store.standing import position_unit
from bylaw_people.store.tables import Instant, Uuid, appointments, deputyships, grants, headships

COLUMNS = ("key", "at", "by", "kind", "subject", "person", "position", "role", "unit", "start_date", "end_date")


@dataclass(frozen=True, slots=True)
class AccessChanges:
    """The changes in one transaction."""

    connection: sa.Connection

    def page(self, asked: ChangeFilter, reach: Reach, *, after: str, limit: int) -> list[AccessChange]:
        """Changes that concern people and positions within a reach, oldest first; roles concern everybody."""
        changes = sa.union_all(*_changes(asked)).subquery()
        columns = changes.c
        statement = sa.select(changes).where(_within(changes, reach, asked))
        if asked.person:
            statement = statement.where(columns.person == asked.person)
        if after:
            at, _, key = after.partition(" ")
            statement = statement.where(sa.tuple_(columns.at, columns.key) > sa.tuple_(sa.cast(at, Instant), key))
        found = self.connection.execute(statement.order_by(columns.at, columns.key).limit(limit))
        return [_change(row) for row in found]


def _within(changes: sa.Subquery, reach: Reach, asked: ChangeFilter) -> sa.ColumnElement[bool]:
    if reach.everyone:
        return sa.true()
    within, where = Within(reach, asked.day), position_unit(asked.day)
    there = sa.select(where.c.position).where(within.unit(where.c.unit))
    of_position = sa.and_(changes.c.person.is_(None), changes.c.position.in_(there))
    return sa.or_(within.person(changes.c.person), of_position, changes.c.kind == ChangeKind.ROLE.value)


def _changes(asked: ChangeFilter) -> Iterator[sa.Select[Any]]:
    yield from _of_grants(asked)
    for posts in (headships, deputyships):
        subject = sa.literal("units/") + sa.cast(posts.c.unit, sa.Text)
        yield _recorded(ChangeKind.HEAD, posts, subject, asked, unit=posts.c.unit)
    subject = sa.literal("people/") + sa.cast(appointments.c.person, sa.Text)
    more = {"unit": appointments.c.unit, "position": appointments.c.position}
    yield _recorded(ChangeKind.APPOINTMENT, appointments, subject, asked, **more)
    yield from _of_outsiders(asked)
    yield _of_roles(asked)


def _of_grants(asked: ChangeFilter) -> Iterator[sa.Select[Any]]:
    columns = grants.c
    subject = sa.literal("grants/") + sa.cast(columns.id, sa.Text)
    more = {"role": columns.role, "unit": columns.unit, "position": columns.position}
    for kind, at, by in (
        (ChangeKind.GRANT_GIVEN, columns.granted_at, columns.granted_by),
        (ChangeKind.GRANT_ENDED, columns.ended_at, columns.ended_by),
    ):
        yield _one(kind, grants, at, asked, by=by, subject=subject, **more)


def _of_outsiders(asked: ChangeFilter) -> Iterator[sa.Select[Any]]:
    columns = outside_accesses.c
    subject = sa.literal("outsideAccesses/") + sa.cast(columns.id, sa.Text)
    for kind, at, by in (
        (ChangeKind.OUTSIDER_PERMITTED, columns.permitted_at, columns.permitted_by),
        (ChangeKind.OUTSIDER_ENDED, columns.ended_at, columns.ended_by),
    ):
        yield _one(kind, outside_accesses, at, asked, by=by, subject=subject)


def _of_roles(asked: ChangeFilter) -> sa.Select[Any]:
    columns = role_versions.c
    found = {
        "key": columns.role + sa.literal("@") + sa.cast(columns.revision, sa.Text),
        "at": columns.recorded_at,
        "by": columns.recorded_by,
        "kind": sa.literal(ChangeKind.ROLE.value),
        "subject": sa.literal("roles/") + columns.role,
        "role": columns.role,
    }
    return _select(found, columns.recorded_at, asked)


def _recorded(
    kind: ChangeKind, table: sa.Table, subject: sa.ColumnElement[str], asked: ChangeFilter, **more: Any
) -> sa.Select[Any]:
    columns = table.c
    return _one(kind, table, columns.recorded_at, asked, by=columns.recorded_by, subject=subject, **more)


def _one(
    kind: ChangeKind, table: sa.Table, at: sa.ColumnElement[Any], asked: ChangeFilter, **more: Any
) -> sa.Select[Any]:
    columns = table.c
    found = {
        "key": sa.literal(f"{kind.value}/") + sa.cast(columns.id, sa.Text),
        "at": at,
        "kind": sa.literal(kind.value),
        "person": columns.person,
        "start_date": columns.start_date,
        "end_date": columns.end_date,
        **more,
    }
    return _select(found, at, asked)


def _select(found: dict[str, Any], at: sa.ColumnElement[Any], asked: ChangeFilter) -> sa.Select[Any]:
    empty = {"role": sa.literal(""), "start_date": sa.cast(sa.null(), sa.Date), "end_date": sa.cast(sa.null(), sa.Date)}
    columns = {name: found.get(name, empty.get(name, sa.cast(sa.null(), Uuid))) for name in COLUMNS}
    stated = [column.label(name) for name, column in columns.items()]
    return sa.select(*stated).where(at >= asked.begins_at, at < asked.ends_at)


def _change(row: Any) -> AccessChange:
    return AccessChange(
        f"{row.at.isoformat()} {row.key}",
        row.at,
        row.by,
        ChangeKind(row.kind),
        row.subject,
        row.person,
        row.position,
        row.role,
        row.unit,
        row.start_date,
        row.end_date,
    )
