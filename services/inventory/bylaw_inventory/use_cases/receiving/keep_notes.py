"""Puts delivery notes on record, shows them, calls them off and closes them (WHS-1)."""

from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.events import delivery_note_changed
from bylaw_inventory.ports.receiving import DeliveryStore, NoteStore, ReceivingRuleStore
from bylaw_inventory.ports.stores import ItemStore
from bylaw_inventory.rules.receiving.comparing import missing
from bylaw_inventory.rules.receiving.delivery import DELIVERIES
from bylaw_inventory.rules.receiving.note import NOTES, DeliveryNote, NoteEnding, NoteState, NoteWish, announced
from bylaw_inventory.rules.receiving.notice import of_shortage
from bylaw_inventory.rules.receiving.refusals import (
    DeliveryUndecided,
    NoteArrived,
    NoteEnded,
    NoteExists,
    NoteNotFound,
    NoteOpen,
    NoteUnmet,
)
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class KeepNotes:
    """A note is locked before anything of it changes, and before any of its deliveries."""

    database: Database
    finding: Finding
    items: ItemStore
    notes: NoteStore
    deliveries: DeliveryStore
    rules: ReceivingRuleStore

    def create(self, wish: NoteWish, caller: Caller, reach: Reach) -> DeliveryNote:
        """Refuses DELIVERY_NOTE_EXISTS, WAREHOUSE_NOT_FOUND, and what is wrong with lines."""
        with self.database.work() as work:
            warehouse = self.finding.warehouse(work.connection, wish.warehouse, reach)
            goods = self.items.find(work.connection, {line.item for line in wish.lines})
            lines = announced(wish.lines, goods)
            said = (wish.supplier, wish.number, wish.expected, wish.blind, lines)
            made = DeliveryNote(new_id(), warehouse.identifier, *said, work.now, caller.key)
            if first := self.notes.add(work.connection, made):
                raise NoteExists(supplier=wish.supplier, number=wish.number, note=resource_name(NOTES, first))
            work.publish(delivery_note_changed(made))
        return made

    def one(self, identifier: UUID, reach: Reach) -> DeliveryNote:
        """Refuses DELIVERY_NOTE_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.notes.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise NoteNotFound
        return found

    def listed(
        self, warehouse: UUID, reach: Reach, state: NoteState | None, *, page: tuple[UUID | None, int]
    ) -> list[DeliveryNote]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.notes.listed(connection, warehouse, state, page=page)

    def call_off(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> DeliveryNote:
        """Refuses DELIVERY_NOTE_NOT_FOUND, DELIVERY_NOTE_ENDED, and DELIVERY_NOTE_ARRIVED."""
        with self.database.work() as work:
            found = self._open(work, identifier, reach)
            if self.deliveries.has_arrived(work.connection, identifier):
                raise NoteArrived
            return self._end(work, found, NoteEnding(NoteState.CALLED_OFF, work.now, caller.key, reason))

    def close(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> DeliveryNote:
        """Refuses DELIVERY_NOTE_NOT_FOUND, DELIVERY_NOTE_ENDED, DELIVERY_UNDECIDED and DELIVERY_NOTE_UNMET."""
        with self.database.work() as work:
            found = self._open(work, identifier, reach)
            if waiting := self.deliveries.waiting(work.connection, identifier):
                raise DeliveryUndecided(delivery=resource_name(DELIVERIES, waiting[0]))
            if not self.deliveries.has_arrived(work.connection, identifier):
                raise NoteUnmet
            self._tell_of_shortage(work, found, reason)
            state = NoteState.CLOSED if found.accepted else NoteState.RETURNED
            return self._end(work, found, NoteEnding(state, work.now, caller.key, reason))

    def reopen(self, identifier: UUID, reason: str, reach: Reach) -> DeliveryNote:
        """Refuses DELIVERY_NOTE_NOT_FOUND and DELIVERY_NOTE_OPEN."""
        with self.database.work() as work:
            found = self._locked(work, identifier, reach)
            if found.ending is None:
                raise NoteOpen
            self.notes.reopen(work.connection, identifier, reason)
            made = replace(found, ending=None, reopen_reason=reason)
            work.publish(delivery_note_changed(made))
        return made

    def _locked(self, work: Work, identifier: UUID, reach: Reach) -> DeliveryNote:
        found = self.notes.find(work.connection, identifier, reach, self.finding.today, lock=True)
        if found is None:
            raise NoteNotFound
        return found

    def _open(self, work: Work, identifier: UUID, reach: Reach) -> DeliveryNote:
        found = self._locked(work, identifier, reach)
        if found.ending:
            raise NoteEnded(state=found.state.name)
        return found

    def _end(self, work: Work, found: DeliveryNote, ending: NoteEnding) -> DeliveryNote:
        self.notes.end(work.connection, found.identifier, ending)
        made = replace(found, ending=ending)
        work.publish(delivery_note_changed(made))
        return made

    def _tell_of_shortage(self, work: Work, found: DeliveryNote, reason: str) -> None:
        """At once, whatever becomes of the call behind its commit (WHS-2)."""
        items = {line.item for line in found.lines}
        tolerances = self.rules.of_items(work.connection, found.warehouse, items)
        codes = {one.identifier: one.wish.code for one in self.items.find(work.connection, items).values()}
        for wish in of_shortage(found, missing(found.lines, found.accepted, tolerances), codes, reason=reason):
            have_told(work, wish)
