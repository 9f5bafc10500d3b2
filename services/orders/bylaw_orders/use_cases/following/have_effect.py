"""Has what was heard of stock take its effect on orders: once each, in its order, whatever dies when (ORD-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.observe import log

from bylaw_orders.ports.following import HeardStore, HearsStock, KeptHeard

BATCH = 500


@dataclass(frozen=True, slots=True)
class HaveEffect:
    """The timer. An effect that fails is tried again, later and later, and what else is about its reservation waits.

    Nothing else does, and the feed is read on.
    """

    database: Database
    heard: HeardStore
    hears: HearsStock

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Until nothing waits whose turn it is."""
        with in_call(None):
            while self._some():
                pass

    def _some(self) -> bool:
        """Effects of as many as fit in a transaction; where one fails, of each reservation in one of its own."""
        told: Sequence[KeptHeard] = ()
        try:
            told = self._together()
        except Exception as error:  # noqa: BLE001 - which of them it was is found by each
            log().warning("stock_not_heard_together", reason=type(error).__name__)
            return self._apart()
        return bool(told)

    def _together(self, about: UUID | None = None) -> Sequence[KeptHeard]:
        with self.database.work() as work:
            told = self.heard.waiting(work.connection, BATCH, about)
            if told:
                self.hears.hear(work, [one.heard for one in told])
                self.heard.applied(work.connection, [one.number for one in told], work.now)
        return told

    def _apart(self) -> bool:
        with self.database.read() as connection:
            waiting = self.heard.waiting_about(connection, BATCH)
        for about in waiting:
            try:
                self._together(about)
            except Exception as error:  # noqa: BLE001 - whatever it is, others go on, and it is tried again
                log().error("stock_not_heard", about=str(about), exc_info=error)
                with self.database.work() as work:
                    self.heard.put_off(work.connection, about, type(error).__name__)
        return bool(waiting)
