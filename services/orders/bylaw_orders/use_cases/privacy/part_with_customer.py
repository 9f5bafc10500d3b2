"""Exports all that is held of a customer, and erases it, at their request (CUS-1)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work

from bylaw_orders.events import customer_erased
from bylaw_orders.ports.customers import CustomerRecords, Erasing, PrivacyLog, RecipientUnreadable
from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.privacy.customer import Customer, Erasure, ErasureReason, Held, HeldMessage, HeldOrder
from bylaw_orders.rules.privacy.presence import check_present
from bylaw_orders.rules.privacy.refusals import (
    CustomerErased,
    CustomerHasOpenOrders,
    CustomerNotFound,
    ErasureNotConfirmed,
    ReasonTellsTooMuch,
    RecipientDamaged,
)
from bylaw_orders.rules.privacy.reveal import tells_too_much
from bylaw_orders.use_cases.finding import Finding

EVERYWHERE = Reach(everyone=True)


@dataclass(frozen=True, slots=True)
class ErasureWish:
    """Whom, why, and the name once more."""

    customer: UUID
    reason: ErasureReason
    explanation: str
    confirmation: str


@dataclass(frozen=True, slots=True)
class PartWithCustomer:
    """Both are on record before they are answered. `within`: how long ago whoever asks may have proved who they are."""

    database: Database
    finding: Finding
    records: CustomerRecords
    log: PrivacyLog
    erasing: Erasing
    within: timedelta

    def export(self, customer: UUID, why: str, caller: Caller) -> Held:
        """Refuses as the contract says."""
        with self.database.work() as work:
            check_present(caller.proved_at, work.now, self.within)
            found = self._found(work, customer)
            if found.erased_at:
                raise CustomerErased
            orders, messages = self._held(work, customer)
            if tells_too_much(why, [one.recipient for one in orders]):
                raise ReasonTellsTooMuch
            held = Held(customer, work.now, found.made_at, tuple(orders), tuple(messages))
            self.log.add_export(work.connection, customer, caller.key, why, held)
            work.concerns(found.name)
        return held

    def erase(self, wish: ErasureWish, caller: Caller) -> Erasure:
        """Refuses as the contract says; of somebody erased before it answers what is on record."""
        with self.database.work() as work:
            check_present(caller.proved_at, work.now, self.within)
            found = self._found(work, wish.customer, locked=True)
            if wish.confirmation != found.name:
                raise ErasureNotConfirmed(customer=found.name)
            if before := self.log.erasure(work.connection, wish.customer):
                return before
            if waiting := self.records.open_orders(work.connection, wish.customer, work.now):
                raise CustomerHasOpenOrders(count=len(waiting), order=order_name(waiting[0]))
            self._check_reason(work, wish)
            made = Erasure(wish.customer, work.now, caller.key, wish.reason, wish.explanation, 0)
            made = replace(made, orders=self.erasing.erase(work.connection, made))
            work.publish(customer_erased(made))
            work.concerns(found.name)
        return made

    def _check_reason(self, work: Work, wish: ErasureWish) -> None:
        """What does not open any more tells nothing, and may be erased all the same."""
        try:
            orders = self.records.held(work.connection, wish.customer)
        except RecipientUnreadable:
            orders = []
        if tells_too_much(wish.explanation, [one.recipient for one in orders]):
            raise ReasonTellsTooMuch

    def _held(self, work: Work, customer: UUID) -> tuple[list[HeldOrder], list[HeldMessage]]:
        connection = work.connection
        try:
            return self.records.held(connection, customer), self.records.written(connection, customer)
        except RecipientUnreadable:
            raise RecipientDamaged from None

    def _found(self, work: Work, customer: UUID, *, locked: bool = False) -> Customer:
        found = self.records.one(work.connection, customer, EVERYWHERE, self.finding.today, locked=locked)
        if found is None:
            raise CustomerNotFound
        return found
