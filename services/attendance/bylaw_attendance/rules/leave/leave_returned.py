"""Requests as they would stand once days of them are given back: what another one is considered beside (LVE-1)."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from bylaw_attendance.rules.leave.leave_entries import given_back
from bylaw_attendance.rules.leave.leave_ledger import Entry
from bylaw_attendance.rules.leave.leave_request import Leave

Returned = frozenset[tuple[UUID, date]]
"""Days of requests."""
NOTHING_RETURNED: Returned = frozenset()


def without(
    standing: Iterable[Leave], returned: Returned, recorded: Sequence[Entry]
) -> tuple[list[Leave], list[Entry]]:
    """The requests without these days, and what their balances would get back."""
    left, back = [], []
    for one in standing:
        gone = {day for request, day in returned if request == one.identifier}
        days = (day._replace(given_back=True) if day.work_date in gone else day for day in one.days)
        left.append(one._replace(days=tuple(days)) if gone else one)
        entries = given_back(recorded, one.name, since=date.min) if gone else ()
        back += [entry for entry in entries if entry.day in gone]
    return left, back
