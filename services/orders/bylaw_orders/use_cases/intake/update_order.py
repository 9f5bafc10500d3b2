"""Makes a newer version of an order the one that counts; the former stays on record (ORD-1)."""

from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.database import Work

from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.orders.drafting import Came
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.to_whom import to_whom
from bylaw_orders.rules.orders.updating import updated
from bylaw_orders.rules.orders.versions import Version, compared
from bylaw_orders.rules.stocking.claiming import whole
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY
from bylaw_orders.use_cases.orders.writing import Writing
from bylaw_orders.use_cases.privacy.readdressing import Readdressing


@dataclass(frozen=True, slots=True)
class UpdateOrder:
    """The order's row is locked first; whoever comes second compares with what the first made of it."""

    orders: OrderStore
    readdressing: Readdressing
    writing: Writing

    def update(self, work: Work, order: UUID, came: Came) -> Placed:
        """Refuses ORDER_SHIPPED. A version that is not the newest any more changes nothing."""
        kept = self.orders.find(work.connection, [order], EVERYBODY, NO_DAY, lock=True)[order]
        if compared(kept.seen, came.seen) is not Version.NEWER:
            return kept
        pardoned = self.orders.pardoned(work.connection, order)
        change = updated(kept, replace(came, at=work.now), pardoned)
        to = to_whom(came.wish, came.channel)
        apart = bool(to and kept.standing.together and self.readdressing.elsewhere(work.connection, order, to))
        made = self.writing.write(work, kept, change, wishes=whole(change.placed, came.channel), apart=apart)
        if to:
            self.readdressing.write(work, order, to)
        return made
