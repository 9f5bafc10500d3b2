"""Takes customers' data away for good, and wraps their keys anew when the master key has changed (CUS-1)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.array_texts import bytes_array, plain_array
from bylaw_chassis.values import new_id

from bylaw_orders.rules.privacy.customer import Erasure
from bylaw_orders.store.customer_records import is_open, lock_keys
from bylaw_orders.store.customer_tables import customer_keys, customers, erasures, order_recipients
from bylaw_orders.store.tables import orders
from bylaw_orders.store.ticket_tables import ticket_messages, tickets
from bylaw_orders.vault import Vault, Wrapped

FIELDS = ("name", "phone", "address", "region", "postcode", "email", "nick", "remark")
HASHES = ("phone_hash", "tail_hash", "nick_hash")
_GONE: dict[str, Any] = dict.fromkeys((*FIELDS, *HASHES))
_REWRAPPED = """
    update customer_keys as kept set key_id = %(key_id)s, wrapped = made.wrapped
    from unnest(%(customers)s::uuid[], %(wrapped)s::bytea[]) as made (customer, wrapped)
    where kept.customer = made.customer
"""


@dataclass(frozen=True, slots=True)
class ErasingStore:
    """See `ports.customers.Erasing`."""

    vault: Vault

    def erase(self, connection: sa.Connection, made: Erasure) -> int:
        """Takes away a customer's key and what they were found by, and records it; answers how many orders stay."""
        connection.execute(customer_keys.delete().where(customer_keys.c.customer == made.customer))
        gone = order_recipients.update().where(order_recipients.c.customer == made.customer)
        connection.execute(gone.where(order_recipients.c.erased_at.is_(None)).values(**_GONE, erased_at=made.at))
        kept = sa.select(sa.func.count()).where(order_recipients.c.customer == made.customer)
        stay = int(connection.execute(kept).scalar_one())
        _record(connection, [replace(made, orders=stay)])
        return stay

    def forget(self, connection: sa.Connection, before: datetime, now: datetime, most: int) -> tuple[int, list[UUID]]:
        """Takes recipients off up to so many orders that ended and were placed before.

        Answers how many, and which customers have nothing left by that.
        """
        c = order_recipients.c
        old = (
            sa.select(c.of_order, c.customer)
            .join(orders, orders.c.id == c.of_order)
            .where(c.erased_at.is_(None), orders.c.placed_at < before, ~is_open(now))
            .order_by(c.of_order)
            .limit(most)
            .with_for_update(of=order_recipients, skip_locked=True)
        )
        found = connection.execute(old).all()
        if not found:
            return 0, []
        gone = order_recipients.update().where(c.of_order.in_([row.of_order for row in found]))
        connection.execute(gone.values(**_GONE, erased_at=now))
        theirs = sorted({row.customer for row in found})
        lock_keys(connection, theirs)
        left = sa.select(c.customer).where(c.customer.in_(theirs), c.erased_at.is_(None))
        kept = set(connection.execute(left).scalars())
        return len(found), [one for one in theirs if one not in kept]

    def idle(self, connection: sa.Connection, before: datetime, done: Sequence[UUID], most: int) -> list[UUID]:
        """Customers of whom no order tells any more, and whose tickets all ended before: of those `done`, and others.

        Of the others up to so many, who came before.
        """
        to_whom, made = order_recipients.c, customers.c
        told = sa.exists().where(to_whom.customer == made.id, to_whom.erased_at.is_(None))
        open_ = sa.or_(tickets.c.closed_at.is_(None), tickets.c.closed_at >= before)
        waits = sa.exists().where(tickets.c.customer == made.id, open_)
        wrote = sa.exists().where(ticket_messages.c.customer == made.id, ticket_messages.c.at >= before)
        came = sa.or_(made.made_at < before, made.id.in_(done))
        query = sa.select(made.id).where(made.erased_at.is_(None), came, ~told, ~waits, ~wrote)
        found = list(connection.execute(query.order_by(made.id).limit(most + len(done))).scalars())
        lock_keys(connection, found)
        return found

    def not_erased(self, connection: sa.Connection, wanted: Collection[UUID]) -> list[UUID]:
        """Which of these customers are on record and not erased; orders wait to be written to them."""
        found = sa.select(customers.c.id).where(customers.c.id.in_(list(wanted)), customers.c.erased_at.is_(None))
        back = list(connection.execute(found.order_by(customers.c.id)).scalars())
        lock_keys(connection, back)
        return back

    def rewrap(self, connection: sa.Connection, most: int) -> int:
        """Wraps up to so many keys anew that a previous master key wraps, the hashes' first; answers how many."""
        own = self.vault.key_id
        index = connection.exec_driver_sql(
            "select key_id, wrapped from index_keys where key_id <> %s for update", (own,)
        )
        count = 0
        for row in index.all():
            made = self.vault.rewrapped_index(Wrapped(row.key_id, row.wrapped))
            connection.exec_driver_sql("update index_keys set key_id = %s, wrapped = %s", (made.key_id, made.key))
            count += 1
        keys = customer_keys.c
        query = sa.select(customer_keys).where(keys.key_id != own).order_by(keys.customer).limit(most)
        rows = connection.execute(query.with_for_update(skip_locked=True)).all()
        if rows:
            wrapped = [self.vault.rewrapped(row.customer, Wrapped(row.key_id, row.wrapped)).key for row in rows]
            said = {"customers": plain_array(row.customer for row in rows), "wrapped": bytes_array(wrapped)}
            connection.exec_driver_sql(_REWRAPPED, {**said, "key_id": own})
        return count + len(rows)


def _record(connection: sa.Connection, made: Sequence[Erasure]) -> None:
    named = [one.customer for one in made]
    connection.execute(customers.update().where(customers.c.id.in_(named)).values(identity=None, erased_at=made[0].at))
    rows = [
        {
            "customer": one.customer,
            "id": new_id(),
            "at": one.at,
            "by": one.by,
            "kind": int(one.reason),
            "reason": one.explanation,
            "orders": one.orders,
        }
        for one in made
    ]
    connection.execute(erasures.insert(), rows)


def keys_to_rewrap(vault: Vault) -> sa.ColumnElement[bool]:
    """Whether a previous master key still wraps something."""
    return sa.exists().where(customer_keys.c.key_id != vault.key_id)


def keys_of_others(connection: sa.Connection, vault: Vault) -> int:
    """How many keys are wrapped by a master key that is not known, the key of the hashes among them."""
    known = list(vault.key_ids)
    keys = sa.select(sa.func.count()).where(customer_keys.c.key_id.not_in(known))
    index = connection.exec_driver_sql("select key_id from index_keys").scalars()
    return int(connection.execute(keys).scalar_one()) + sum(bytes(one) not in known for one in index)
