"""Begins deliveries, counts them by form or scan, and finishes the count (WHS-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.events import delivery_changed
from bylaw_inventory.ports.stores import ItemStore
from bylaw_inventory.rules.goods.item import Item, gtin14
from bylaw_inventory.rules.receiving.count import (
    CountEntry,
    FormLine,
    Scan,
    counted_by_form,
    counted_on,
    differences,
    keyed,
    scanned,
)
from bylaw_inventory.rules.receiving.delivery import DELIVERIES, Delivery, DeliveryEnding
from bylaw_inventory.rules.receiving.note import DeliveryNote
from bylaw_inventory.rules.receiving.notice import of_differences
from bylaw_inventory.rules.receiving.refusals import (
    DeliveryCounted,
    DeliveryEmpty,
    DeliveryEnded,
    DeliveryExists,
    NoteEnded,
)
from bylaw_inventory.rules.refusals import ItemNotFound, LinesRefused
from bylaw_inventory.use_cases.receiving.compare import CompareDeliveries


@dataclass(frozen=True, slots=True)
class CountDelivery:
    """Whoever counts locks the delivery: two scanners count one after the other."""

    database: Database
    items: ItemStore
    comparing: CompareDeliveries

    def start(self, note: UUID, reference: str, *, partial: bool, caller: Caller, reach: Reach) -> Delivery:
        """Refuses DELIVERY_NOTE_NOT_FOUND, DELIVERY_NOTE_ENDED and DELIVERY_EXISTS."""
        with self.database.work() as work:
            connection, deliveries = work.connection, self.comparing.deliveries
            found = self.comparing.note(connection, note, reach, lock=True)
            if found.ending:
                raise NoteEnded(state=found.state.name)
            number = deliveries.next_number(connection, note)
            said = (number, reference, partial, work.now, caller.key)
            made = Delivery(new_id(), note, found.warehouse, *said)
            if first := deliveries.add(connection, made):
                raise DeliveryExists(reference=reference, delivery=resource_name(DELIVERIES, first))
            work.publish(delivery_changed(made))
            return self._shown(connection, found, made, reach)

    def record(self, identifier: UUID, lines: Sequence[FormLine], caller: Caller, reach: Reach) -> Delivery:
        """Makes a form the whole count; refuses as the contract says, naming the line."""
        with self.database.work() as work:
            found = self._counting(work.connection, identifier, reach)
            goods = self.items.find(work.connection, {line.item for line in lines})
            before, after = keyed(found.lines), counted_by_form(lines, goods)
            made = replace(found, lines=tuple(after.values()))
            return self._count(work, made, differences(before, after), caller=caller, reach=reach)

    def add(self, identifier: UUID, scan: Scan, caller: Caller, reach: Reach) -> Delivery:
        """Adds a scan, or takes it off; refuses as the contract says."""
        with self.database.work() as work:
            found = self._counting(work.connection, identifier, reach)
            item = self._scanned_item(work.connection, scan)
            before = keyed(found.lines)
            entry = scanned(scan, item, before.get((item.identifier, scan.lot)))
            if not isinstance(entry, CountEntry):
                raise LinesRefused([fault.at(part) for part, fault in entry.items()])
            made = replace(found, lines=tuple(counted_on(before, entry, item.wish.unit).values()))
            return self._count(work, made, [entry], caller=caller, reach=reach)

    def finish(self, identifier: UUID, remark: str, caller: Caller, reach: Reach) -> Delivery:
        """Refuses DELIVERY_NOT_FOUND, DELIVERY_COUNTED, DELIVERY_ENDED and DELIVERY_EMPTY; tells of what differs."""
        with self.database.work() as work:
            connection = work.connection
            note, found = self.comparing.locked(connection, identifier, reach)
            check_counting(found)
            if not (found.lines or remark):
                raise DeliveryEmpty
            made = replace(found, counted_at=work.now, counted_by=caller.key, remark=remark)
            self.comparing.deliveries.finish(connection, made)
            made = self._shown(connection, note, made, reach)
            self._tell(work, note, made)
            work.publish(delivery_changed(made))
        return made

    def call_off(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> Delivery:
        """Refuses DELIVERY_NOT_FOUND, DELIVERY_COUNTED and DELIVERY_ENDED."""
        with self.database.work() as work:
            found = self._counting(work.connection, identifier, reach)
            if found.lines:
                raise DeliveryCounted
            ending = DeliveryEnding(None, work.now, caller.key, reason)
            self.comparing.deliveries.end(work.connection, identifier, ending)
            made = replace(found, ending=ending)
            work.publish(delivery_changed(made))
        return made

    def _counting(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> Delivery:
        found = self.comparing.delivery(connection, identifier, reach, lock=True)
        check_counting(found)
        return found

    def _scanned_item(self, connection: sa.Connection, scan: Scan) -> Item:
        """By its name or its barcode; refuses ITEM_NOT_FOUND and BARCODE_INVALID."""
        if scan.item:
            found = self.items.find(connection, [scan.item]).get(scan.item)
        else:
            listed = self.items.listed(connection, code="", barcode=gtin14(scan.barcode), page=(None, 1))
            found = next(iter(listed), None)
        if found is None:
            raise ItemNotFound
        return found

    def _count(
        self, work: Work, made: Delivery, entries: Sequence[CountEntry], *, caller: Caller, reach: Reach
    ) -> Delivery:
        """Writes what changed; answers the delivery with what was counted by now."""
        connection = work.connection
        self.comparing.deliveries.count(connection, made.identifier, entries, at=work.now, by=caller.key)
        return self._shown(connection, self.comparing.note(connection, made.note, reach), made, reach)

    def _shown(self, connection: sa.Connection, note: DeliveryNote, made: Delivery, reach: Reach) -> Delivery:
        return self.comparing.shown(connection, note, [made], reach)[0]

    def _tell(self, work: Work, note: DeliveryNote, made: Delivery) -> None:
        """At once, whatever becomes of the call behind its commit (WHS-2)."""
        goods = self.items.find(work.connection, {one.item for one in made.compared})
        codes = {one.identifier: one.wish.code for one in goods.values()}
        for wish in of_differences(note, made, codes):
            have_told(work, wish)


def check_counting(found: Delivery) -> None:
    """Refuses DELIVERY_ENDED and DELIVERY_COUNTED."""
    if found.ending:
        raise already(found)
    if found.counted_at:
        raise DeliveryCounted


def already(found: Delivery) -> DeliveryEnded:
    """What became of it."""
    ending = found.ending
    decision = ending.decision.name if ending and ending.decision else found.state.name
    movement = f", stockMovements/{ending.movement}" if ending and ending.movement else ""
    return DeliveryEnded(state=decision, movement=movement)
