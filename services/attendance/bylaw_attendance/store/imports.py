"""Imports of files: handed in, run chunk by chunk, ended; their files and their refused lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.kept_reach import reach_from_json, reach_to_json
from bylaw_chassis.tables import jobs

from bylaw_attendance.rules.imports import (
    Counts,
    FileLayout,
    ImportState,
    PunchImport,
    RefusedLine,
    RepeatedLine,
)
from bylaw_attendance.store import import_revocations
from bylaw_attendance.store.tables import import_files, imports, refused_lines, repeated_lines

FIELDS = (
    "id",
    "file_name",
    "site",
    "device",
    "complete_until",
    "created_by",
    "file_digest",
    "created_at",
    "read_count",
    "taken_count",
    "repeated_count",
    "refused_count",
    "position",
    "total",
    "finished_at",
)


def add(connection: sa.Connection, made: PunchImport, content: bytes) -> None:
    """Keeps an import and its file."""
    row: dict[str, Any] = {name: getattr(made, name) for name in FIELDS}
    row.update(state=int(made.state), format=int(made.format), reach=reach_to_json(made.reach))
    connection.execute(imports.insert().values(row))
    connection.execute(import_files.insert().values(import_id=made.id, content=content))


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> PunchImport | None:
    """An import; `lock` keeps others from moving it until the transaction ends."""
    query = sa.select(imports).where(imports.c.id == identifier)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    revoked = import_revocations.among(connection, [identifier])
    return replace(_import(row), revocation=revoked.get(identifier)) if row else None


def listed(
    connection: sa.Connection, state: ImportState | None, creator: str | None, *, page: tuple[UUID | None, int]
) -> list[PunchImport]:
    """Everybody's, or somebody's, newest first, behind a place: ids are in order of time."""
    after, limit = page
    conditions = [imports.c.id < after] if after else []
    conditions += [imports.c.state == int(state)] if state else []
    conditions += [imports.c.created_by == creator] if creator is not None else []
    rows = connection.execute(sa.select(imports).where(*conditions).order_by(imports.c.id.desc()).limit(limit)).all()
    revoked = import_revocations.among(connection, [row.id for row in rows])
    return [replace(_import(row), revocation=revoked.get(row.id)) for row in rows]


def _import(row: Any) -> PunchImport:
    refusal = RefusedLine(**row.refusal) if row.refusal else None
    warning = RefusedLine(**row.warning) if row.warning else None
    return PunchImport(
        state=ImportState(row.state),
        format=FileLayout(row.format),
        reach=reach_from_json(row.reach),
        refusal=refusal,
        warning=warning,
        **{name: getattr(row, name) for name in FIELDS},
    )


def parked(connection: sa.Connection, kind: str) -> list[PunchImport]:
    """Imports that nobody runs any more though they have not ended, locked: their job, of this kind, was parked."""
    mine = sa.and_(jobs.c.kind == kind, jobs.c.key == sa.cast(imports.c.id, sa.Text))
    given_up = sa.exists().where(mine, jobs.c.finished_at.is_not(None))
    going_on = imports.c.state.in_([int(ImportState.WAITING), int(ImportState.RUNNING)])
    query = sa.select(imports).where(going_on, given_up).order_by(imports.c.id).with_for_update()
    return [_import(row) for row in connection.execute(query)]


def content(connection: sa.Connection, identifier: UUID) -> bytes:
    """The file as it was handed in."""
    found = connection.execute(sa.select(import_files.c.content).where(import_files.c.import_id == identifier))
    return bytes(found.scalar_one())


def start(connection: sa.Connection, identifier: UUID, *, total: int) -> None:
    """Says that it runs, and over how many lines."""
    _update(connection, identifier, state=int(ImportState.RUNNING), total=total)


def move(connection: sa.Connection, identifier: UUID, *, position: int, counts: Counts) -> None:
    """Adds what a chunk came to, and says how far the file was read."""
    _update(
        connection,
        identifier,
        position=position,
        read_count=imports.c.read_count + counts.read,
        taken_count=imports.c.taken_count + counts.taken,
        repeated_count=imports.c.repeated_count + counts.repeated,
        refused_count=imports.c.refused_count + counts.refused,
    )


def end(
    connection: sa.Connection, identifier: UUID, state: ImportState, now: datetime, *, refusal: RefusedLine | None
) -> None:
    """Ends it; the file's bytes are no longer needed, its digest stays."""
    kept = refusal._asdict() if refusal else None
    _update(connection, identifier, state=int(state), finished_at=now, refusal=kept)
    connection.execute(import_files.delete().where(import_files.c.import_id == identifier))


def warn(connection: sa.Connection, identifier: UUID, warning: RefusedLine) -> None:
    """Says what is probably wrong with it as a whole."""
    _update(connection, identifier, warning=warning._asdict())


def _update(connection: sa.Connection, identifier: UUID, **values: object) -> None:
    connection.execute(imports.update().where(imports.c.id == identifier).values(values))


def refuse_lines(connection: sa.Connection, identifier: UUID, lines: Sequence[RefusedLine]) -> None:
    """Keeps lines that were not taken."""
    rows = [{"import_id": identifier, **line._asdict()} for line in lines]
    for row in rows:
        row.pop("ordinal")  # the database numbers them
    if rows:
        connection.execute(refused_lines.insert(), rows)


def refused(
    connection: sa.Connection, identifier: UUID, *, after: tuple[int, int] | None, limit: int
) -> list[RefusedLine]:
    """The lines an import refused, by number, behind a place."""
    lines = refused_lines.c
    query = sa.select(lines.line, lines.field, lines.reason, lines.zh, lines.en, lines.ordinal)
    query = query.where(lines.import_id == identifier).order_by(lines.line, lines.ordinal)
    if after:
        query = query.where(sa.tuple_(lines.line, lines.ordinal) > sa.tuple_(*map(sa.literal, after)))
    return [RefusedLine(*row) for row in connection.execute(query.limit(limit))]


def repeat_lines(connection: sa.Connection, identifier: UUID, lines: Sequence[int], *, position: int) -> None:
    """Keeps the lines of a chunk whose punches were on record, a line as often as it has such punches."""
    if lines:
        row = {"import_id": identifier, "position": position, "lines": sorted(lines)}
        connection.execute(repeated_lines.insert().values(row))


def repeated(connection: sa.Connection, identifier: UUID, *, after: int, limit: int) -> list[RepeatedLine]:
    """The lines with punches that were on record, by number, behind one."""
    each = sa.select(sa.func.unnest(repeated_lines.c.lines).label("line"))
    every = each.where(repeated_lines.c.import_id == identifier).subquery()
    counted = sa.select(every.c.line, sa.func.count()).where(every.c.line > after)
    query = counted.group_by(every.c.line).order_by(every.c.line).limit(limit)
    return [RepeatedLine(line, count) for line, count in connection.execute(query)]
