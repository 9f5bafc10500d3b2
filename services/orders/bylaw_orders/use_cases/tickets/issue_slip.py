"""Gives a ticket its return slip, and follows what comes back by it (CUS-2, WHS-6)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notice_wish import NoticeWish, said
from bylaw_chassis.notices import have_told

from bylaw_orders.events import order_changed
from bylaw_orders.rules.following.heard import Heard, MovedGoods, Returned, ReturnReversed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.tickets import life
from bylaw_orders.rules.tickets.refusals import TicketWithoutReturn
from bylaw_orders.rules.tickets.returning import expected, received, returned_lines
from bylaw_orders.rules.tickets.ticket import Goods, Ticket
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk

BY = "service:inventory"
TITLE = ("退货已到仓", "Goods are back")
BODY = (
    "工单 {ticket}（退货单 {slip}）的货物已全部到仓，请办理退款或换货（CUS-2）。",
    "All goods of the ticket {ticket} (slip {slip}) are back; the refund or the exchange is due (CUS-2).",
)


@dataclass(frozen=True, slots=True)
class IssueReturnSlip:
    """What other slips await is not promised twice: the order is locked."""

    database: Database
    desk: TicketDesk

    def issue(self, identifier: UUID, wished: Sequence[tuple[str, Decimal]], caller: Caller, reach: Reach) -> Ticket:
        """Refuses as the contract says."""
        with self.database.work() as work:
            found = self.desk.held(work, identifier, reach)
            order = found.wish.order
            if order is None:
                raise TicketWithoutReturn
            life.with_slip(found, ())
            placed = self.desk.orders.find(work.connection, [order], EVERYBODY, NO_DAY)[order]
            lines = expected(placed.lines, wished, self.desk.tickets.awaited(work.connection, order))
            made = life.with_slip(found, lines)
            return self.desk.change(work, found, made, by=caller.key, happened=Happened.RETURN_AGREED)


@dataclass(frozen=True, slots=True)
class HearReturns:
    """See `HearsStock`. A movement with several slips counts for the first of them that is a ticket's."""

    desk: TicketDesk

    def hear(self, work: Work, told: Sequence[Heard]) -> None:
        """Goods that came back by a slip of ours, or had not come back after all; others' slips change nothing."""
        backs = [one for one in told if isinstance(one, Returned | ReturnReversed)]
        known = self.desk.tickets.by_slips(work.connection, {slip for one in backs for slip in one.slips})
        if not known:
            return
        by_ticket = defaultdict[UUID, list[Returned | ReturnReversed]](list)
        for one in backs:
            if mine := [known[slip] for slip in one.slips if slip in known]:
                by_ticket[mine[0]].append(one)
        for found in self.desk.held_all(work, by_ticket):
            self._came(work, found, by_ticket[found.identifier])

    def _came(self, work: Work, found: Ticket, backs: Sequence[Returned | ReturnReversed]) -> None:
        moved = [(goods, 1 if isinstance(one, Returned) else -1) for one in backs for goods in one.goods]
        self._on_order(work, found, moved, backs)
        promise = self.desk.policies.of_channel(work.connection, found.wish.channel).promise(found.wish.kind)
        made = life.with_goods(found, received(found.lines, moved), work.now, promise)
        happened = Happened.TICKET_REOPENED if found.closed_at and made.closed_at is None else ""
        self.desk.change(work, found, made, by=BY, happened=happened)
        if made.goods is Goods.BACK and found.goods is not Goods.BACK and made.assignee:
            body = said(BODY, ticket=made.name, slip=made.slip)
            have_told(work, NoticeWish([made.assignee], TITLE, body, about=made.name))

    def _on_order(
        self,
        work: Work,
        found: Ticket,
        moved: Sequence[tuple[MovedGoods, int]],
        backs: Sequence[Returned | ReturnReversed],
    ) -> None:
        order = found.wish.order
        assert order  # noqa: S101 - a ticket with a slip has one
        placed = self.desk.orders.find(work.connection, [order], EVERYBODY, NO_DAY)[order]
        standing = replace(placed.standing, revision=placed.standing.revision + 1)
        made = replace(placed, lines=returned_lines(placed.lines, moved), standing=standing)
        self.desk.orders.rewrite(work.connection, made, replaced=None, at=work.now)
        events = [
            Event(
                order,
                one.at,
                Happened.GOODS_RETURNED if isinstance(one, Returned) else Happened.RETURN_REVERSED,
                BY,
                data=(("movement", str(one.movement)), ("ticket", found.name)),
            )
            for one in backs
        ]
        self.desk.orders.note(work.connection, events)
        work.publish(order_changed(made))
