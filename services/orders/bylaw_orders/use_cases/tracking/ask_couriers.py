"""Asks couriers where parcels are, as often as they allow, and has them push what happens from then on (ORD-2)."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease, enqueue
from bylaw_chassis.observe import log

from bylaw_orders.ports.couriers import CourierDesk, CourierSilent
from bylaw_orders.ports.customers import Customers, RecipientUnreadable
from bylaw_orders.ports.parcels import ParcelStore, Question, QuestionStore
from bylaw_orders.rules.tracking.asking import LastHeard, next_question
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.told import Report
from bylaw_orders.use_cases.tracking.hear_reports import HearReports

ASK_COURIERS = "ask-couriers"
LEASE, AT_ONCE, TAIL = timedelta(minutes=10), 4, 4


class Told(NamedTuple):
    """What became of a question: a report, or none; who pushes the parcel from now on."""

    report: Report | None
    subscribed_by: str


@dataclass(frozen=True, slots=True)
class AskCouriers:
    """The job; the timer only has it done, for others wait behind a timer.

    Parcels are leased in one transaction, couriers are asked while none is open, and what they said is written behind.
    """

    database: Database
    parcels: ParcelStore
    questions: QuestionStore
    customers: Customers
    couriers: CourierDesk
    hearing: HearReports
    per_minute: int

    def have_asked(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """The timer: one job a minute."""
        with self.database.work() as work:
            enqueue(work.connection, ASK_COURIERS, work.now.strftime("%Y-%m-%dT%H:%M"), b"")

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Asks for as many parcels as are due and may be asked for within a minute."""
        names = self.couriers.names
        with self.database.work() as work:
            asked = self.questions.lease(work.connection, work.now, work.now + LEASE, per_minute=self.per_minute)
        if not (names and asked):
            return
        tails = self._tails(asked, names)
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="couriers") as threads:
            told = list(threads.map(lambda one: self._ask(one, names, tails), asked))
        reports = [one.report for one in told if one.report]
        if reports:
            self.hearing.hear(reports)
        self._settle(dict(zip(asked, told, strict=True)))

    def _ask(self, question: Question, names: Sequence[str], tails: Mapping[UUID, str]) -> Told:
        """One provider; after a failure the next one."""
        parcel, name = question.parcel, names[question.tries % len(names)]
        tail = tails.get(parcel.order, "") if self.couriers.needs_phone(name, parcel.courier) else ""
        subscribed_by = question.subscribed_by
        try:
            if not subscribed_by and self.couriers.subscribe(name, parcel.waybill, parcel.courier, tail):
                subscribed_by = name
            return Told(self.couriers.ask(name, parcel.waybill, parcel.courier, tail), subscribed_by)
        except CourierSilent as silent:
            log().warning("courier_silent", courier=name, reason=silent.reason)
            return Told(None, subscribed_by)

    def _tails(self, asked: Sequence[Question], names: Sequence[str]) -> Mapping[UUID, str]:
        """The last digits of recipients' telephones, only where a courier wants to know them (CUS-1)."""
        wanted = [
            one.parcel.order
            for one in asked
            if self.couriers.needs_phone(names[one.tries % len(names)], one.parcel.courier)
        ]
        with self.database.read() as connection:
            try:
                opened = self.customers.opened(connection, wanted) if wanted else {}
            except RecipientUnreadable:
                return {}
        return {order: _tail(to.phone) for order, to in opened.items() if to}

    def _settle(self, told: Mapping[Question, Told]) -> None:
        with self.database.work() as work:
            now_at = {
                parcel.identifier: parcel
                for those in self.parcels.news(work.connection, {one.parcel.order for one in told}).values()
                for parcel in those
            }
            settled = {}
            for question, became in told.items():
                parcel = now_at[question.parcel.identifier]
                tries = 0 if became.report else question.tries + 1
                last = LastHeard(parcel.at.state, _heard_at(parcel), bool(became.subscribed_by), tries)
                settled[parcel.identifier] = (next_question(last, work.now), tries, became.subscribed_by)
            self.questions.settle(work.connection, settled)


def _heard_at(parcel: Parcel) -> datetime:
    return max(parcel.handed_over_at, parcel.at.last_at or parcel.handed_over_at)


def _tail(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())[-TAIL:]
