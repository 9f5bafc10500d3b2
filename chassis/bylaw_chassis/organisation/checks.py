"""What the doctor examines of the organisation: read up to date, and equal to what people's feed tells."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from bylaw.people.v1 import feed_pb2

from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.organisation.facts import Headship, KnownPerson, SiteVersion, Stay, UnitVersion
from bylaw_chassis.organisation.place import Place, read_place
from bylaw_chassis.organisation.tables import heads, people, sites, stays, units
from bylaw_chassis.organisation.told import person_facts, site_facts, unit_facts
from bylaw_chassis.tables import feed, feed_state

NAME = "organisation"
AGE = timedelta(seconds=60)
CURE = Words(
    "若持续如此：请停止服务，在该服务的 cursors 表中删除 people 一行再启动，组织即从头重读。",
    "If it stays so: stop the service, delete the row `people` of its `cursors` and start; the organisation is read"
    " anew from the beginning.",
)
SHAPES: dict[sa.Table, tuple[str, ...]] = {
    people: KnownPerson._fields,
    stays: Stay._fields,
    units: UnitVersion._fields,
    heads: Headship._fields,
    sites: SiteVersion._fields,
}
Row = tuple[Any, ...]


class _Told(NamedTuple):
    """People's feed as it stands: how far it goes, and its events with their places."""

    last_position: int
    events: list[tuple[int, Any]]

    def until(self, position: int) -> set[Row]:
        """The rows that events up to a place come to."""
        return set(_rows(event for place, event in self.events if place <= position))

    def changed_after(self, position: int) -> set[Any]:
        """Whom and what events behind a place are about: they may be known here or not yet."""
        return {row[0] for row in _rows(event for place, event in self.events if place > position)}


def organisation_check(neighbour: Database) -> tuple[str, Check]:
    """The check and its name; `neighbour` is people's database, read only to compare with its feed."""

    def check(connection: sa.Connection, examined: Examined) -> Finding:
        seen, told = read_place(connection), _told(neighbour)
        position = int(seen.cursor.split(".")[1]) if seen.cursor else 0
        beyond = told.changed_after(position)
        differing = {row for row in told.until(position) ^ _kept(connection) if row[0] not in beyond}
        return _finding(seen, told, position, differing=len(differing), examined=examined)

    return NAME, check


def _finding(seen: Place, told: _Told, position: int, *, differing: int, examined: Examined) -> Finding:
    age, lag = seen.age(examined.database.clock()), told.last_position - position
    late = examined.running and (age is None or age > AGE)
    seconds = int(age.total_seconds()) if age is not None else "-"
    return Finding(
        NAME,
        not differing and not late,
        Words(
            f"读到人员事件流第 {position} 条(共 {told.last_position}，落后 {lag})，{seconds} 秒前；"
            f"与事件流不符 {differing} 处。",
            f"read people's feed to position {position} of {told.last_position} ({lag} behind), {seconds} s ago;"
            f" {differing} rows differ from one rebuilt from it.",
        ),
        CURE,
    )


def _told(neighbour: Database) -> _Told:
    with neighbour.read() as connection:
        last = connection.execute(sa.select(feed_state.c.last_position)).scalar_one()
        rows = connection.execute(sa.select(feed.c.position, feed.c.payload).order_by(feed.c.position)).all()
    return _Told(last, [(row.position, feed_pb2.Event.FromString(row.payload)) for row in rows])


def _rows(events: Iterable[Any]) -> list[Row]:
    """The rows that events come to, each behind the id of what it is about; what was told last counts."""
    last: dict[Any, list[Row]] = {}
    for event in events:
        kind = event.WhichOneof("change")
        if kind == "person_changed":
            person = person_facts(event.person_changed)
            last[person.person] = _rows_of(people, [person[:3]]) + _rows_of(stays, person.stays)
        elif kind == "unit_changed":
            unit = unit_facts(event.unit_changed)
            last[unit.unit] = _rows_of(units, unit.versions) + _rows_of(heads, unit.heads)
        elif kind == "site_changed":
            site = site_facts(event.site_changed)
            last[site.site] = _rows_of(sites, site.versions)
    return [row for rows in last.values() for row in rows]


def _rows_of(table: sa.Table, facts: Iterable[tuple[Any, ...]]) -> list[Row]:
    return [(fact[0], table.name, *fact) for fact in facts]


def _kept(connection: sa.Connection) -> set[Row]:
    """The rows as they are."""
    return {
        (row[0], table.name, *row)
        for table, fields in SHAPES.items()
        for row in connection.execute(sa.select(*(table.c[field] for field in fields)))
    }
