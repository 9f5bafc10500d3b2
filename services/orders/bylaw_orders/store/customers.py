"""Customers' data, sealed: found by keyed hash in one query, written in one statement (CUS-1)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.array_texts import bytes_array, plain_array, text_array
from bylaw_chassis.time_bounds import driver_within_deadline
from bylaw_chassis.values import new_id

from bylaw_orders.ports.customers import CustomerMadeMeanwhile, PreparedRecipient, RecipientUnreadable
from bylaw_orders.rules.privacy.area import area
from bylaw_orders.rules.privacy.masking import UNREADABLE, MaskedRecipient, masked
from bylaw_orders.rules.privacy.phone import normalised, tail
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store.customer_tables import order_recipients
from bylaw_orders.store.index_key import KnownIndex
from bylaw_orders.vault import CustomerKey, Index, SealBroken, Vault, Wrapped

_FOUND = """
    select made.identity, made.id, kept.key_id, kept.wrapped
    from customers as made join customer_keys as kept on kept.customer = made.id
    where made.identity = any(%s::bytea[])
"""
# A customer made by another transaction meanwhile, or erased, is no row of `there`, and neither is what is theirs.
_WRITE = """
    with made as (
        insert into customers (id, identity, made_at)
        select id, nullif(identity, ''), %(now)s::timestamptz
        from unnest(%(new)s::uuid[], %(identities)s::bytea[]) as new (id, identity) order by identity
        on conflict do nothing returning id
    ), keyed as (
        insert into customer_keys (customer, key_id, wrapped)
        select new.id, %(key_id)s, new.wrapped from unnest(%(new)s::uuid[], %(wrapped)s::bytea[]) as new (id, wrapped)
        join made on made.id = new.id returning customer as id
    ), held as (
        select customer as id from customer_keys where customer = any(%(known)s::uuid[]) order by customer for key share
    ), there as (select id from keyed union all select id from held)
    insert into order_recipients (
        of_order, customer, name, phone, address, region, postcode, email, nick, remark, phone_hash, tail_hash,
        nick_hash, area, written_at)
    select of_order, customer, nullif(name, ''), nullif(phone, ''), nullif(address, ''), nullif(region, ''),
        nullif(postcode, ''), nullif(email, ''), nullif(nick, ''), nullif(remark, ''), nullif(phone_hash, ''),
        nullif(tail_hash, ''), nullif(nick_hash, ''), area, %(now)s::timestamptz
    from unnest(
        %(orders)s::uuid[], %(customers)s::uuid[], %(f0)s::bytea[], %(f1)s::bytea[], %(f2)s::bytea[], %(f3)s::bytea[],
        %(f4)s::bytea[], %(f5)s::bytea[], %(f6)s::bytea[], %(f7)s::bytea[], %(f8)s::bytea[], %(f9)s::bytea[],
        %(f10)s::bytea[], %(areas)s::text[]
    ) as said (
        of_order, customer, name, phone, address, region, postcode, email, nick, remark, phone_hash, tail_hash,
        nick_hash, area)
    join there on there.id = said.customer order by of_order
    on conflict (of_order) do update set customer = excluded.customer, name = excluded.name, phone = excluded.phone,
        address = excluded.address, region = excluded.region, postcode = excluded.postcode, email = excluded.email,
        nick = excluded.nick, remark = excluded.remark, phone_hash = excluded.phone_hash,
        tail_hash = excluded.tail_hash, nick_hash = excluded.nick_hash, area = excluded.area,
        written_at = excluded.written_at, erased_at = null
"""
_READ = """
    select to_whom.of_order, to_whom.customer, to_whom.area, kept.key_id, kept.wrapped, to_whom.name, to_whom.phone,
        to_whom.address, to_whom.region, to_whom.postcode, to_whom.email, to_whom.nick, to_whom.remark
    from order_recipients as to_whom left join customer_keys as kept on kept.customer = to_whom.customer
        and to_whom.erased_at is null
    where to_whom.of_order = any(%s::uuid[])
"""
_OTHERS = 5
"""The columns of `_READ` before those that are sealed."""


@dataclass(slots=True, repr=False)
class _Customer:
    """A customer whose key is at hand; `wrapped` where they are new."""

    identifier: UUID
    identity: bytes
    key: CustomerKey
    wrapped: Wrapped | None = None


@dataclass(frozen=True, slots=True, repr=False)
class _Sealing:
    """What is written of a recipient: sealed by the customer's key for the order, and hashed."""

    customer: _Customer
    recipient: Recipient
    hashes: tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True, repr=False)
class _Kept:
    """A recipient as it lies in the database, and the customer's key if it is whole."""

    order: UUID
    customer: UUID
    area: str
    key: CustomerKey | None
    sealed: Sequence[bytes | None]
    erased: bool

    def opened(self) -> Recipient | None:
        """None where they were erased; raises SealBroken."""
        if self.erased:
            return None
        if self.key is None:
            raise SealBroken
        return Recipient(*self.key.opened(self.order, [one or b"" for one in self.sealed]))


class SealedCustomers:
    """The store; whoever has no vault cannot read it."""

    def __init__(self, vault: Vault) -> None:
        self.vault, self.index = vault, KnownIndex(vault)

    def prepared(
        self, connection: sa.Connection, recipients: Sequence[Recipient | None]
    ) -> list[PreparedRecipient | None]:
        """Finds each one's customer in one query; makes those that are new. See `ports.customers`."""
        if not any(recipients):
            return [None] * len(recipients)
        index = self.index.of(connection, may_make=True)
        assert index is not None  # noqa: S101 - it may be made
        hashed = [hashes_of(index, one) if one else None for one in recipients]
        known = self._known(connection, {one[0] for one in hashed if one and one[0]})
        made = list[PreparedRecipient | None]()
        for recipient, hashes in zip(recipients, hashed, strict=True):
            if recipient is None or hashes is None:
                made.append(None)
                continue
            customer = known.get(hashes[0]) or self._new(b"" if hashes[0] in known else hashes[0])
            if hashes[0]:
                known[hashes[0]] = customer
            made.append(PreparedRecipient(customer.identifier, _Sealing(customer, recipient, hashes[1:])))
        return made

    def prepared_before(
        self, connection: sa.Connection, recipients: Sequence[Recipient | None]
    ) -> list[PreparedRecipient | None] | None:
        """The same in a transaction that only reads; nothing before the key of the hashes is on record."""
        if any(recipients) and self.index.of(connection) is None:
            return None
        return self.prepared(connection, recipients)

    def write(
        self, connection: sa.Connection, written: Sequence[tuple[UUID, PreparedRecipient]], now: datetime
    ) -> None:
        """Seals and writes in one statement; raises CustomerMadeMeanwhile. See `ports.customers`."""
        if not written:
            return
        sealings = [_sealing(one) for _, one in written]
        customers = {one.customer.identifier: one.customer for one in sealings}
        said: dict[str, Any] = self._customers_said(list(customers.values()))
        sealed = [
            (*one.customer.key.sealed(order, _fields(one.recipient)), *one.hashes)
            for (order, _), one in zip(written, sealings, strict=True)
        ]
        said |= {f"f{number}": bytes_array(column) for number, column in enumerate(zip(*sealed, strict=True))}
        said |= {
            "orders": plain_array(order for order, _ in written),
            "customers": plain_array(one.customer.identifier for one in sealings),
            "areas": text_array(area(one.recipient.region, one.recipient.address) for one in sealings),
            "now": now,
        }
        if driver_within_deadline(connection).execute(_WRITE, said).rowcount != len(written):
            raise CustomerMadeMeanwhile

    def masked(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, MaskedRecipient]:
        """What is shown of those to whom orders go; stars alone of what does not open, which the doctor tells of."""
        return {order: _masked(kept) for order, kept in self._read(connection, orders)}

    def opened(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, Recipient | None]:
        """To whom orders go, in clear; raises RecipientUnreadable. See `ports.customers`."""
        try:
            return {order: kept.opened() for order, kept in self._read(connection, orders)}
        except SealBroken:
            raise RecipientUnreadable from None

    def opened_if_whole(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, Recipient | None]:
        """The same for whoever looks what is whole: none where it does not open."""
        return {order: _opened(kept) for order, kept in self._read(connection, orders)}

    def customer_of(self, connection: sa.Connection, order: UUID) -> UUID:
        """Whose an order is that has a recipient."""
        query = sa.select(order_recipients.c.customer).where(order_recipients.c.of_order == order)
        return UUID(str(connection.execute(query).scalar_one()))

    def _read(self, connection: sa.Connection, orders: Collection[UUID]) -> Iterable[tuple[UUID, "_Kept"]]:
        keys = dict[UUID, CustomerKey | None]()
        if not orders:
            return
        for row in driver_within_deadline(connection).execute(_READ, (plain_array(orders),)).fetchall():
            order, customer, shown, key_id, wrapped = row[:_OTHERS]
            if wrapped is not None and customer not in keys:
                keys[customer] = self._key(customer, Wrapped(key_id, wrapped))
            yield order, _Kept(order, customer, shown, keys.get(customer), row[_OTHERS:], erased=wrapped is None)

    def _key(self, customer: UUID, wrapped: Wrapped) -> CustomerKey | None:
        """None where the wrapped key was changed."""
        try:
            return self.vault.customer_key(customer, wrapped)
        except SealBroken:
            return None

    def _known(self, connection: sa.Connection, identities: Collection[bytes]) -> dict[bytes, _Customer | None]:
        """Customers on record; none for one whose key was changed: their orders are of somebody of their own."""
        if not identities:
            return {}
        found = driver_within_deadline(connection).execute(_FOUND, (bytes_array(identities),)).fetchall()
        made = dict[bytes, _Customer | None]()
        for identity, identifier, key_id, wrapped in found:
            key = self._key(identifier, Wrapped(key_id, wrapped))
            made[bytes(identity)] = _Customer(identifier, identity, key) if key else None
        return made

    def _new(self, identity: bytes) -> _Customer:
        identifier = new_id()
        return _Customer(identifier, identity, *self.vault.new_key(identifier))

    def _customers_said(self, customers: Sequence[_Customer]) -> dict[str, Any]:
        new = [one for one in customers if one.wrapped]
        return {
            "new": plain_array(one.identifier for one in new),
            "identities": bytes_array(one.identity for one in new),
            "wrapped": bytes_array(one.wrapped.key for one in new if one.wrapped),
            "key_id": self.vault.key_id,
            "known": plain_array(one.identifier for one in customers if not one.wrapped),
        }


def hashes_of(index: Index, of: Recipient) -> tuple[bytes, bytes, bytes, bytes]:
    """By what the customer is known, and by what orders are found: the phone, its last four digits, the nick."""
    number = normalised(of.phone)
    phone = index.hashed("phone", number)
    last = index.hashed("tail", tail(of.phone))
    nick = index.hashed("nick", nick_said(of.platform, of.nick))
    account = of.account.strip() or ("" if "*" in of.nick else of.nick.strip())  # one that is masked is many people's
    if account:
        known = index.hashed("account", nick_said(of.platform, account))
    else:
        known = phone or index.hashed("email", of.email.strip().lower())
    return known, phone, last, nick


def nick_said(platform: str, nick: str) -> str:
    """A name on a platform, as it is hashed; empty where there is none."""
    return f"{platform.lower()}/{nick.strip().lower()}" if nick.strip() else ""


def _fields(of: Recipient) -> tuple[str, ...]:
    return (of.name, of.phone, of.address, of.region, of.postcode, of.email, of.nick, of.remark)


def _opened(kept: _Kept) -> Recipient | None:
    try:
        return kept.opened()
    except SealBroken:
        return None


def _masked(kept: _Kept) -> MaskedRecipient:
    if kept.erased:
        return MaskedRecipient(area=kept.area, erased=True, customer=kept.customer)
    if clear := _opened(kept):
        return masked(clear, kept.area, kept.customer)
    return replace(UNREADABLE, area=kept.area, customer=kept.customer)


def _sealing(of: PreparedRecipient) -> _Sealing:
    assert isinstance(of.sealing, _Sealing)  # noqa: S101 - made by `prepared`
    return of.sealing
