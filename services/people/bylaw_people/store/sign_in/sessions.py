"""Sessions and the digests of their refresh tokens, the spent ones included."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_people.rules.sign_in.sessions import SignedInSession
from bylaw_people.store.rows import Stamp
from bylaw_people.store.sign_in_tables import refresh_tokens, sessions

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, session: SignedInSession) -> None:
        """A new session."""
        row = {
            "id": session.id,
            "person": session.person,
            "methods": " ".join(session.methods),
            "device": session.device,
            "address": session.address,
            "started_at": session.started_at,
            "used_at": session.used_at,
            "ends_at": session.ends_at,
            "proved_at": session.proved_at,
        }
        self.connection.execute(sessions.insert(), [row])

    def find(self, session: UUID, person: UUID) -> SignedInSession | None:
        """A person's session."""
        mine = sa.select(sessions).where(sessions.c.id == session, sessions.c.person == person)
        row = self.connection.execute(mine).one_or_none()
        return _session(row) if row else None

    def by_token(self, digest: bytes) -> tuple[SignedInSession, datetime | None] | None:
        """The session of a refresh token and when the token was spent, locked against others who send it."""
        joined = sa.select(sessions, refresh_tokens.c.used_at.label("spent_at")).join(
            refresh_tokens, refresh_tokens.c.session == sessions.c.id
        )
        row = self.connection.execute(joined.where(refresh_tokens.c.digest == digest).with_for_update()).one_or_none()
        return (_session(row), row.spent_at) if row else None

    def add_token(self, session: UUID, digest: bytes) -> None:
        """The next refresh token of a session."""
        self.connection.execute(
            refresh_tokens.insert(), [{"digest": digest, "session": session, "issued_at": self.stamp.now}]
        )

    def spend(self, digest: bytes) -> bool:
        """Marks a token as spent; says whether it was not before."""
        fresh = (refresh_tokens.c.digest == digest, refresh_tokens.c.used_at.is_(None))
        spent = refresh_tokens.update().where(*fresh).values(used_at=self.stamp.now)
        return self.connection.execute(spent).rowcount == 1

    def used(self, session: UUID, address: str) -> None:
        """Notes a session's last use."""
        latest = sa.func.greatest(sessions.c.used_at, self.stamp.now)
        self.connection.execute(
            sessions.update().where(sessions.c.id == session).values(used_at=latest, address=address)
        )

    def running(self, person: UUID) -> list[SignedInSession]:
        """Somebody's sessions that nobody ended; those that ran out are among them for a while."""
        mine = sa.select(sessions).where(sessions.c.person == person, sessions.c.ended_at.is_(None))
        return [_session(row) for row in self.connection.execute(mine.order_by(sessions.c.id))]

    def page(
        self, person: UUID, used_after: datetime, now: datetime, *, after: UUID | None, limit: int
    ) -> list[SignedInSession]:
        """Somebody's sessions that run, newest first."""
        columns = sessions.c
        runs = (columns.ended_at.is_(None), columns.used_at > used_after, columns.ends_at > now)
        statement = sa.select(sessions).where(columns.person == person, *runs)
        if after:
            statement = statement.where(columns.id < after)
        found = self.connection.execute(statement.order_by(columns.id.desc()).limit(limit))
        return [_session(row) for row in found]

    def end(self, ended: Collection[UUID], reason: str) -> list[UUID]:
        """Ends sessions; answers those that had not ended before."""
        locked = sa.select(sessions.c.id).where(sessions.c.id.in_(ended), sessions.c.ended_at.is_(None))
        mine = self.connection.execute(locked.order_by(sessions.c.id).with_for_update()).scalars().all()
        how = {"ended_at": self.stamp.now, "ended_by": self.stamp.by, "end_reason": reason}
        self.connection.execute(sessions.update().where(sessions.c.id.in_(mine)).values(how))
        return list(mine)


def prune_sessions(connection: sa.Connection, older_than: datetime) -> int:
    """Forgets some sessions that ended so long ago that no token of theirs can come again, with their tokens.

    Answers how many; 0 once there is none left.
    """
    over = sa.or_(sessions.c.ends_at < older_than, sessions.c.ended_at < older_than)
    batch = sa.select(sessions.c.id).where(over).limit(BATCH)
    return connection.execute(sessions.delete().where(sessions.c.id.in_(batch))).rowcount


def _session(row: Any) -> SignedInSession:
    return SignedInSession(
        row.id,
        row.person,
        tuple(row.methods.split()),
        row.device,
        row.address,
        row.started_at,
        row.used_at,
        row.ends_at,
        row.ended_at,
        row.proved_at,
    )
