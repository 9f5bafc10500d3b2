"""Checks scans against what must go in, under the lock of their check: nothing is counted twice (WHS-3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.call import in_call
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.scanning import CodeStore
from bylaw_inventory.rules.packing.check import PackCheck
from bylaw_inventory.rules.packing.scan import PackScan, Piece, counted, refused_before, said_of, with_counted
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.use_cases.packing.keep_checks import KeepChecks, check_open
from bylaw_inventory.use_cases.scanning.read_codes import read_codes


class Taken(NamedTuple):
    """A scan as it is on record, or as it will be; why it is refused now, if it is."""

    scan: PackScan
    is_new: bool
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class CheckScans:
    """One scan is refused as any call is, and is on record all the same; of many each is answered by itself."""

    database: Database
    kept: KeepChecks
    codes: CodeStore

    def one(self, identifier: UUID, piece: Piece, caller: Caller, reach: Reach) -> PackCheck:
        """The check behind a scan; refuses as the contract says."""
        refused = None
        try:
            with self.database.work() as work:
                (taken,) = self._taken(work, identifier, [piece], caller=caller, reach=reach)
                if taken.scan.reason:
                    refused = taken
                    raise taken.refusal or refused_before(taken.scan)
                self._write(work.connection, identifier, [taken])
                return self.kept.found(work.connection, identifier, reach)
        finally:
            if refused and refused.is_new:
                self._keep_refused(identifier, refused, caller)

    def many(
        self, identifier: UUID, pieces: Sequence[Piece], caller: Caller, reach: Reach
    ) -> tuple[PackCheck, list[PackScan]]:
        """The check behind all of them, and each as it is on record; refuses PACK_CHECK_NOT_FOUND, PACK_CHECK_ENDED."""
        with self.database.work() as work:
            taken = self._taken(work, identifier, pieces, caller=caller, reach=reach)
            self._write(work.connection, identifier, taken)
            return self.kept.found(work.connection, identifier, reach), [one.scan for one in taken]

    def _taken(
        self, work: Work, identifier: UUID, pieces: Sequence[Piece], *, caller: Caller, reach: Reach
    ) -> list[Taken]:
        """Scans in their order, each with those before it counted; those on record are what they were, ended or not."""
        connection = work.connection
        check = self.kept.locked(connection, identifier, reach)
        keys = {piece.key for piece in pieces if piece.key}
        known = self.kept.scans.by_keys(connection, identifier, keys) if keys else {}
        new = [piece for piece in pieces if piece.key not in known]
        if new:
            check_open(check)
        made = iter(self._counted(work, check, new, caller=caller, reach=reach))
        return [Taken(known[one.key], is_new=False) if one.key in known else next(made) for one in pieces]

    def _counted(
        self, work: Work, check: PackCheck, new: Sequence[Piece], *, caller: Caller, reach: Reach
    ) -> list[Taken]:
        today = self.kept.finding.warehouse(work.connection, check.warehouse, reach).day_at(work.now)
        lines = {line.number: line for line in check.lines}
        taken = []
        codes = [one.code for one in new]
        found = read_codes(self.codes, work.connection, check.warehouse, codes, today=today)
        for piece, read in zip(new, found, strict=True):
            said = (new_id(), piece.key, piece.code)
            try:
                done = counted(piece, read, list(lines.values()), today)
            except Refusal as refusal:
                why = said_of(refusal)
                unit = lines[why.line].unit if why.line else ""
                scan = PackScan(*said, why.line, ZERO, unit, work.now, caller.key)
                scan = replace(scan, reason=why.reason, clause=why.clause, words=why.words)
                taken.append(Taken(scan, True, refusal))
            else:
                lines = with_counted(lines, done)
                scan = PackScan(*said, done.line.number, done.quantity, done.line.unit, work.now, caller.key)
                taken.append(Taken(scan, True))
        return taken

    def _write(self, connection: sa.Connection, identifier: UUID, taken: Sequence[Taken]) -> None:
        if new := [one.scan for one in taken if one.is_new]:
            self.kept.scans.add(connection, identifier, new)

    def _keep_refused(self, identifier: UUID, refused: Taken, caller: Caller) -> None:
        """Behind the refused call, in a transaction of its own."""
        with in_call(None), self.database.work() as work:
            work.act_as(caller)
            self._write(work.connection, identifier, [refused])
