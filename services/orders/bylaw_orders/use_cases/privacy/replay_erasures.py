"""Erases again whom a restored database knows again, and keeps who was erased outside of the database (CUS-1)."""

from dataclasses import dataclass

from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease

from bylaw_orders.events import customer_erased
from bylaw_orders.ports.customers import Erasing, KeptErasures, PrivacyLog
from bylaw_orders.rules.privacy.customer import Erasure

AFTER_RESTORE = "erased before a restore"


@dataclass(frozen=True, slots=True)
class ReplayErasures:
    """`file` outlives the database; whoever has none keeps what a restore brings back."""

    database: Database
    log: PrivacyLog
    erasing: Erasing
    file: KeptErasures

    def replay(self) -> int:
        """Before anything is served; answers how many were erased again."""
        kept = self.file.kept()
        with self.database.work() as work:
            back = self.erasing.not_erased(work.connection, kept)
            for customer in back:
                at, reason = kept[customer]
                made = Erasure(customer, at, "", reason, AFTER_RESTORE, 0)
                self.erasing.erase(work.connection, made)
                work.publish(customer_erased(made))
        return len(back)

    def keep(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Adds to the file who was erased since."""
        kept = self.file.kept()
        with self.database.read() as connection:
            made = self.log.all_erasures(connection)
        self.file.add(one for one in made if one.customer not in kept)
