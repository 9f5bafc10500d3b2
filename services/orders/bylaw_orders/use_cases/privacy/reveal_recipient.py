"""Reveals to whom an order goes, for a reason that is put on record first (CUS-1)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told
from bylaw_chassis.values import new_id, resource_name

from bylaw_orders.ports.customers import Customers, PrivacyLog
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.privacy.presence import check_present
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.privacy.refusals import ReasonTellsTooMuch, RevealsTooMany
from bylaw_orders.rules.privacy.reveal import (
    REVEALS,
    Reveal,
    RevealReason,
    Usual,
    alarms,
    flags_of,
    tells_too_much,
)
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.privacy.opening import recipient_of


@dataclass(frozen=True, slots=True)
class RevealWish:
    """Of which order, why, and for which ticket."""

    order: UUID
    reason: RevealReason
    explanation: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Revealed:
    """The recipient, the reveal on record, and how many the caller has had today."""

    recipient: Recipient
    made: Reveal
    today: int


@dataclass(frozen=True, slots=True)
class RevealRecipient:
    """What is shown commits with the record of it: nobody sees anything that is not there.

    `within`: how long ago whoever asks may have proved who they are.
    """

    database: Database
    finding: Finding
    customers: Customers
    log: PrivacyLog
    orders: OrderStore
    usual: Usual
    zone: ZoneInfo
    within: timedelta

    def reveal(self, wish: RevealWish, caller: Caller, reach: Reach) -> Revealed:
        """Refuses as the contract says."""
        with self.database.work() as work:
            connection = work.connection
            check_present(caller.proved_at, work.now, self.within)
            order = self.finding.order(connection, wish.order, reach, lock=True)
            recipient = recipient_of(self.customers, connection, wish.order)
            if tells_too_much(wish.explanation, [recipient]):
                raise ReasonTellsTooMuch
            made, today = self._recorded(work, wish, caller)
            work.concerns(order.name, resource_name(REVEALS, made.identifier))
            said = Event(wish.order, work.now, Happened.RECIPIENT_REVEALED, caller.key, wish.explanation)
            self.orders.note(connection, [said])
        return Revealed(recipient, made, today)

    def _recorded(self, work: Work, wish: RevealWish, caller: Caller) -> tuple[Reveal, int]:
        local = work.now.astimezone(self.zone)
        day_began = local.replace(hour=0, minute=0, second=0, microsecond=0)
        counted = self.log.counted(work.connection, caller.key, day_began=day_began, now=work.now)
        if counted.today >= self.usual.most_per_day:
            raise RevealsTooMany(count=counted.today)
        customer = self.customers.customer_of(work.connection, wish.order)
        flags = flags_of(counted, customer, local, self.usual)
        said = (wish.reason, wish.explanation, wish.ticket, flags)
        made = Reveal(new_id(), work.now, caller.key, wish.order, customer, *said)
        self.log.add_reveal(work.connection, made)
        for wanted in alarms(made, counted):
            have_told(work, wanted)
        return made, counted.today + 1
