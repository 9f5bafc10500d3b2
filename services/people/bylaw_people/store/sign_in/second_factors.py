"""Second factors: wrapped secrets, the step used last, and digests of recovery codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.sign_in import SecondFactor
from bylaw_people.store.rows import Stamp
from bylaw_people.store.sign_in_tables import recovery_codes, second_factors


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """The second factors in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def find(self, person: UUID, *, lock: bool = False) -> SecondFactor | None:
        """Somebody's second factor, begun or confirmed."""
        mine = sa.select(second_factors).where(second_factors.c.person == person)
        row = self.connection.execute(mine.with_for_update() if lock else mine).one_or_none()
        return SecondFactor(row.person, row.wrapped_secret, bool(row.confirmed_at), row.last_step) if row else None

    def begin(self, person: UUID, wrapped_secret: bytes) -> bool:
        """Begins an enrolment, in the place of one that was begun; says whether none was confirmed."""
        row = {"wrapped_secret": wrapped_secret, "begun_at": self.stamp.now, "last_step": 0}
        unconfirmed = second_factors.c.confirmed_at.is_(None)
        insert = pg.insert(second_factors).values(person=person, **row)
        statement = insert.on_conflict_do_update(index_elements=["person"], set_=row, where=unconfirmed)
        return self.connection.execute(statement.returning(second_factors.c.person)).scalar() is not None

    def confirm(self, person: UUID, recovery_digests: Sequence[bytes]) -> None:
        """Makes it count, with these recovery codes."""
        mine = second_factors.c.person == person
        self.connection.execute(second_factors.update().where(mine).values(confirmed_at=self.stamp.now))
        rows = [{"digest": digest, "person": person} for digest in recovery_digests]
        self.connection.execute(recovery_codes.insert(), rows)

    def use_step(self, person: UUID, step: int) -> bool:
        """Uses the code of a step; says whether that step was still free: of two at once, one is."""
        later = (second_factors.c.person == person, second_factors.c.last_step < step)
        return self.connection.execute(second_factors.update().where(*later).values(last_step=step)).rowcount == 1

    def use_recovery_code(self, person: UUID, digest: bytes) -> bool:
        """Uses a recovery code; says whether there was such a one that was free."""
        columns = recovery_codes.c
        free = (columns.digest == digest, columns.person == person, columns.used_at.is_(None))
        return (
            self.connection.execute(recovery_codes.update().where(*free).values(used_at=self.stamp.now)).rowcount == 1
        )

    def remove(self, person: UUID) -> bool:
        """Takes it off with its recovery codes; says whether there was one."""
        return self.connection.execute(second_factors.delete().where(second_factors.c.person == person)).rowcount == 1
