"""Service accounts, locks of accounts, and e-mail addresses."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.sign_in.service_accounts import ServiceAccount
from bylaw_people.store.inserting import insert_free
from bylaw_people.store.rows import Stamp
from bylaw_people.store.sign_in_tables import account_locks, service_accounts
from bylaw_people.store.tables import people


@dataclass(frozen=True, slots=True)
class ServiceAccounts:
    """The service accounts in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, account: ServiceAccount) -> bool:
        """A new one with its row among the people; says whether its code was free, as a number too."""
        person = {
            "id": account.id,
            "number": account.code,
            "display_name": account.title.zh,
            "login": None,
            "revision": 1,
            "service_account": True,
            **self.stamp.recorded,
        }
        if not insert_free(self.connection, people, [person]):
            return False
        return insert_free(self.connection, service_accounts, [_account_row(account, self.stamp)])

    def find(self, account: UUID, *, lock: bool = False) -> ServiceAccount | None:
        """A service account."""
        asked = sa.select(service_accounts).where(service_accounts.c.id == account)
        row = self.connection.execute(asked.with_for_update() if lock else asked).one_or_none()
        return _account(row) if row else None

    def owned_by(self, owners: Collection[UUID]) -> list[UUID]:
        """The service accounts for which some people answer."""
        columns = service_accounts.c
        asked = columns.owner == sa.any_(sa.cast(sorted(owners), pg.ARRAY(sa.Uuid)))
        return list(self.connection.execute(sa.select(columns.id).where(asked)).scalars())

    def page(self, *, after: str, limit: int) -> list[ServiceAccount]:
        """Service accounts by code."""
        columns = service_accounts.c
        found = sa.select(service_accounts).where(columns.code > after).order_by(columns.code).limit(limit)
        return [_account(row) for row in self.connection.execute(found)]

    def end(self, account: UUID) -> None:
        """Ends one early."""
        how = {"ended_at": self.stamp.now, "ended_by": self.stamp.by}
        running = (service_accounts.c.id == account, service_accounts.c.ended_at.is_(None))
        self.connection.execute(service_accounts.update().where(*running).values(how))


@dataclass(frozen=True, slots=True)
class Accounts:
    """Locks and e-mail addresses in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def locked(self, person: UUID) -> bool:
        """Whether an account is locked."""
        return self.connection.execute(sa.select(sa.exists().where(account_locks.c.person == person))).scalar_one()

    def lock(self, person: UUID) -> bool:
        """Locks an account; says whether it was not locked before."""
        row = {"person": person, "locked_at": self.stamp.now, "locked_by": self.stamp.by}
        return insert_free(self.connection, account_locks, [row])

    def unlock(self, person: UUID) -> None:
        """Unlocks an account."""
        self.connection.execute(account_locks.delete().where(account_locks.c.person == person))

    def set_email(self, person: UUID, email: str) -> bool:
        """Sets a person's address, none where it is empty; says whether it was free."""
        others = sa.select(people.c.id).where(people.c.email == email, people.c.id != person)
        if email and self.connection.execute(others).first():
            return False
        with self.connection.begin_nested() as attempt:
            try:
                self.connection.execute(people.update().where(people.c.id == person).values(email=email or None))
            except sa.exc.IntegrityError:  # somebody was quicker
                attempt.rollback()
                return False
        return True

    def by_email(self, email: str) -> UUID | None:
        """Whose address it is."""
        return self.connection.execute(sa.select(people.c.id).where(people.c.email == email)).scalar()

    def by_number(self, number: str) -> UUID | None:
        """Whose number it is; a service account's is nobody's."""
        mine = sa.select(people.c.id).where(people.c.number == number, people.c.service_account.is_(False))
        return self.connection.execute(mine).scalar()


def _account(row: Any) -> ServiceAccount:
    return ServiceAccount(row.id, row.code, Wording(row.title_zh, row.title_en), row.owner, row.end_date, row.ended_at)


def _account_row(account: ServiceAccount, stamp: Stamp) -> dict[str, Any]:
    return {
        "id": account.id,
        "code": account.code,
        "title_zh": account.title.zh,
        "title_en": account.title.en,
        "owner": account.owner,
        "end_date": account.end_date,
        **stamp.recorded,
    }
