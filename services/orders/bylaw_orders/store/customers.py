"""Customers' data, sealed: found by keyed hash in one query, written in one statement (CUS-1)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.array_texts import bytes_array, plain_array
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.queries import Query, ask
from bylaw_chassis.time_bounds import driver_within_deadline
from bylaw_chassis.values import new_id

from bylaw_orders.ports.customers import (
    CustomerMadeMeanwhile,
    HashedRecipient,
    PreparedRecipient,
    RecipientUnreadable,
)
from bylaw_orders.rules.privacy.area import area
from bylaw_orders.rules.privacy.masking import UNREADABLE, MaskedRecipient, masked
from bylaw_orders.rules.privacy.phone import normalised, tail
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store.customer_tables import order_recipients
from bylaw_orders.store.customer_writing import (
    BY_ITSELF,
    NOBODY_WRITTEN,
    WITH_ORDERS,
    SealedCustomer,
    Sealing,
    said_of,
    sealing_of,
)
from bylaw_orders.store.index_key import KnownIndex
from bylaw_orders.vault import CustomerKey, Index, SealBroken, Vault, Wrapped

_FOUND = """
    select made.identity, made.id, kept.key_id, kept.wrapped
    from customers as made join customer_keys as kept on kept.customer = made.id
    where made.identity = any((select %(identities)s::bytea[])::bytea[])
"""
_READ = """
    select to_whom.of_order, to_whom.customer, to_whom.area, kept.key_id, kept.wrapped, to_whom.name, to_whom.phone,
        to_whom.address, to_whom.region, to_whom.postcode, to_whom.email, to_whom.nick, to_whom.remark
    from order_recipients as to_whom left join customer_keys as kept on kept.customer = to_whom.customer
        and to_whom.erased_at is null
    where to_whom.of_order = any(%(orders)s::uuid[])
"""
_OTHERS = 5
"""The columns of `_READ` before those that are sealed."""


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

    def hashed(self, recipients: Sequence[Recipient | None]) -> list[HashedRecipient | None]:
        """By what each one's customer is known. See `ports.customers`."""
        return _hashed(self.index.known, recipients)

    def finding(self, hashed: Sequence[HashedRecipient | None]) -> Query[list[PreparedRecipient | None]]:
        """Finds each one's customer; makes those that are new. See `ports.customers`."""
        identities = {one.identity for one in hashed if one and one.identity}
        return Query(Said(_FOUND, {"identities": bytes_array(identities)}), partial(self._prepared, hashed))

    def prepared(
        self, connection: sa.Connection, recipients: Sequence[Recipient | None]
    ) -> list[PreparedRecipient | None]:
        """The same in a transaction that is open."""
        if not any(recipients):
            return [None] * len(recipients)
        index = self.index.of(connection, may_make=True)
        assert index is not None  # noqa: S101 - it may be made
        return ask(connection, self.finding(_hashed(index, recipients)))

    def writing(self, written: Sequence[tuple[UUID, PreparedRecipient]], now: datetime) -> Said:
        """What puts on record to whom new orders go, as parts of the statement that places them."""
        return Said(WITH_ORDERS, said_of(written, now, self.vault.key_id)) if written else NOBODY_WRITTEN

    def write(
        self, connection: sa.Connection, written: Sequence[tuple[UUID, PreparedRecipient]], now: datetime
    ) -> None:
        """Seals and writes in one statement; raises CustomerMadeMeanwhile. See `ports.customers`."""
        if not written:
            return
        said = said_of(written, now, self.vault.key_id)
        if driver_within_deadline(connection).execute(BY_ITSELF, said).rowcount != len(written):
            raise CustomerMadeMeanwhile

    def shown(self, prepared: PreparedRecipient) -> MaskedRecipient:
        """What is shown of one who is just being written."""
        sealing = sealing_of(prepared)
        of = sealing.recipient
        return masked(of, area(of.region, of.address), sealing.customer.identifier)

    def masked(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, MaskedRecipient]:
        """What is shown of those to whom orders go; stars alone of what does not open, which the doctor tells of."""
        return {order: _masked(kept) for order, kept in self._read(connection, orders)}

    def masking(self, order: UUID) -> Query[MaskedRecipient | None]:
        """The same of one order, to be asked together with others."""
        return Query(Said(_READ, {"orders": plain_array([order])}), self._masked_of_one)

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
        asked = driver_within_deadline(connection).execute(_READ, {"orders": plain_array(orders)}) if orders else None
        return self._lying(asked.fetchall() if asked else ())

    def _masked_of_one(self, rows: Sequence[Row]) -> MaskedRecipient | None:
        return next((_masked(kept) for _, kept in self._lying(rows)), None)

    def _lying(self, rows: Sequence[Row]) -> Iterable[tuple[UUID, "_Kept"]]:
        keys = dict[UUID, CustomerKey | None]()
        for row in rows:
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

    def _prepared(
        self, hashed: Sequence[HashedRecipient | None], rows: Sequence[Row]
    ) -> list[PreparedRecipient | None]:
        """Of one whose key was changed the orders are of somebody of their own."""
        known: dict[bytes, SealedCustomer | None] = {}
        for identity, identifier, key_id, wrapped in rows:
            key = self._key(identifier, Wrapped(key_id, wrapped))
            known[identity] = SealedCustomer(identifier, identity, key) if key else None
        made = list[PreparedRecipient | None]()
        for one in hashed:
            if one is None:
                made.append(None)
                continue
            customer = known.get(one.identity) or self._new(b"" if one.identity in known else one.identity)
            if one.identity:
                known[one.identity] = customer
            made.append(PreparedRecipient(customer.identifier, Sealing(customer, one)))
        return made

    def _new(self, identity: bytes) -> SealedCustomer:
        identifier = new_id()
        return SealedCustomer(identifier, identity, *self.vault.new_key(identifier))


def _hashed(index: Index, recipients: Sequence[Recipient | None]) -> list[HashedRecipient | None]:
    return [HashedRecipient(*hashes_of(index, one), one) if one else None for one in recipients]


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
