"""What the doctor examines of attendance: its projection, its plugins, its imports; sheets have a file of their own."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw.people.v1 import feed_pb2
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.tables import feed, feed_state
from bylaw_hooks import PluginRefused

from bylaw_attendance.app import MIGRATIONS
from bylaw_attendance.doctor_sheets import sheets_check
from bylaw_attendance.neighbours import changes_of
from bylaw_attendance.policies import Policies, installed
from bylaw_attendance.rules.imports import ImportState
from bylaw_attendance.rules.organisation import (
    Headship,
    KnownPerson,
    PersonFacts,
    SiteFacts,
    Stay,
    UnitFacts,
    UnitVersion,
)
from bylaw_attendance.store import organisation
from bylaw_attendance.store import tables as kept

__all__ = ["MIGRATIONS", "checks"]

AGE = timedelta(seconds=60)
IMPORT_DELAY = timedelta(minutes=15)
Row = tuple[Any, ...]
PROJECTION_CURE = Words(
    "若持续如此:请停止服务,在 attendance 的 cursors 表中删除 people 一行再启动,投影即从头重建。",
    "If it stays so: stop the service, delete the row `people` of attendance's `cursors` and start; the projection is"
    " built anew.",
)


def checks(people: Database) -> Sequence[tuple[str, Check]]:
    """The checks by name; `people` is the neighbour's database, read only to compare with its feed."""

    def projected(connection: sa.Connection, examined: Examined) -> Finding:
        return projection(connection, examined, people)

    return (
        ("projection", projected),
        ("plugins", plugins),
        ("imports", imports),
        ("sheets", sheets_check(people)),
    )


def projection(connection: sa.Connection, examined: Examined, people: Database) -> Finding:
    """The organisation is read up to date and equals what people's feed tells."""
    cursor, read_at = organisation.read_cursor(connection), organisation.read_at(connection)
    position = int(cursor.split(".")[1]) if cursor else 0
    with people.read() as neighbour:
        last = neighbour.execute(sa.select(feed_state.c.last_position)).scalar_one()
        entries = neighbour.execute(sa.select(feed.c.position, feed.c.payload).order_by(feed.c.position)).all()
    told = [row.payload for row in entries if row.position <= position]
    beyond = {row[0] for row in _rows([entry.payload for entry in entries if entry.position > position])}
    differing = {row for row in set(_rows(told)) ^ _projected(connection) if row[0] not in beyond}
    age = examined.database.clock() - read_at if read_at else None
    late = examined.running and (age is None or age > AGE)
    seconds = int(age.total_seconds()) if age is not None else "-"
    return Finding(
        "projection",
        not differing and not late,
        Words(
            f"读到人员事件流第 {position} 条(共 {last}),{seconds} 秒前;与事件流不符 {len(differing)} 处。",
            f"read people's feed to position {position} of {last}, {seconds} s ago; {len(differing)} rows differ from"
            " one rebuilt from it.",
        ),
        PROJECTION_CURE,
    )


def _rows(payloads: Iterable[bytes]) -> list[Row]:
    """The rows of the projection that a feed tells, each behind the id of what it is about."""
    events = (feed_pb2.Event.FromString(payload) for payload in payloads)
    last = {(type(change), change[0]): change for event in events for change in changes_of(event)}
    rows: list[Row] = []
    for change in last.values():
        if isinstance(change, PersonFacts):
            rows += [(change.person, "people", *change[:3]), *_kept("appointments", change.stays)]
        elif isinstance(change, UnitFacts):
            rows += [*_kept("units", change.versions), *_kept("heads", change.heads)]
        else:
            rows.append((change.site, "sites", *change))
    return rows


def _kept(table: str, facts: Iterable[Stay | UnitVersion | Headship]) -> list[Row]:
    return [(fact[0], table, *fact) for fact in facts]


def _projected(connection: sa.Connection) -> set[Row]:
    """The rows of the projection as they are."""
    shapes: dict[sa.Table, tuple[str, ...]] = {
        kept.people: KnownPerson._fields,
        kept.appointments: Stay._fields,
        kept.units: UnitVersion._fields,
        kept.heads: Headship._fields,
        kept.sites: SiteFacts._fields,
    }
    found: set[Row] = set()
    for table, fields in shapes.items():
        for row in connection.execute(sa.select(*(table.c[field] for field in fields))):
            found.add((row[0], table.name, *row))
    return found


def plugins(connection: sa.Connection, _: Examined) -> Finding:
    """Every version of a pattern that anybody follows is installed and takes its parameters."""
    assigned = connection.execute(sa.select(kept.assignments.c.pattern, kept.assignments.c.parameters)).all()
    try:
        book = Policies(installed())
    except PluginRefused as refused:
        cure = Words("请更正或卸载该插件。", "Mend or uninstall that plugin.")
        return Finding("plugins", holds=False, seen=Words(refused.zh, refused.en), cure=cure)
    gone = sorted({row.pattern for row in assigned if not _fits(book, row.pattern, row.parameters)})
    offered = ", ".join(one.pattern for one in book.offered())
    lacking_zh, lacking_en = (", ".join(gone) or none for none in ("无", "none"))
    return Finding(
        "plugins",
        not gone,
        Words(f"已注册 {offered};已指派但缺失:{lacking_zh}。", f"{offered}; assigned but gone: {lacking_en}."),
        Words(
            "请重新安装提供该版本的发行包,或从某日起改用其他模式。",
            "Install the distribution with that version again, or assign another pattern from a date on.",
        ),
    )


def _fits(book: Policies, pattern: str, parameters: dict[str, Any]) -> bool:
    try:
        book.checked(pattern, parameters)
    except Refusal:
        return False
    return True


def imports(connection: sa.Connection, examined: Examined) -> Finding:
    """No import hangs, and of those that ended no file is kept."""
    ended = kept.imports.c.state.in_([int(ImportState.DONE), int(ImportState.REFUSED)])
    hanging = sa.and_(~ended, kept.imports.c.created_at < examined.database.clock() - IMPORT_DELAY)
    hang = _count(connection, sa.select(kept.imports.c.id).where(hanging))
    files = kept.imports.join(kept.import_files, kept.imports.c.id == kept.import_files.c.import_id)
    left = _count(connection, sa.select(kept.imports.c.id).select_from(files).where(ended))
    return Finding(
        "imports",
        not left and not (hang and examined.running),
        Words(
            f"停滞的导入 {hang} 个;已结束却仍保留文件的 {left} 个。",
            f"{hang} hang; {left} ended and still keep their file.",
        ),
        Words(
            "停滞:查看日志中的 job_failed。文件:删除 import_files 中对应的行。",
            "Hanging: look for job_failed in the log. Files: delete their rows in `import_files`.",
        ),
    )


def _count(connection: sa.Connection, ids: sa.Select[tuple[UUID]]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(ids.subquery())).scalar_one()
