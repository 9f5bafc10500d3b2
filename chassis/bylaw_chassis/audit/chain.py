"""The proof: every seal recomputed from the rows it covers, link by link, in bounded memory."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bylaw_chassis.audit.canonical import FIRST, head_sql, row_hash_sql
from bylaw_chassis.audit.tables import audit
from bylaw_chassis.audit.tail import unsealed

SEALS_AT_ONCE = 200
MARK_BYTES = 16
MOST_IDS = 10

_LINKS = sa.text(f"""
    select seal.*, seal.from_xid::text as lower, seal.to_xid::text as upper,
        covered.found_marks, {head_sql()} as recomputed
    from audit_seals as seal cross join lateral (
        select sha256(coalesce(string_agg(hash, ''::bytea order by id), ''::bytea)) as rows,
            coalesce(string_agg(int8send(id) || substr(hash, 1, 8), ''::bytea order by id), ''::bytea) as found_marks
        from (
            select id, {row_hash_sql()} as hash from audit
            where incarnation = seal.incarnation and xid >= seal.from_xid and xid < seal.to_xid
        ) as hashed
    ) as covered
    where number > :after order by number limit :batch
""")  # noqa: S608 - our own expressions


@dataclass(frozen=True, slots=True)
class Break:
    """The first link that does not hold: the seal, and of its rows those changed, missing or added behind its back."""

    seal: int
    changed: Sequence[int] = ()
    missing: Sequence[int] = ()
    added: Sequence[int] = ()

    @property
    def ids(self) -> Sequence[int]:
        """All rows at fault; none where the seal itself is."""
        return sorted({*self.changed, *self.missing, *self.added})


@dataclass(frozen=True, slots=True)
class Proof:
    """What was recomputed, how long that took, and the first broken link if there is one."""

    seals: int
    rows: int
    seconds: float
    broken: Break | None = None
    stray: int = 0
    """Rows that are neither under a seal nor wait for one: nobody but an administrator of the database makes such."""

    @property
    def whole(self) -> bool:
        """Whether every link holds and no row stands outside."""
        return self.broken is None and not self.stray

    @property
    def rows_per_second(self) -> int:
        """How fast it went."""
        return int(self.rows / self.seconds) if self.seconds else 0


def prove(connection: sa.Connection) -> Proof:
    """Recomputes the whole chain, up to its first broken link.

    On one snapshot of the database; on several, what is sealed meanwhile would look stray.
    """
    began = time.monotonic()
    head, number, rows = FIRST, 0, 0
    sealed_to: dict[Any, int] = {}
    for link in _links(connection):
        broken = _broken(link, number + 1, head, sealed_to.get(link.incarnation, 0))
        if broken:
            return Proof(number, rows, time.monotonic() - began, broken)
        head, number, rows = link.head, link.number, rows + link.entries
        sealed_to[link.incarnation] = int(link.upper)
    every = connection.execute(sa.select(sa.func.count()).select_from(audit)).scalar_one()
    stray = every - rows - unsealed(connection).rows
    return Proof(number, rows, time.monotonic() - began, stray=stray)


def _links(connection: sa.Connection) -> Iterator[Any]:
    after = 0
    while links := connection.execute(_LINKS, {"after": after, "batch": SEALS_AT_ONCE}).all():
        yield from links
        after = links[-1].number


def _broken(link: Any, number: int, head: bytes, sealed_to: int) -> Break | None:
    """Whether a link does not follow from the one before, or its rows are not what was sealed."""
    if link.number != number or link.previous != head or int(link.lower) != sealed_to:
        return Break(number)
    if link.head == link.recomputed and link.marks == link.found_marks:
        return None
    then, now = _by_id(link.marks), _by_id(link.found_marks)
    return Break(
        number,
        changed=sorted(id_ for id_ in then.keys() & now.keys() if then[id_] != now[id_])[:MOST_IDS],
        missing=sorted(then.keys() - now.keys())[:MOST_IDS],
        added=sorted(now.keys() - then.keys())[:MOST_IDS],
    )


def _by_id(marks: bytes) -> dict[int, bytes]:
    places = range(0, len(marks), MARK_BYTES)
    return {int.from_bytes(marks[at : at + 8], signed=True): marks[at + 8 : at + MARK_BYTES] for at in places}
