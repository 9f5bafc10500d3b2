"""Takes tickets further up: to the head of the channel's unit, then to the operations director (CUS-2)."""

from dataclasses import dataclass
from datetime import timedelta

from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease
from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, NoticeWish, said
from bylaw_chassis.notices import have_told

from bylaw_orders.ports.tickets import HeadStore
from bylaw_orders.rules.orders.timeline import Happened
from bylaw_orders.rules.tickets import life
from bylaw_orders.rules.tickets.ticket import Level, Ticket, Written
from bylaw_orders.use_cases.orders.restating import EVERYBODY
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk

BATCH = 100
BY = "service:orders"
TITLE = ("工单升级", "A ticket was taken further up")
BODY = (
    "渠道 {channel} 的工单 {ticket} 应于 {due} 前答复客户，现升级给您；请查看并安排答复（CUS-2）。",
    "The ticket {ticket} of {channel} was to be answered by {due} and is with you now; see to an answer (CUS-2).",
)


@dataclass(frozen=True, slots=True)
class TakeFurtherUp:
    """Where nobody heads the unit, the operations director is told at once."""

    desk: TicketDesk
    heads: HeadStore

    def rise(self, work: Work, found: Ticket, *, by: str, written: Written | None = None) -> Ticket:
        """Refuses TICKET_CLOSED, TICKET_AT_TOP."""
        made = life.escalated(found, work.now)
        channel = self.desk.finding.channel(work.connection, found.wish.channel, EVERYBODY)
        due = f"{found.due_at or found.first_due_at:%Y-%m-%d %H:%M} UTC"
        body = said(BODY, ticket=made.name, channel=channel.wish.code, due=due)
        heads = self.heads.heads_on(work.connection, [channel.wish.unit], self.desk.finding.today)
        to_head = list(heads.values()) if made.level is Level.HEAD else []
        have_told(work, NoticeWish(to_head, TITLE, body, made.name, "" if to_head else OPERATIONS_DIRECTOR))
        return self.desk.change(work, found, made, by=by, written=written, happened=Happened.TICKET_ESCALATED)


@dataclass(frozen=True, slots=True)
class RiseOverdue:
    """The timer: what is overdue goes up by itself, and once more when it still is so long after."""

    database: Database
    rise: TakeFurtherUp
    pause: timedelta

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Each ticket in a transaction of its own, once for each step, whoever else does so at the same time."""
        desk, now = self.rise.desk, self.database.clock()
        with self.database.read() as connection:
            overdue = desk.tickets.overdue(connection, now, BATCH)
        for identifier in overdue:
            with self.database.work() as work:
                found = desk.held(work, identifier)
                if life.is_to_rise(found, work.now, self.pause):
                    self.rise.rise(work, found, by=BY)
