"""Marks special goods with their named keepers, and shows the marks (WHS-9)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.special import SpecialMarkStore
from bylaw_inventory.ports.stores import ItemStore
from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.refusals import Fault, ItemNotFound, LinesRefused
from bylaw_inventory.rules.special.mark import MarkWish, SpecialMark
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.special.special_forms import KEEPERS

NO_PERSON = Fault("PERSON_NOT_FOUND", "没有该人员", "there is no such person")


@dataclass(frozen=True, slots=True)
class KeepMarks:
    """Marks are the whole organisation's, as items are."""

    database: Database
    finding: Finding
    items: ItemStore
    marks: SpecialMarkStore

    def set(self, wish: MarkWish, caller: Caller) -> SpecialMark:
        """Refuses ITEM_NOT_FOUND and PERSON_NOT_FOUND."""
        self._check_people(wish)
        with self.database.work() as work:
            if wish.item and wish.item not in self.items.find(work.connection, [wish.item]):
                raise ItemNotFound
            made = SpecialMark(new_id(), wish, work.now, caller.key)
            self.marks.add(work.connection, made)
        return made

    def listed(self, *, every: bool, page: tuple[UUID | None, int]) -> list[SpecialMark]:
        """Those in force, or every one."""
        with self.database.read() as connection:
            return self.marks.listed(connection, every=every, page=page)

    def of(self, goods: Collection[Item]) -> dict[UUID, SpecialMark]:
        """The marks of items, of those that have one."""
        with self.database.read() as connection:
            return self.marks.of_goods(connection, goods)

    def _check_people(self, wish: MarkWish) -> None:
        """Asked before any transaction is open."""
        wanted = sorted({one.person for one in wish.keepers})
        known = {one.person for one in self.finding.organisation.people(Reach(everyone=True), ids=wanted)}
        faults = [
            NO_PERSON.at(f"{KEEPERS}[{number}].person")
            for number, one in enumerate(wish.keepers)
            if one.person not in known
        ]
        if faults:
            raise LinesRefused(faults)
