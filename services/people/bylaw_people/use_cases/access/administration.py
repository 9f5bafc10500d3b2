"""Keeps somebody who administers the whole organisation: else nobody could grant any more (SEC-1)."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from bylaw_people.ports import Records
from bylaw_people.rules.access.granting import require_administrator_left


@contextmanager
def keeping_an_administrator(
    records: Records, today: date, *, ending: Collection[UUID] | None = None
) -> Iterator[None]:
    """Around a change that may end somebody's administering, one such change at a time; refuses LAST_ADMINISTRATOR.

    Where only these people's may end, nobody waits whose people, locked by the caller, administer nothing.
    """
    if ending is not None and not any(each.person in ending for each in records.holdings.administrations(today)):
        yield
        return
    records.holdings.lock_administration()
    before = records.holdings.administrations(today)
    yield
    require_administrator_left(before, records.holdings.administrations(today))
