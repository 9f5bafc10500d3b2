"""Swaps of the rota: asked for, moved on, ended once, listed; behind two people's locks nothing comes in between."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached
from bylaw_chassis.organisation.tables import people

from bylaw_attendance.rules.rota.rota_swap import WAITING, Signature, Swap, SwapEnding, SwapState
from bylaw_attendance.store.rota_swap_tables import rota_swaps

COLUMNS = rota_swaps.c
WAITS = COLUMNS.state.in_([state.value for state in WAITING])
_ASKER, _OTHER = people.alias("asker_known"), people.alias("other_known")
_KNOWN = (
    sa.select(rota_swaps, _ASKER.c.number.label("asker_number"), _OTHER.c.number.label("other_number"))
    .outerjoin(_ASKER, _ASKER.c.person == COLUMNS.asker)
    .outerjoin(_OTHER, _OTHER.c.person == COLUMNS.other)
)
Place = tuple[bool, UUID]


def lock_people(connection: sa.Connection, of_people: Collection[UUID]) -> None:
    """One change at a time of the swaps of these people, until the transaction ends."""
    for person in sorted(of_people):
        key = sa.func.hashtextextended(f"rota-swaps/{person}", 0)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def add(connection: sa.Connection, made: Swap) -> None:
    """Keeps a swap that waits."""
    connection.execute(rota_swaps.insert().values({"id": made.identifier, **_row(made)}))


def keep(connection: sa.Connection, changed: Swap) -> None:
    """Keeps what became of a swap, whose row is locked."""
    connection.execute(rota_swaps.update().where(COLUMNS.id == changed.identifier).values(_row(changed)))


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> Swap | None:
    """A swap as it stands; locked until the transaction ends, if wished."""
    query = _KNOWN.where(COLUMNS.id == identifier)
    row = connection.execute(query.with_for_update(of=rota_swaps) if lock else query).one_or_none()
    return _swap(row) if row else None


def within(connection: sa.Connection, identifier: UUID, reach: Reach, day: date) -> Swap | None:
    """A swap of which a reach holds one of the two on a day."""
    row = connection.execute(_KNOWN.where(COLUMNS.id == identifier, _held(reach, day))).one_or_none()
    return _swap(row) if row else None


def waiting_about(connection: sa.Connection, made: Swap) -> Swap | None:
    """Another one that waits, of one of the same people about one of the same days."""
    both = list(made.both)
    theirs = sa.or_(COLUMNS.asker.in_(both), COLUMNS.other.in_(both))
    query = _KNOWN.where(WAITS, theirs, COLUMNS.days.overlap(list(made.days))).order_by(COLUMNS.id).limit(1)
    row = connection.execute(query).one_or_none()
    return _swap(row) if row else None


def listed(
    connection: sa.Connection, state: SwapState | None, reach: Reach, *, day: date, page: tuple[Place | None, int]
) -> list[Swap]:
    """Swaps of which a reach holds one of the two on a day: what waits first, each the newest first; behind a place."""
    after, limit = page
    query = _KNOWN.where(_held(reach, day))
    if state:
        query = query.where(COLUMNS.state == state.value)
    if after:
        query = query.where(sa.tuple_(WAITS, COLUMNS.id) < sa.tuple_(*map(sa.literal, after)))
    rows = connection.execute(query.order_by(WAITS.desc(), COLUMNS.id.desc()).limit(limit))
    return [_swap(row) for row in rows]


def _held(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    return sa.or_(reached(reach, COLUMNS.asker, day, day), reached(reach, COLUMNS.other, day, day))


def _row(made: Swap) -> dict[str, Any]:
    named = ("asker", "other", "reason", "asked_at", "agreed_at", "revision")
    ended = made.ending
    return {
        **{name: getattr(made, name) for name in named},
        "days": list(made.days),
        "state": made.state.value,
        **_signed("asker_consent", made.asker_consent),
        **_signed("other_consent", made.other_consent),
        **_signed("ended", ended.signature if ended else None),
        "end_text": ended.text if ended else None,
    }


def _signed(name: str, signature: Signature | None) -> dict[str, Any]:
    return {f"{name}_by": signature.by if signature else None, f"{name}_at": signature.at if signature else None}


def _swap(row: Any) -> Swap:
    return Swap(
        row.id,
        row.asker,
        row.other,
        tuple(row.days),
        row.reason,
        row.asked_at,
        row.revision,
        row.agreed_at,
        _signature(row.asker_consent_by, row.asker_consent_at),
        _signature(row.other_consent_by, row.other_consent_at),
        SwapEnding(SwapState(row.state), Signature(row.ended_by, row.ended_at), row.end_text) if row.ended_at else None,
        (row.asker_number or "", row.other_number or ""),
    )


def _signature(by: str | None, at: Any) -> Signature | None:
    return Signature(by, at) if by else None
