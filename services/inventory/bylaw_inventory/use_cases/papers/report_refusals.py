"""Puts on record what was refused for lack of papers, and tells the operations director at once (WHS-3)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from bylaw_chassis.call import in_call
from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database
from bylaw_chassis.notices import have_told
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id

from bylaw_inventory.events import movement_refused
from bylaw_inventory.ports.papers import RefusedMovementStore
from bylaw_inventory.rules.papers.refusals import PapersMissing
from bylaw_inventory.rules.papers.refused import ONCE_WITHIN, LackingPapers, RefusedMovement, notice_of


@dataclass(frozen=True, slots=True)
class ReportRefusals:
    """Written behind the refused transaction, in one of its own: of what was refused nothing else stays."""

    database: Database
    refused: RefusedMovementStore

    @contextmanager
    def reporting(self, caller: Caller, noted: Sequence[LackingPapers] = ()) -> Iterator[None]:
        """Goes around the unit of work; `noted` are attempts that a refusal of many at once does not name itself."""
        try:
            yield
        except Refusal as refusal:
            one = (refusal.attempt,) if isinstance(refusal, PapersMissing) else ()
            if found := (*one, *noted):
                self._report(found, caller)
            raise

    def _report(self, found: Sequence[LackingPapers], caller: Caller) -> None:
        """Outside of the call, which is refused: it stays refused where this cannot be written."""
        attempts = {one.digest(caller.key): one for one in found}
        try:
            with in_call(None), self.database.work() as work:
                work.act_as(caller)
                made = {
                    digest: RefusedMovement(
                        new_id(),
                        one.warehouse.identifier,
                        one.kind,
                        one.day,
                        one.lines,
                        one.papers,
                        one.missing,
                        one.clause,
                        work.now,
                        caller.key,
                    )
                    for digest, one in attempts.items()
                }
                for digest in sorted(self.refused.add(work.connection, made, work.now - ONCE_WITHIN)):
                    work.concerns(made[digest].name)
                    have_told(work, notice_of(attempts[digest]))
                    work.publish(movement_refused(made[digest]))
        except sa.exc.SQLAlchemyError as error:
            log().warning("refused_movement_not_reported", reason=type(error).__name__)
