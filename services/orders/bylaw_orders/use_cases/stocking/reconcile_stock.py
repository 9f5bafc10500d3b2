"""Compares what orders claim with what inventory holds, daily and when asked; tells, and changes nothing (ORD-1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease, NotNow
from bylaw_chassis.notice_wish import NoticeWish
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import Refusal

from bylaw_orders.ports.reconciling import KeptDisagreement, ReconcilingStore, StockHeld
from bylaw_orders.rules.stocking.reconciling import Disagreed, disagreements

DIRECTOR = "operations-director"
UNDER_WAY = timedelta(minutes=1)
TITLE = ("订单与库存预留不一致", "Orders and inventory disagree on what is reserved")


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A comparison: when, how many reservations and claims, on how many they disagree."""

    at: datetime
    reservations: int
    claims: int
    disagreements: int


@dataclass(frozen=True, slots=True)
class ReconcileStock:
    """What is under way while it is compared looks as if it disagreed: so what does is looked at twice."""

    database: Database
    store: ReconcilingStore
    held: StockHeld
    wait: Callable[[float], object]

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """The timer; inventory that does not answer is asked again."""
        with in_call(None):
            try:
                self.reconcile()
            except Refusal as refusal:
                raise NotNow(refusal.reason) from refusal

    def reconcile(self) -> Reconciliation:
        """Refuses UNAVAILABLE."""
        found, reservations, claims = self._compared()
        if found:
            self.wait(1.0)
            again, reservations, claims = self._compared()
            found = [one for one in again if one in set(found)]
        with self.database.work() as work:
            at = work.now
            new = self.store.write(work.connection, found, at)
            self.store.note(work.connection, at, reservations, claims, len(found))
            if new:
                body = (
                    f"新发现 {new} 处，共 {len(found)} 处；请查看 GET /v1/stockDisagreements。",
                    f"{new} new of {len(found)}; look at GET /v1/stockDisagreements.",
                )
                have_told(work, NoticeWish((), TITLE, body, about="", role=DIRECTOR))
        return Reconciliation(at, reservations, claims, len(found))

    def listed(self, *, page: tuple[tuple[datetime, UUID] | None, int]) -> list[KeptDisagreement]:
        """What disagreed when it was last compared."""
        with self.database.read() as connection:
            return self.store.listed(connection, page=page)

    def _compared(self) -> tuple[Sequence[Disagreed], int, int]:
        with self.database.read() as connection:
            warehouses = self.store.warehouses(connection)
        held = self.held.held(warehouses)
        with self.database.read() as connection:
            claims = self.store.claims(connection, held)
        settled = self.database.clock() - UNDER_WAY
        old = {reservation: one for reservation, one in held.items() if reservation in claims or one.made_at < settled}
        return disagreements(claims, old), len(held), sum(claim.holds for claim in claims.values())
