"""What the doctor examines of people: signing keys that open, histories that do not overlap."""

from collections.abc import Sequence

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.settings import SettingWrong

from bylaw_people.app import MIGRATIONS
from bylaw_people.doctor_access import access
from bylaw_people.doctor_decisions import decided
from bylaw_people.doctor_notices import deliveries, due
from bylaw_people.doctor_rulebook import rulebook
from bylaw_people.store.signing_keys import SigningKeys
from bylaw_people.store.tables import appointments, deputyships, headships, unit_spans, unit_versions

__all__ = ["MIGRATIONS", "checks"]

KEY_CURE = Words(
    "请恢复本系统原来的 master.key(或 BYLAW_MASTER_KEY)。",
    "Restore the installation's own master.key (or BYLAW_MASTER_KEY).",
)
OVERLAP_CURE = Words(
    "数据库约束被移除过：请从备份恢复，或更正其中一条任职，再运行 `bylaw migrate`。",
    "A constraint was taken away: restore a back-up, or correct one of the two, then run `bylaw migrate`.",
)

SPANS_CURE = Words(
    "触发器 keep_spans 被移除过：请从备份恢复，再运行 `bylaw migrate`。",
    "The trigger keep_spans was taken away: restore a back-up, then run `bylaw migrate`.",
)


def checks(master_key: str) -> Sequence[tuple[str, Check]]:
    """The checks by name; the master key is the installation's."""

    def keys_open(_: sa.Connection, examined: Examined) -> Finding:
        return signing_keys_open(examined.database, master_key)

    return (
        ("signing keys", keys_open),
        ("appointments", _appointments),
        ("headships", _headships),
        ("deputyships", _deputyships),
        ("units as of a date", _unit_spans),
        ("rulebook", rulebook),
        ("decisions", decided),
        ("access", access),
        ("deliveries", deliveries),
        ("duties", due),
    )


def signing_keys_open(database: Database, master_key: str) -> Finding:
    """Every signing key in use opens with the master key."""
    try:
        SigningKeys(database, master_key).require_openable()
    except SettingWrong:
        seen = Words("主密钥打不开现有签名密钥。", "the master key does not open the signing keys on record.")
        return Finding("signing keys", holds=False, seen=seen, cure=KEY_CURE)
    seen = Words("均可用主密钥打开。", "all in use open with the master key.")
    return Finding("signing keys", holds=True, seen=seen, cure=KEY_CURE)


def _appointments(connection: sa.Connection, _: Examined) -> Finding:
    """Nobody has two appointments on one day."""
    return _apart(connection, appointments, "person", "appointments")


def _headships(connection: sa.Connection, _: Examined) -> Finding:
    """No unit has two heads on one day."""
    return _apart(connection, headships, "unit", "headships")


def _deputyships(connection: sa.Connection, _: Examined) -> Finding:
    """No unit has two deputies on one day."""
    return _apart(connection, deputyships, "unit", "deputyships")


def _unit_spans(connection: sa.Connection, _: Examined) -> Finding:
    """What units are from a day to a day is what their versions say, each day once."""
    columns, newest = unit_versions.c, sa.func.max(unit_versions.c.revision)
    last = (
        sa.select(columns.unit, columns.valid_from, newest.label("revision"))
        .group_by(columns[0], columns[1])
        .subquery()
    )
    same = sa.and_(*(unit_versions.c[name] == last.c[name] for name in ("unit", "valid_from", "revision")))
    counting = sa.select(columns.unit, columns.valid_from).join(last, same).where(~columns.withdrawn, ~columns.closed)
    shown = sa.select(unit_spans.c.unit, unit_spans.c.valid_from)
    apart = sa.union_all(counting.except_(shown), shown.except_(counting)).subquery()
    count, wrong = (
        connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in (unit_spans, apart)
    )
    seen = Words(f"{count} 段，{wrong} 段与版本不符。", f"{count} spans, {wrong} differ from the versions.")
    return Finding("units as of a date", wrong == 0, seen, SPANS_CURE)


def _apart(connection: sa.Connection, table: sa.Table, whose: str, name: str) -> Finding:
    """Of rows that count, no two of the same person or unit hold on one day."""
    count = connection.execute(sa.select(sa.func.count()).select_from(table).where(_counts(table))).scalar_one()
    one, other = table.alias(), table.alias()
    both = sa.and_(
        one.c.id < other.c.id,
        one.c[whose] == other.c[whose],
        _counts(one),
        _counts(other),
        _days(one).op("&&")(_days(other)),
    )
    pairs = connection.execute(sa.select(sa.func.count()).select_from(one.join(other, both))).scalar_one()
    seen = Words(f"{count} 条有效，{pairs} 对重叠。", f"{count} count, {pairs} pairs overlap.")
    return Finding(name, pairs == 0, seen, OVERLAP_CURE)


def _counts(table: sa.FromClause) -> sa.ColumnElement[bool]:
    return table.c.superseded_at.is_(None)


def _days(table: sa.FromClause) -> sa.ColumnElement[object]:
    return sa.func.daterange(table.c.start_date, table.c.end_date, "[]")
