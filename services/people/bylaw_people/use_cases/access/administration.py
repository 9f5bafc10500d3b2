"""Keeps somebody who administers the whole organisation: else nobody could grant any more (SEC-1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from bylaw_people.ports import Records
from bylaw_people.rules.access.granting import require_administrator_left


@contextmanager
def keeping_an_administrator(records: Records, today: date, *, ending: UUID | None = None) -> Iterator[None]:
    """Around a change that may end somebody's administering, one such change at a time; refuses LAST_ADMINISTRATOR.

    Where only one person's may end, nobody waits whose person, locked by the caller, administers nothing.
    """
    if ending and not any(each.person == ending for each in records.holdings.administrations(today)):
        yield
        return
    records.holdings.lock_administration()
    before = records.holdings.administrations(today)
    yield
    require_administrator_left(before, records.holdings.administrations(today))
