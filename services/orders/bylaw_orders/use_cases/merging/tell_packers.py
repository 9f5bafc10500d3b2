"""Tells those who pick and pack what goes in one parcel, behind the commit that has it so (ORD-2, WHS-12)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import orjson
import sqlalchemy as sa
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease, NotNow, enqueue
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id

from bylaw_orders.ports.merges import PackingDesk, TogetherStore
from bylaw_orders.rules.orders.together import packed_with

TELL_PACKERS = "tell-packers"
TRIES = 5


def have_packers_told(work: Work, orders: Collection[UUID], group: UUID | None = None) -> None:
    """Has it said anew, as soon as this is committed, of these orders and of those that go together by a group."""
    told = {"orders": sorted(orders), "group": group}
    enqueue(work.connection, TELL_PACKERS, str(new_id()), orjson.dumps(told))


@dataclass(frozen=True, slots=True)
class TellPackers:
    """The job. It says what is so when it runs, and again where that changed meanwhile: the last word is right."""

    database: Database
    merges: TogetherStore
    desk: PackingDesk

    def __call__(self, lease: Lease) -> None:
        """Raises NotNow while inventory does not answer."""
        asked, told = orjson.loads(lease.payload), None
        for _ in range(TRIES):
            with self.database.read() as connection:
                marks = self._marks(connection, asked)
            if marks == told:
                return
            try:
                self.desk.mark(marks)
            except Refusal as refusal:
                raise NotNow(refusal.reason) from refusal
            told = marks
        raise NotNow("IT_CHANGES")

    def _marks(self, connection: sa.Connection, asked: dict[str, object]) -> dict[UUID, str]:
        wanted = {UUID(str(one)) for one in asked["orders"]}  # type: ignore[attr-defined] # as `have_packers_told` wrote it
        if group := asked["group"]:
            wanted |= {*self.merges.together(connection, [UUID(str(group))]).get(UUID(str(group)), ())}
        return {claim: packed_with(others) for claim, others in self.merges.packed(connection, wanted).items()}
