"""What the doctor examines of the rulebook in a service: that it shows the words that people's feed has told."""

from collections.abc import Iterable

import sqlalchemy as sa
from bylaw.people.v1 import feed_pb2

from bylaw_chassis.clause_words import ClauseWording, wording_told
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.organisation.place import read_place
from bylaw_chassis.tables import feed
from bylaw_chassis.wordings import clause_wordings

NAME = "rulebook"
CURE = Words(
    "请停止服务，在该服务的 cursors 表中删除 people 一行再启动，规章即从头重读。",
    "Stop the service, delete the row `people` of its `cursors` and start; the rulebook is read anew.",
)


def wordings_check(neighbour: Database) -> tuple[str, Check]:
    """The check and its name; `neighbour` is people's database, read only to compare with its feed."""

    def check(connection: sa.Connection, _: Examined) -> Finding:
        cursor = read_place(connection).cursor
        position = int(cursor.split(".")[1]) if cursor else 0
        told, beyond = _told(neighbour, position)
        kept = {row for row in _kept(connection) if row.clause not in beyond}
        differing = {row for row in told if row.clause not in beyond} ^ kept
        return Finding(
            NAME,
            not differing,
            Words(
                f"条文 {len(kept)} 版，与事件流不符 {len(differing)} 处。",
                f"{len(kept)} wordings, {len(differing)} differ from what people's feed told.",
            ),
            CURE,
        )

    return NAME, check


def _told(neighbour: Database, position: int) -> tuple[set[ClauseWording], set[str]]:
    """The wordings as told up to a place, and the clauses told of behind it: those may be known here or not yet."""
    columns = feed.c
    statement = sa.select(columns.position, columns.key, columns.payload).where(columns.kind == "clause_changed")
    with neighbour.read() as connection:
        events = connection.execute(statement.order_by(columns.position)).all()
    last = {event.key: event.payload for event in events if event.position <= position}
    return set(_wordings(last.values())), {event.key for event in events if event.position > position}


def _wordings(payloads: Iterable[bytes]) -> Iterable[ClauseWording]:
    for payload in payloads:
        yield from map(wording_told, feed_pb2.Event.FromString(payload).clause_changed.wordings)


def _kept(connection: sa.Connection) -> Iterable[ClauseWording]:
    columns = [clause_wordings.c[name] for name in ClauseWording._fields]
    return [ClauseWording(*row) for row in connection.execute(sa.select(*columns))]
