"""Ends imports that nobody runs any more, and those whose further file did not come, so that nobody waits for them."""

from dataclasses import dataclass
from datetime import timedelta

from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import Refusal

from bylaw_orders.ports.order_files import OrderFileStore
from bylaw_orders.rules.order_files.order_import import ImportState, RefusedLine
from bylaw_orders.rules.order_files.refusals import ImportFailed, ImportFileMissing
from bylaw_orders.use_cases.order_files.hand_in_file import JOB

WAITS_FOR_A_FILE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EndImports:
    """The timer `ended-imports`."""

    database: Database
    store: OrderFileStore

    def __call__(self, lease: Lease) -> None:
        """Raises LeaseLost where another worker does so."""
        with self.database.work() as work:
            if lease:
                lease.hold(work.connection)
            for made in self.store.parked(work.connection, JOB):
                told = _told(ImportFailed())
                self.store.end(work.connection, made.identifier, ImportState.FAILED, work.now, refusal=told)
            for made in self.store.awaiting(work.connection, work.now - WAITS_FOR_A_FILE):
                told = _told(ImportFileMissing())
                self.store.end(work.connection, made.identifier, ImportState.REFUSED, work.now, refusal=told)


def _told(refusal: Refusal) -> RefusedLine:
    return RefusedLine(0, "", refusal.reason, refusal.message_zh, refusal.message_en)
