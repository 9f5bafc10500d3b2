"""Access tokens by the digest of their secret."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_people.rules.sign_in.access_tokens import AccessToken
from bylaw_people.store.rows import Stamp
from bylaw_people.store.sign_in_tables import access_tokens

NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AccessTokens:
    """The access tokens in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, token: AccessToken, digest: bytes) -> None:
        """A new access token."""
        row = {
            "id": token.id,
            "person": token.person,
            "digest": digest,
            "title": token.title,
            "permissions": list(token.permissions),
            "created_at": token.created_at,
            "created_by": token.created_by,
            "ends_at": token.ends_at,
        }
        self.connection.execute(access_tokens.insert(), [row])

    def by_digest(self, digest: bytes) -> AccessToken | None:
        """The access token of a secret."""
        row = self.connection.execute(sa.select(access_tokens).where(access_tokens.c.digest == digest)).one_or_none()
        return _token(row) if row else None

    def find(self, token: UUID, *, lock: bool = False) -> AccessToken | None:
        """An access token."""
        asked = sa.select(access_tokens).where(access_tokens.c.id == token)
        row = self.connection.execute(asked.with_for_update() if lock else asked).one_or_none()
        return _token(row) if row else None

    def page(self, person: UUID, *, after: UUID | None, limit: int) -> list[AccessToken]:
        """An account's access tokens, newest first."""
        statement = sa.select(access_tokens).where(access_tokens.c.person == person)
        if after:
            statement = statement.where(access_tokens.c.id < after)
        found = self.connection.execute(statement.order_by(access_tokens.c.id.desc()).limit(limit))
        return [_token(row) for row in found]

    def counting(self, person: UUID) -> list[UUID]:
        """An account's access tokens that are neither over nor revoked."""
        columns = access_tokens.c
        alive = (columns.person == person, columns.revoked_at.is_(None), columns.ends_at > self.stamp.now)
        return list(self.connection.execute(sa.select(columns.id).where(*alive).order_by(columns.id)).scalars())

    def used(self, token: UUID) -> None:
        """Notes the last use, once a minute at most."""
        columns = access_tokens.c
        long_ago = sa.or_(columns.used_at.is_(None), columns.used_at < self.stamp.now - NOTED_EVERY)
        self.connection.execute(
            access_tokens.update().where(columns.id == token, long_ago).values(used_at=self.stamp.now)
        )

    def revoke(self, tokens: Collection[UUID]) -> None:
        """Ends access tokens that were not revoked before."""
        fresh = (access_tokens.c.id.in_(tokens), access_tokens.c.revoked_at.is_(None))
        how = {"revoked_at": self.stamp.now, "revoked_by": self.stamp.by}
        self.connection.execute(access_tokens.update().where(*fresh).values(how))


def _token(row: Any) -> AccessToken:
    return AccessToken(
        row.id,
        row.person,
        row.title,
        tuple(row.permissions),
        row.created_at,
        row.created_by,
        row.ends_at,
        row.used_at,
        row.revoked_at,
    )
