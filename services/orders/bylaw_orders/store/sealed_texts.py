"""What is written in tickets: sealed by the key of the customer it is of, gone with that key (CUS-1)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.values import new_id

from bylaw_orders.ports.customers import RecipientUnreadable
from bylaw_orders.rules.tickets.ticket import Message, MessageKind, Written
from bylaw_orders.store.customer_tables import customer_keys, customers, order_recipients
from bylaw_orders.store.ticket_tables import ticket_messages as messages
from bylaw_orders.vault import CustomerKey, SealBroken, Vault, Wrapped


class SealedTexts:
    """The messages; whoever has no vault cannot read them."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    def customer_of(self, connection: sa.Connection, order: UUID | None, now: datetime) -> UUID:
        """Whose key what is written about an order is sealed by: its customer's, else that of somebody new."""
        own = order_recipients.c.of_order == order, order_recipients.c.erased_at.is_(None)
        found = connection.execute(sa.select(order_recipients.c.customer).where(*own)).scalar() if order else None
        return (
            found if found and found in self._keys(connection, [found], lock=True) else self._somebody(connection, now)
        )

    def add(
        self, connection: sa.Connection, ticket: UUID, customer: UUID, written: Written, *, by: str, now: datetime
    ) -> UUID:
        """Adds a message and answers its id; where the customer was erased, sealed by the key of somebody new."""
        keys = self._keys(connection, [customer], lock=True)
        if customer not in keys:
            customer = self._somebody(connection, now)
            keys = self._keys(connection, [customer])
        identifier = new_id()
        subject, text = keys[customer].sealed(identifier, (written.subject, written.text))
        row = {"id": identifier, "ticket": ticket, "kind": int(written.kind), "at": now, "by": by}
        connection.execute(messages.insert().values(**row, customer=customer, subject=subject, text=text))
        return identifier

    def one(self, connection: sa.Connection, identifier: UUID) -> Message | None:
        """A message in clear; raises RecipientUnreadable."""
        row = connection.execute(sa.select(messages).where(messages.c.id == identifier)).one_or_none()
        return _message(row, self._keys(connection, [row.customer]).get(row.customer)) if row else None

    def listed(self, connection: sa.Connection, ticket: UUID, *, page: tuple[UUID | None, int]) -> list[Message]:
        """The messages of a ticket, oldest first, behind a place, in clear; raises RecipientUnreadable."""
        after, limit = page
        query = sa.select(messages).where(messages.c.ticket == ticket).order_by(messages.c.id).limit(limit)
        if after:
            query = query.where(messages.c.id > after)
        rows = connection.execute(query).all()
        keys = self._keys(connection, {row.customer for row in rows})
        return [_message(row, keys.get(row.customer)) for row in rows]

    def of_customer(self, connection: sa.Connection, customer: UUID) -> list[Message]:
        """All that is sealed by a customer's key, oldest first, in clear; raises RecipientUnreadable."""
        query = sa.select(messages).where(messages.c.customer == customer).order_by(messages.c.id)
        rows, keys = connection.execute(query).all(), self._keys(connection, [customer])
        return [_message(row, keys.get(customer)) for row in rows]

    def _keys(
        self, connection: sa.Connection, wanted: Collection[UUID], *, lock: bool = False
    ) -> dict[UUID, CustomerKey]:
        query = sa.select(customer_keys).where(customer_keys.c.customer.in_(list(wanted)))
        rows = connection.execute(query.with_for_update(read=True, key_share=True) if lock else query)
        return {row.customer: self.vault.customer_key(row.customer, Wrapped(row.key_id, row.wrapped)) for row in rows}

    def _somebody(self, connection: sa.Connection, now: datetime) -> UUID:
        """A customer of whom nothing is known but what they write."""
        customer = new_id()
        _, wrapped = self.vault.new_key(customer)
        connection.execute(customers.insert().values(id=customer, identity=None, made_at=now))
        row = {"customer": customer, "key_id": wrapped.key_id, "wrapped": wrapped.key}
        connection.execute(customer_keys.insert().values(row))
        return customer


def _message(row: Any, key: CustomerKey | None) -> Message:
    of = (row.id, row.ticket, MessageKind(row.kind), row.at, row.by)
    if key is None:
        return Message(*of)
    sealed: Sequence[bytes] = (row.subject, row.text)
    try:
        subject, text = key.opened(row.id, sealed)
    except SealBroken:
        raise RecipientUnreadable from None
    return Message(*of, subject, text)
