"""What follows from what is told of parcels: where they are, how far orders are, and who is told (ORD-2)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import enqueue

from bylaw_orders.events import parcel_tracked
from bylaw_orders.ports.parcels import MessageStore, ParcelStore
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.following.heard import ParcelHandedOver
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.tracking.happenings import OF_STATES
from bylaw_orders.rules.tracking.messages import Step
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.told import Moved, Report, moved
from bylaw_orders.use_cases.orders.restating import Restating
from bylaw_orders.use_cases.tracking.keep_promises import KeepPromises
from bylaw_orders.use_cases.tracking.tell_customers import TELL_CUSTOMER, told_key

BY_WAREHOUSE = "service:inventory"


@dataclass(frozen=True, slots=True)
class HearReports:
    """Orders are locked before parcels, each in the order of their ids; what is known is never written twice."""

    database: Database
    orders: OrderStore
    parcels: ParcelStore
    messages: MessageStore
    restating: Restating
    promises: KeepPromises

    def hear(self, reports: Sequence[Report]) -> int:
        """Takes reports in, all or none; answers how many parcels they concern. What has no parcel changes nothing."""
        waybills = {report.waybill for report in reports}
        with self.database.read() as connection:
            if not self.parcels.orders_of(connection, waybills):
                return 0
        with self.database.work() as work:
            concerned = self.parcels.orders_of(work.connection, waybills)
            self.orders.lock(work.connection, concerned)
            named = [one for one in self.parcels.named(work.connection, waybills) if one.order in concerned]
            return self.heard(work, named, reports)

    def heard(self, work: Work, parcels: Sequence[Parcel], reports: Sequence[Report]) -> int:
        """The same within a unit of work that holds the locks of the parcels and their orders."""
        known = self.parcels.known(work.connection, [one.identifier for one in parcels])
        now_at, made = {one.identifier: one for one in parcels}, list[tuple[Moved, Report]]()
        for report in reports:
            for parcel in [one for one in now_at.values() if _is_of(report, one)]:
                own = known[parcel.identifier]
                one = moved(parcel, own, report.events, work.now)
                own.extend(one.news)
                now_at[parcel.identifier] = one.after
                made.append((one, report))
        self.parcels.write(work.connection, made, work.now)
        self._follow(work, [(one, report) for one, report in made if one.after != one.before])
        return len({one.after.identifier for one, _ in made})

    def handed_over(self, work: Work, told: Sequence[tuple[UUID, ParcelHandedOver]]) -> None:
        """Parcels that the warehouse handed to a carrier; one that is known stays as it is."""
        self.begun(work, self.parcels.handed_over(work.connection, told), by=BY_WAREHOUSE)

    def begun(self, work: Work, made: Sequence[Parcel], *, by: str) -> None:
        """Tells of parcels that were put on record."""
        rows = [Event(one.order, one.handed_over_at, Happened.PARCEL_HANDED_OVER, by, data=_named(one)) for one in made]
        self.orders.note(work.connection, rows)
        work.publish(*map(parcel_tracked, made))
        self._have_told(work, [(one.identifier, Step.SHIPPED) for one in made])

    def _follow(self, work: Work, made: Sequence[tuple[Moved, Report]]) -> None:
        if not made:
            return
        events = [
            Event(
                one.after.order,
                one.after.at.since or work.now,
                OF_STATES[one.after.at.state],
                report.actor or f"service:{report.source}",
                report.reason,
                _named(one.after),
            )
            for one, report in made
            if one.is_elsewhere and one.after.at.state in OF_STATES
        ]
        self.orders.note(work.connection, events)
        last = {one.after.identifier: one.after for one, _ in made}
        work.publish(*map(parcel_tracked, last.values()))
        self._have_told(work, [(one.after.identifier, one.step) for one, _ in made if one.step])
        orders = sorted({one.order for one in last.values()})
        self.restating.restate(work, orders)
        self.promises.look(work, orders)

    def _have_told(self, work: Work, steps: Collection[tuple[UUID, Step]]) -> None:
        for parcel, step in self.messages.want(work.connection, [*steps], work.now):
            enqueue(work.connection, TELL_CUSTOMER, told_key(parcel, step), b"")


def _is_of(report: Report, parcel: Parcel) -> bool:
    """Whether it is of that parcel: of two couriers that gave out the same number it is the one that is named."""
    if report.waybill.upper() != parcel.waybill.upper():
        return False
    return not report.courier or not parcel.courier or report.courier == parcel.courier


def _named(parcel: Parcel) -> tuple[tuple[str, str], ...]:
    return (("parcel", str(parcel.identifier)),)
