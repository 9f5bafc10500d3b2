"""Finds deliveries with their notes, and puts what arrived beside what was announced (WHS-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_inventory.ports.receiving import DeliveryStore, NoteStore, ReceivingRuleStore
from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.rules.receiving.comparing import Terms, compared, taken_before
from bylaw_inventory.rules.receiving.delivery import Delivery, DeliveryState
from bylaw_inventory.rules.receiving.note import DeliveryNote
from bylaw_inventory.rules.receiving.refusals import DeliveryNotFound, NoteNotFound
from bylaw_inventory.use_cases.finding import Finding

SHOWN_AFTER_COUNT = frozenset({DeliveryState.COUNTED, DeliveryState.DECIDED})


@dataclass(frozen=True, slots=True)
class CompareDeliveries:
    """Locks go to the note first and to the delivery then, so that no two wait for each other."""

    database: Database
    finding: Finding
    notes: NoteStore
    deliveries: DeliveryStore
    rules: ReceivingRuleStore

    def one(self, identifier: UUID, reach: Reach) -> Delivery:
        """A delivery as it is shown; refuses DELIVERY_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.delivery(connection, identifier, reach)
            note = self.note(connection, found.note, reach)
            return self.shown(connection, note, [found], reach)[0]

    def listed(self, note: UUID, reach: Reach, *, page: tuple[int | None, int]) -> list[Delivery]:
        """Refuses DELIVERY_NOTE_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.note(connection, note, reach)
            return self.shown(connection, found, self.deliveries.listed(connection, note, page=page), reach)

    def note(self, connection: sa.Connection, identifier: UUID, reach: Reach, *, lock: bool = False) -> DeliveryNote:
        """Refuses DELIVERY_NOTE_NOT_FOUND."""
        found = self.notes.find(connection, identifier, reach, self.finding.today, lock=lock)
        if found is None:
            raise NoteNotFound
        return found

    def delivery(self, connection: sa.Connection, identifier: UUID, reach: Reach, *, lock: bool = False) -> Delivery:
        """Refuses DELIVERY_NOT_FOUND."""
        found = self.deliveries.find(connection, identifier, reach, self.finding.today, lock=lock)
        if found is None:
            raise DeliveryNotFound
        return found

    def locked(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> tuple[DeliveryNote, Delivery]:
        """Both, locked; refuses DELIVERY_NOT_FOUND."""
        known = self.delivery(connection, identifier, reach)
        note = self.note(connection, known.note, reach, lock=True)
        return note, self.delivery(connection, identifier, reach, lock=True)

    def shown(
        self, connection: sa.Connection, note: DeliveryNote, found: Sequence[Delivery], reach: Reach
    ) -> list[Delivery]:
        """Deliveries of a note with what was announced; while a blind one is counted, without."""
        warehouse = self.finding.warehouse(connection, note.warehouse, reach)
        shown = [one for one in found if one.state in SHOWN_AFTER_COUNT or not (note.blind or one.ending)]
        known = {one.identifier: one for one in self.compared(connection, note, shown, warehouse)} if shown else {}
        return [known.get(one.identifier, one) for one in found]

    def compared(
        self, connection: sa.Connection, note: DeliveryNote, found: Sequence[Delivery], warehouse: Warehouse
    ) -> list[Delivery]:
        """Deliveries of a note, each beside it."""
        items = {line.item for line in note.lines} | {line.item for one in found for line in one.lines}
        tolerances = self.rules.of_items(connection, note.warehouse, items)
        taken = self.deliveries.taken(connection, note.identifier)

        def beside(one: Delivery) -> Delivery:
            before = taken_before(taken, one.identifier, one.ending.at if one.ending else None)
            terms = Terms(tolerances, one.partial, warehouse.day_at(self._counted_at(one)))
            return replace(one, compared=tuple(compared(note.lines, one.lines, before, terms)))

        return [beside(one) for one in found]

    def _counted_at(self, one: Delivery) -> datetime:
        return one.counted_at or self.database.clock()
