"""Parcels as people see and mend them: shown, added by a shop, reported on by hand; promises; customers' messages."""

from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_orders.ports.parcels import (
    ByInstant,
    ByNumber,
    KnownEvent,
    ListedPromise,
    MessageSteps,
    MessageStore,
    ParcelStore,
    PromiseQuery,
    PromiseStore,
)
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.refusals import ParcelFromWarehouse, ParcelNotFound
from bylaw_orders.rules.tracking.told import HAND, Report
from bylaw_orders.rules.tracking.track import Tracked, own_events
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.tracking.hear_reports import HearReports


@dataclass(frozen=True, slots=True)
class KeepParcels:
    """What is out of reach is answered like what there is not."""

    database: Database
    finding: Finding
    parcels: ParcelStore
    promises: PromiseStore
    messages: MessageStore
    hearing: HearReports

    def one(self, order: UUID, identifier: UUID, reach: Reach) -> Parcel:
        """Refuses PARCEL_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.parcels.find(connection, identifier, reach, self.finding.today)
        return _known(found, order)

    def of_order(self, order: UUID, reach: Reach, *, page: ByInstant) -> list[Parcel]:
        """Refuses ORDER_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.order(connection, order, reach)
            return self.parcels.of_order(connection, order, page=page)

    def by_waybill(self, waybill: str, reach: Reach, *, page: ByInstant) -> list[Parcel]:
        """Those within reach."""
        with self.database.read() as connection:
            return self.parcels.by_waybill(connection, waybill, reach, self.finding.today, page=page)

    def events(self, order: UUID, identifier: UUID, reach: Reach, *, page: ByNumber) -> list[KnownEvent]:
        """Refuses PARCEL_NOT_FOUND."""
        with self.database.read() as connection:
            _known(self.parcels.find(connection, identifier, reach, self.finding.today), order)
            return self.parcels.events(connection, identifier, page=page)

    def add(self, made: Parcel, caller: Caller, reach: Reach) -> Parcel:
        """Refuses ORDER_NOT_FOUND and PARCEL_FROM_WAREHOUSE; the same waybill again answers what is on record."""
        with self.database.work() as work:
            placed = self.finding.order(work.connection, made.order, reach, lock=True)
            channel = self.finding.channel(work.connection, placed.channel, Reach(everyone=True))
            if channel.wish.warehouse:
                raise ParcelFromWarehouse(number=placed.number)
            made = replace(made, identifier=new_id())
            if not self.parcels.add(work.connection, made, by=caller.key, at=work.now):
                known = self.parcels.news(work.connection, [made.order])[made.order]
                return next(one for one in known if one.waybill == made.waybill)
            self.hearing.begun(work, [made], by=caller.key)
            self.hearing.restating.restate(work, [made.order])
            self.hearing.promises.look(work, [made.order])
        return made

    def report(self, order: UUID, identifier: UUID, told: Tracked, reason: str, *, by: tuple[Caller, Reach]) -> Parcel:
        """Refuses PARCEL_NOT_FOUND, and FIELD_INVALID of an instant at which it cannot have happened."""
        caller, reach = by
        with self.database.work() as work:
            found = _known(self.parcels.find(work.connection, identifier, reach, self.finding.today), order)
            if not own_events([told], handed_over_at=found.handed_over_at, now=work.now):
                raise FieldInvalid(
                    field="occur_time",
                    zh="应为包裹交接之后、且不晚于现在的时刻",
                    en="expected an instant behind the hand-over of the parcel and not ahead of now",
                )
            self.finding.order(work.connection, order, reach, lock=True)
            found = _known(self.parcels.find(work.connection, identifier, reach, self.finding.today, lock=True), order)
            report = Report(found.waybill, found.courier, (told,), HAND, caller.key, reason)
            self.hearing.heard(work, [found], [report])
            return _known(self.parcels.find(work.connection, identifier, reach, self.finding.today), order)

    def late(self, query: PromiseQuery, reach: Reach) -> list[ListedPromise]:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            if query.channel:
                self.finding.channel(connection, query.channel, reach)
            return self.promises.listed(connection, query, reach, self.finding.today)

    def message_steps(self, channel: UUID, reach: Reach) -> MessageSteps:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.channel(connection, channel, reach)
            return self.messages.steps_of(connection, channel)

    def set_message_steps(self, channel: UUID, steps: MessageSteps, reach: Reach) -> MessageSteps:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.work() as work:
            self.finding.channel(work.connection, channel, reach, lock=True)
            self.messages.set_steps(work.connection, channel, steps)
        return steps


def _known(found: Parcel | None, order: UUID) -> Parcel:
    if found is None or found.order != order:
        raise ParcelNotFound
    return found
