"""The ledger of leave: entries are added at the end of a person's chain, and never changed (LVE-1)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.rules.leave.leave_ledger import Entry, EntryKind
from bylaw_attendance.rules.leave.leave_recorded import Reasons, Recorded, ToRecord, chained
from bylaw_attendance.store import leave_people
from bylaw_attendance.store.leave_tables import leave_ledger

COLUMNS = leave_ledger.c


def append(
    connection: sa.Connection, person: UUID, entries: Sequence[ToRecord], *, now: datetime, by: str
) -> list[Recorded]:
    """Records entries behind the person's last one, in this order; answers them."""
    if not entries:
        return []
    locked = leave_people.lock(connection, person)
    numbered = enumerate(entries, locked.entries + 1)
    made = [Recorded(person, place, one.entry, one.why, now, by) for place, one in numbered]
    links = list(chained(made, locked.head))
    connection.execute(leave_ledger.insert(), [_row(one) for one in links])
    leave_people.lengthen(connection, person, by=len(links), head=links[-1].hash)
    return links


def of_person(connection: sa.Connection, person: UUID) -> list[Recorded]:
    """All that is recorded of a person, in order."""
    query = sa.select(leave_ledger).where(COLUMNS.person == person).order_by(COLUMNS.place)
    return [recorded(row) for row in connection.execute(query)]


def every(connection: sa.Connection) -> Iterator[Recorded]:
    """All that is recorded, person by person."""
    rows = connection.execute(sa.select(leave_ledger).order_by(COLUMNS.person, COLUMNS.place))
    return (recorded(row) for row in rows)


def listed(connection: sa.Connection, person: UUID, balance: str, *, page: tuple[int | None, int]) -> list[Recorded]:
    """A person's entries, newest first, behind a place."""
    after, limit = page
    query = sa.select(leave_ledger).where(COLUMNS.person == person)
    if balance:
        query = query.where(COLUMNS.balance == balance)
    if after is not None:
        query = query.where(COLUMNS.place < after)
    return [recorded(row) for row in connection.execute(query.order_by(COLUMNS.place.desc()).limit(limit))]


def recorded(row: Any) -> Recorded:
    """A row."""
    most = None if row.most_over is None else Fraction(row.most_over, row.most_under)
    entry = Entry(
        EntryKind(row.kind),
        row.balance,
        row.day,
        Fraction(row.amount_over, row.amount_under),
        row.key,
        row.request,
        row.expires,
        row.carried_until,
        most,
        row.corrects,
    )
    why = Reasons(row.why_zh, row.why_en, row.clause)
    return Recorded(
        row.person, row.place, entry, why, row.recorded_at, row.recorded_by, bytes(row.previous), bytes(row.hash)
    )


def _row(one: Recorded) -> dict[str, object]:
    entry = one.entry
    over, under = (entry.carried_most.as_integer_ratio()) if entry.carried_most is not None else (None, None)
    return {
        "person": one.person,
        "place": one.place,
        "kind": entry.kind.value,
        "balance": entry.balance,
        "day": entry.day,
        "amount_over": entry.amount.numerator,
        "amount_under": entry.amount.denominator,
        "key": entry.key,
        "request": entry.request,
        "expires": entry.expires,
        "carried_until": entry.carried_until,
        "most_over": over,
        "most_under": under,
        "corrects": entry.corrects,
        "why_zh": one.why.zh,
        "why_en": one.why.en,
        "clause": one.why.clause,
        "recorded_at": one.at,
        "recorded_by": one.by,
        "previous": one.previous,
        "hash": one.hash,
    }
