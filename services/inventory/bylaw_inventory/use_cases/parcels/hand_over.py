"""Hands parcels to carriers and records their receipts: no gap between warehouse and transport (WHS-12)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import new_id

from bylaw_inventory.events import parcel_changed
from bylaw_inventory.ports.packing import PackRuleStore
from bylaw_inventory.ports.parcels import ParcelStore
from bylaw_inventory.rules.packing.pack_rule import PackNeed, needs_check
from bylaw_inventory.rules.parcels.parcel import Parcel, ParcelWish, Receipt, faults_of
from bylaw_inventory.rules.parcels.refusals import (
    ParcelAcknowledged,
    ParcelHandedOver,
    ParcelNotFound,
    ParcelNotIssued,
    ParcelNotPacked,
)
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class HandOver:
    """Each parcel once; its receipt with it, or later, and once."""

    database: Database
    finding: Finding
    parcels: ParcelStore
    rules: PackRuleStore

    def hand(
        self, warehouse: UUID, carrier: str, wishes: Sequence[ParcelWish], *, caller: Caller, reach: Reach
    ) -> list[Parcel]:
        """All of them or none; refuses as the contract says, naming the parcel."""
        with self.database.work() as work:
            connection = work.connection
            self.finding.warehouse(connection, warehouse, reach)
            issued = self.parcels.issued(connection, warehouse, {issue for wish in wishes for _, issue in wish.issues})
            unpacked = self._unpacked(connection, warehouse, issued)
            _check(faults_of(wishes, issued, unpacked=unpacked))
            said = (work.now, caller.key)
            made = [
                Parcel(
                    new_id(),
                    warehouse,
                    carrier,
                    wish.number,
                    wish.movement,
                    *said,
                    Receipt(wish.receipt, *said) if wish.receipt else None,
                    wish.more,
                )
                for wish in wishes
            ]
            new = self.parcels.add(connection, made)
            before = {one.number.lower() for one in made if one.identifier not in new}
            _check(faults_of(wishes, issued, before=before))
            work.publish(*map(parcel_changed, made))
        return made

    def acknowledge(self, identifier: UUID, number: str, *, caller: Caller, reach: Reach) -> Parcel:
        """Refuses PARCEL_NOT_FOUND and PARCEL_ACKNOWLEDGED; of two who come at once the second learns of the first."""
        with self.database.work() as work:
            found = self._found(work.connection, identifier, reach)
            receipt = Receipt(number, work.now, caller.key)
            if not self.parcels.acknowledge(work.connection, identifier, receipt):
                there = self._found(work.connection, identifier, reach).receipt
                raise ParcelAcknowledged(receipt=there.number if there else "")
            made = replace(found, receipt=receipt)
            work.publish(parcel_changed(made))
        return made

    def listed(self, warehouse: UUID, reach: Reach, *, lacking: bool, page: tuple[UUID | None, int]) -> list[Parcel]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.parcels.listed(connection, warehouse, lacking=lacking, page=page)

    def _unpacked(self, connection: sa.Connection, warehouse: UUID, issued: Collection[UUID]) -> set[UUID]:
        """The issues that need a pack check by the rule of their day, and of which not all was checked."""
        rules = self.rules.of_warehouse(connection, warehouse)
        if not any(rule.need is PackNeed.REQUIRED for rule in rules):
            return set()
        papers = self.parcels.papers(connection, issued)
        need = {issue for issue, (day, kinds) in papers.items() if needs_check(kinds, rules, day)}
        return self.parcels.unpacked(connection, need) if need else set()

    def _found(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> Parcel:
        found = self.parcels.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise ParcelNotFound
        return found


def _check(faults: Sequence[Violation]) -> None:
    if not faults:
        return
    kinds = {one.reason for one in faults}
    for refusal in (ParcelHandedOver, ParcelNotIssued, ParcelNotPacked):
        if kinds == {refusal.reason}:
            raise refusal(faults)
    raise LinesRefused(faults)
