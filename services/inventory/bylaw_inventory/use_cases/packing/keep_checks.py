"""Begins checks of what is packed, closes them and calls them off, and shows them (WHS-3)."""

from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach, caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.ports.packing import PackCheckStore, PackScanStore
from bylaw_inventory.ports.stores import MovementStore, ReservationStore
from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.rules.ledger.refusals import MovementNotFound
from bylaw_inventory.rules.packing.check import (
    PackCheck,
    PackEnding,
    PackState,
    Subject,
    closing_state,
    left_to_check,
)
from bylaw_inventory.rules.packing.refusals import PackCheckEnded, PackCheckNotFound, PackCheckNotIssue
from bylaw_inventory.rules.packing.scan import PackScan
from bylaw_inventory.rules.reserving.refusals import ReservationEnded, ReservationNotFound
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class KeepChecks:
    """Of a reservation or an issue one check is open at a time, whoever packs it."""

    database: Database
    finding: Finding
    checks: PackCheckStore
    scans: PackScanStore
    reservations: ReservationStore
    movements: MovementStore

    def start(self, warehouse: UUID, subject: Subject, caller: Caller, reach: Reach) -> PackCheck:
        """The open check where there is one, or a new one; refuses as the contract says."""
        with self.database.work() as work:
            connection = work.connection
            self.finding.warehouse(connection, warehouse, reach)
            self._check_subject(connection, warehouse, subject, reach)
            self.checks.hold(connection, subject)
            if found := self.checks.open_of(connection, subject):
                return found
            wanted = left_to_check(self.checks.taken(connection, subject))
            made = PackCheck(new_id(), warehouse, subject, work.now, caller.key)
            self.checks.add(connection, made, wanted)
            return self.found(connection, made.identifier, reach)

    def close(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> PackCheck:
        """Complete, or short with the reason; refuses as the contract says."""
        with self.database.work() as work:
            found = self.opened(work.connection, identifier, reach)
            return self._ended(work, found, PackEnding(closing_state(found, reason), work.now, caller.key, reason))

    def call_off(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> PackCheck:
        """Refuses PACK_CHECK_NOT_FOUND and PACK_CHECK_ENDED."""
        with self.database.work() as work:
            found = self.opened(work.connection, identifier, reach)
            return self._ended(work, found, PackEnding(PackState.CALLED_OFF, work.now, caller.key, reason))

    def one(self, identifier: UUID, reach: Reach) -> PackCheck:
        """Refuses PACK_CHECK_NOT_FOUND."""
        with self.database.read() as connection:
            return self.found(connection, identifier, reach)

    def listed(
        self, warehouse: UUID, reach: Reach, *, state: PackState | None, page: tuple[UUID | None, int]
    ) -> list[PackCheck]:
        """Newest first; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.checks.listed(connection, warehouse, state=state, page=page)

    def scans_of(
        self, identifier: UUID, reach: Reach, *, refused: bool, page: tuple[UUID | None, int]
    ) -> list[PackScan]:
        """In their order; refuses PACK_CHECK_NOT_FOUND."""
        with self.database.read() as connection:
            self.found(connection, identifier, reach)
            return self.scans.listed(connection, identifier, refused=refused, page=page)

    def found(self, connection: sa.Connection, identifier: UUID, reach: Reach, *, lock: bool = False) -> PackCheck:
        """A check within reach; refuses PACK_CHECK_NOT_FOUND."""
        found = self.checks.find(connection, identifier, reach, self.finding.today, lock=lock)
        if found is None:
            raise PackCheckNotFound
        return found

    def locked(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> PackCheck:
        """A check, locked until the transaction ends: what is in changes for nobody else meanwhile."""
        self.found(connection, identifier, reach, lock=True)
        return self.found(connection, identifier, reach)  # what whoever held the lock before has counted in

    def opened(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> PackCheck:
        """The same of one that is open; refuses PACK_CHECK_ENDED."""
        found = self.locked(connection, identifier, reach)
        check_open(found)
        return found

    def _ended(self, work: Work, found: PackCheck, ending: PackEnding) -> PackCheck:
        self.checks.end(work.connection, found.identifier, ending)
        return replace(found, ending=ending)

    def _check_subject(self, connection: sa.Connection, warehouse: UUID, subject: Subject, reach: Reach) -> None:
        today = self.finding.today
        if subject.reservation:
            reserved = self.reservations.lock(connection, subject.reservation, reach, today)
            if reserved is None or reserved.wish.warehouse != warehouse:
                raise ReservationNotFound
            if not reserved.live:
                raise ReservationEnded(state=reserved.state.name)
        if subject.movement:
            issue = self.movements.find(connection, subject.movement, reach, today)
            if issue is None or issue.warehouse != warehouse:
                raise MovementNotFound
            if issue.kind is not MovementKind.ISSUE or issue.reversed_by:
                raise PackCheckNotIssue


def check_open(found: PackCheck) -> None:
    """Refuses PACK_CHECK_ENDED, saying how, by whom and when."""
    if ending := found.ending:
        by = resource_name("people", caller_by_key(ending.by).person) or "-"
        raise PackCheckEnded(by=by, at=f"{ending.at:%Y-%m-%dT%H:%MZ}", state=ending.state.name)
