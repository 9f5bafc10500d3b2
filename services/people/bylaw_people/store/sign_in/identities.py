"""Sign-ins with the external provider under way, and by what the provider knows people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from bylaw_people.ports.sign_in import OidcFlow
from bylaw_people.store.inserting import insert_free
from bylaw_people.store.rows import Stamp
from bylaw_people.store.sign_in_tables import oidc_flows, oidc_identities


@dataclass(frozen=True, slots=True)
class Identities:
    """Flows and identities in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def begin(self, digest: bytes) -> None:
        """A new flow."""
        self.connection.execute(oidc_flows.insert(), [{"digest": digest, "begun_at": self.stamp.now}])

    def flow(self, digest: bytes, *, lock: bool = False) -> OidcFlow | None:
        """A flow."""
        asked = sa.select(oidc_flows).where(oidc_flows.c.digest == digest)
        row = self.connection.execute(asked.with_for_update() if lock else asked).one_or_none()
        if row is None:
            return None
        return OidcFlow(row.digest, row.begun_at, row.redeemed_at, row.person, row.finished_at, row.proved_at)

    def claim(self, digest: bytes) -> bool:
        """Claims a flow for the one redemption it has; says whether nobody did before."""
        fresh = (oidc_flows.c.digest == digest, oidc_flows.c.redeemed_at.is_(None))
        return self._update(*fresh, redeemed_at=self.stamp.now)

    def redeemed(self, digest: bytes, person: UUID, proved_at: datetime | None) -> None:
        """Notes whom the provider named, and when they proved there who they are."""
        self._update(oidc_flows.c.digest == digest, person=person, proved_at=proved_at)

    def finish(self, digest: bytes) -> bool:
        """Ends a flow with its session; says whether it had none yet."""
        return self._update(
            oidc_flows.c.digest == digest, oidc_flows.c.finished_at.is_(None), finished_at=self.stamp.now
        )

    def person_of(self, issuer: str, subject: str) -> UUID | None:
        """Whom the provider means."""
        columns = oidc_identities.c
        known = sa.select(columns.person).where(columns.issuer == issuer, columns.subject == subject)
        return self.connection.execute(known).scalar()

    def link(self, issuer: str, subject: str, person: UUID) -> bool:
        """Notes by what the provider knows somebody; says whether neither was known otherwise."""
        row = {"issuer": issuer, "subject": subject, "person": person, "linked_at": self.stamp.now}
        return insert_free(self.connection, oidc_identities, [row])

    def forget(self, person: UUID) -> None:
        """Forgets by what the provider knows somebody."""
        self.connection.execute(oidc_identities.delete().where(oidc_identities.c.person == person))

    def _update(self, *conditions: sa.ColumnElement[bool], **values: object) -> bool:
        return self.connection.execute(oidc_flows.update().where(*conditions).values(values)).rowcount == 1


def prune_flows(connection: sa.Connection, older_than: datetime) -> int:
    """Forgets flows that can no longer be finished; answers how many."""
    return connection.execute(oidc_flows.delete().where(oidc_flows.c.begun_at < older_than)).rowcount
