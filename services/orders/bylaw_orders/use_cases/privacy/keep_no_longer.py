"""Takes recipients off orders that are kept long enough, and wraps keys anew when the master key changed (CUS-1)."""

from dataclasses import dataclass
from datetime import timedelta

from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease

from bylaw_orders.events import customer_erased
from bylaw_orders.ports.customers import Erasing
from bylaw_orders.rules.privacy.customer import Erasure, ErasureReason

BATCH = 500
KEPT_LONG_ENOUGH = "retention"


@dataclass(frozen=True, slots=True)
class KeepNoLonger:
    """In batches, each a transaction: whatever is stopped goes on where it was."""

    database: Database
    erasing: Erasing
    days: int

    def forget(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Until nothing is left that is too old."""
        while self._forget_some():
            pass

    def rewrap(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Until every key is wrapped by the present master key."""
        while self._rewrap_some():
            pass

    def _forget_some(self) -> int:
        with self.database.work() as work:
            before = work.now - timedelta(days=self.days)
            count, done = self.erasing.forget(work.connection, before, work.now, BATCH)
            idle = self.erasing.idle(work.connection, before, done, BATCH)
            for customer in idle:
                made = Erasure(customer, work.now, "", ErasureReason.RETENTION, KEPT_LONG_ENOUGH, 0)
                self.erasing.erase(work.connection, made)
                work.publish(customer_erased(made))
        return count + len(idle)

    def _rewrap_some(self) -> int:
        with self.database.work() as work:
            return self.erasing.rewrap(work.connection, BATCH)
