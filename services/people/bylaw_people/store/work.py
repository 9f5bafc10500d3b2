"""A unit of work over the organisation, and a read of it: the repositories of one transaction."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database, Fact, Work
from bylaw_chassis.ended_tokens import end_tokens

from bylaw_people.events import access_changed, session_ended
from bylaw_people.store.grants import Grants
from bylaw_people.store.passwords import Passwords
from bylaw_people.store.people import People
from bylaw_people.store.rows import Stamp
from bylaw_people.store.units import Positions, Sites, Units


class Records:
    """What one transaction sees and may change; `publish` tells others in the same commit."""

    def __init__(self, connection: sa.Connection, stamp: Stamp, work: Work | None = None) -> None:
        self.now = stamp.now
        self._work = work
        self._connection = connection
        self.units = Units(connection, stamp)
        self.positions = Positions(connection, stamp)
        self.sites = Sites(connection, stamp)
        self.people = People(connection, stamp)
        self.grants = Grants(connection, stamp)
        self.passwords = Passwords(connection, stamp)

    def renew_access(self, people: Collection[UUID]) -> None:
        """What these people may do has changed: tokens made before count no more, here and in every service."""
        revisions = self.people.next_access_revisions(people)
        end_tokens(self._connection, revisions)
        self.publish(*(access_changed(person, revision) for person, revision in revisions.items()))

    def end_sessions(self, sessions: Collection[UUID]) -> None:
        """Tokens of these sessions count no more, here and in every service."""
        end_tokens(self._connection, dict.fromkeys(sessions))
        self.publish(*(session_ended(session) for session in sorted(sessions)))

    def publish(self, *facts: Fact) -> None:
        """Tells others, once the work commits."""
        if self._work is None:
            raise TypeError("a read publishes nothing")
        self._work.publish(*facts)


@dataclass(frozen=True, slots=True)
class Store:
    """The organisation in PostgreSQL."""

    database: Database

    @contextmanager
    def work(self, caller: Caller) -> Iterator[Records]:
        """A unit of work of a caller: committed at its end, or with the call's answer where it has a key."""
        with self.database.work() as work:
            yield Records(work.connection, Stamp(work.now, caller.person), work)

    @contextmanager
    def read(self) -> Iterator[Records]:
        """A read of one snapshot."""
        with self.database.read() as connection:
            yield Records(connection, Stamp(self.database.clock(), None))
