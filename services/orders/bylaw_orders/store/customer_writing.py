"""Customers that are new and to whom orders go, as they are written: in one statement, sealed (CUS-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bylaw_chassis.array_texts import bytes_array, plain_array, text_array
from bylaw_chassis.conversation import Said

from bylaw_orders.ports.customers import HashedRecipient, PreparedRecipient
from bylaw_orders.rules.privacy.area import area
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.vault import CustomerKey, Wrapped

# A customer made by another transaction meanwhile, or erased, is no row of `there`, and neither is what is theirs. An
# array comes as a subquery, of which the planner knows as little each time: so one plan serves every call.
_PARTS = """
    new_customers as (
        insert into customers (id, identity, made_at)
        select id, nullif(identity, ''), %(to_now)s::timestamptz
        from unnest((select %(to_new)s::uuid[]), (select %(to_identities)s::bytea[])) as new (id, identity)
        {gate} order by identity
        on conflict do nothing returning id
    ), new_keys as (
        insert into customer_keys (customer, key_id, wrapped)
        select new.id, %(to_key_id)s, new.wrapped
        from unnest((select %(to_new)s::uuid[]), (select %(to_wrapped)s::bytea[])) as new (id, wrapped)
        join new_customers on new_customers.id = new.id returning customer as id
    ), held_keys as (
        select customer as id from customer_keys where customer = any((select %(to_known)s::uuid[])::uuid[])
        order by customer for key share
    ), there as (select id from new_keys union all select id from held_keys), to_whom as (
        insert into order_recipients (
            of_order, customer, name, phone, address, region, postcode, email, nick, remark, phone_hash, tail_hash,
            nick_hash, area, written_at)
        select of_order, customer, nullif(name, ''), nullif(phone, ''), nullif(address, ''), nullif(region, ''),
            nullif(postcode, ''), nullif(email, ''), nullif(nick, ''), nullif(remark, ''), nullif(phone_hash, ''),
            nullif(tail_hash, ''), nullif(nick_hash, ''), area, %(to_now)s::timestamptz
        from unnest(
            (select %(to_orders)s::uuid[]), (select %(to_customers)s::uuid[]), {sealed}, (select %(to_areas)s::text[])
        ) as said (
            of_order, customer, name, phone, address, region, postcode, email, nick, remark, phone_hash, tail_hash,
            nick_hash, area)
        join there on there.id = said.customer {placed} order by of_order
        on conflict (of_order) do update set customer = excluded.customer, name = excluded.name,
            phone = excluded.phone, address = excluded.address, region = excluded.region,
            postcode = excluded.postcode, email = excluded.email, nick = excluded.nick, remark = excluded.remark,
            phone_hash = excluded.phone_hash, tail_hash = excluded.tail_hash, nick_hash = excluded.nick_hash,
            area = excluded.area, written_at = excluded.written_at, erased_at = null
        returning of_order
    )
"""
_SEALED = ", ".join(f"(select %(to_f{number})s::bytea[])" for number in range(11))
BY_ITSELF = f"with {_PARTS.format(gate='', placed='', sealed=_SEALED)} select of_order from to_whom"  # noqa: S608 - our own names
"""Behind orders that are on record."""
WITH_ORDERS = _PARTS.format(
    gate="where exists (select from placed)", placed="join placed on placed.id = said.of_order", sealed=_SEALED
)
"""As parts of a statement that has a part `placed`, in which the ids of orders are that are made."""
NOBODY_WRITTEN = Said("to_whom as (select where false)")


@dataclass(slots=True, repr=False)
class SealedCustomer:
    """A customer whose key is at hand; `wrapped` where they are new."""

    identifier: UUID
    identity: bytes
    key: CustomerKey
    wrapped: Wrapped | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Sealing:
    """What is written of a recipient: sealed by the customer's key for the order, and hashed."""

    customer: SealedCustomer
    hashed: HashedRecipient

    @property
    def recipient(self) -> Recipient:
        """Who it is."""
        return self.hashed.recipient


def sealing_of(prepared: PreparedRecipient) -> Sealing:
    """The store's own of one that is ready."""
    assert isinstance(prepared.sealing, Sealing)  # noqa: S101 - made by the store
    return prepared.sealing


def said_of(written: Sequence[tuple[UUID, PreparedRecipient]], now: datetime, key_id: bytes) -> dict[str, Any]:
    """What the statements take."""
    sealings = [(order, sealing_of(one)) for order, one in written]
    customers = {one.customer.identifier: one.customer for _, one in sealings}.values()
    new = [(one, one.wrapped) for one in customers if one.wrapped]
    sealed = [(*one.customer.key.sealed(order, _fields(one.recipient)), *one.hashed.others) for order, one in sealings]
    return {
        "to_now": now,
        "to_new": plain_array(one.identifier for one, _ in new),
        "to_identities": bytes_array(one.identity for one, _ in new),
        "to_wrapped": bytes_array(wrapped.key for _, wrapped in new),
        "to_key_id": key_id,
        "to_known": plain_array(one.identifier for one in customers if not one.wrapped),
        "to_orders": plain_array(order for order, _ in sealings),
        "to_customers": plain_array(one.customer.identifier for _, one in sealings),
        "to_areas": text_array(area(one.recipient.region, one.recipient.address) for _, one in sealings),
        **{f"to_f{number}": bytes_array(column) for number, column in enumerate(zip(*sealed, strict=True))},
    }


def _fields(of: Recipient) -> tuple[str, ...]:
    return (of.name, of.phone, of.address, of.region, of.postcode, of.email, of.nick, of.remark)
