"""What may become of a ticket, step by step; each step says no where it may not be (CUS-2)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bylaw_orders.rules.tickets.refusals import (
    ReturnSlipIssued,
    TicketAtTop,
    TicketClosed,
    TicketNotAnswered,
    TicketOpen,
    TicketRated,
    TicketWaitsForDecision,
    TicketWithoutReturn,
)
from bylaw_orders.rules.tickets.ticket import (
    WITH_RETURN,
    Goods,
    Level,
    ReturnLine,
    Ticket,
)


def check_open(ticket: Ticket) -> None:
    """Refuses TICKET_CLOSED."""
    if ticket.closed_at:
        raise TicketClosed


def assigned(ticket: Ticket, person: UUID) -> Ticket:
    """Refuses TICKET_CLOSED."""
    check_open(ticket)
    return replace(ticket, assignee=person)


def answered(ticket: Ticket, now: datetime, by: UUID | None, *, waits: bool) -> Ticket:
    """No answer is owed any more; one that was nobody's is whoever answered. Refuses TICKET_CLOSED."""
    check_open(ticket)
    return replace(
        ticket,
        answered_at=ticket.answered_at or now,
        due_at=None,
        waits=waits,
        level=Level.NONE,
        escalated_at=None,
        assignee=ticket.assignee or by,
    )


def customer_said(ticket: Ticket, now: datetime, promise: timedelta) -> Ticket:
    """An answer is owed anew, by what is owed already where one is. Refuses TICKET_CLOSED."""
    check_open(ticket)
    return replace(ticket, due_at=ticket.due_at or now + promise, waits=False)


def escalated(ticket: Ticket, now: datetime) -> Ticket:
    """One further up. Refuses TICKET_CLOSED, TICKET_AT_TOP."""
    check_open(ticket)
    if ticket.level is Level.DIRECTOR:
        raise TicketAtTop
    return replace(ticket, level=Level(ticket.level + 1), escalated_at=now)


def is_to_rise(ticket: Ticket, now: datetime, pause: timedelta) -> bool:
    """Whether it goes further up by itself: overdue, and so long again after each step."""
    if not ticket.is_overdue(now) or ticket.level is Level.DIRECTOR:
        return False
    return ticket.level is Level.NONE or ticket.escalated_at is None or ticket.escalated_at + pause <= now


def with_slip(ticket: Ticket, lines: tuple[ReturnLine, ...]) -> Ticket:
    """Goods are awaited. Refuses TICKET_CLOSED, TICKET_WITHOUT_RETURN, RETURN_SLIP_ISSUED."""
    check_open(ticket)
    if ticket.wish.kind not in WITH_RETURN:
        raise TicketWithoutReturn
    if ticket.slip:
        raise ReturnSlipIssued(slip=ticket.slip)
    return replace(ticket, slip=slip_of(ticket.identifier), lines=lines, goods=Goods.AWAITED)


def slip_of(ticket: UUID) -> str:
    """The number of a ticket's slip: from the part of its id that is random."""
    return f"RMA-{ticket.hex[-12:].upper()}"


def with_goods(ticket: Ticket, lines: tuple[ReturnLine, ...], now: datetime, promise: timedelta) -> Ticket:
    """What came back by its slip, or turned out not to have. A ticket that was closed opens where goods come."""
    complete = all(line.returned >= line.quantity for line in lines)
    came = any(new.returned > old.returned for new, old in zip(lines, ticket.lines, strict=True))
    made = replace(ticket, lines=lines, goods=Goods.BACK if complete else Goods.AWAITED)
    return _open_again(made, now, promise) if ticket.closed_at and came else made


def deciding(ticket: Ticket, action: UUID) -> Ticket:
    """An action waits. Refuses TICKET_CLOSED, TICKET_ACTION_WAITS."""
    check_undecided(ticket)
    return replace(ticket, deciding=action)


def check_undecided(ticket: Ticket) -> None:
    """Refuses TICKET_CLOSED, TICKET_ACTION_WAITS."""
    check_open(ticket)
    if ticket.deciding:
        raise TicketWaitsForDecision


def decided(ticket: Ticket, now: datetime) -> Ticket:
    """Its action was agreed, refused or came too late."""
    return replace(ticket, deciding=None, decided_at=now)


def taken_back(ticket: Ticket) -> Ticket:
    """Its action was taken back: it stands where it stood."""
    return replace(ticket, deciding=None)


def closed(ticket: Ticket, now: datetime, by: str) -> Ticket:
    """Refuses TICKET_CLOSED, TICKET_NOT_ANSWERED, TICKET_ACTION_WAITS."""
    check_open(ticket)
    if ticket.deciding:
        raise TicketWaitsForDecision
    if ticket.answered_at is None or ticket.due_at:
        raise TicketNotAnswered
    return replace(ticket, closed_at=now, closed_by=by, waits=False)


def reopened(ticket: Ticket, now: datetime, promise: timedelta) -> Ticket:
    """Refuses TICKET_OPEN."""
    if ticket.closed_at is None:
        raise TicketOpen
    return _open_again(ticket, now, promise)


def rated(ticket: Ticket, rating: int) -> Ticket:
    """Refuses TICKET_OPEN, TICKET_RATED."""
    if ticket.closed_at is None:
        raise TicketOpen
    if ticket.rating:
        raise TicketRated
    return replace(ticket, rating=rating)


def _open_again(ticket: Ticket, now: datetime, promise: timedelta) -> Ticket:
    return replace(
        ticket,
        closed_at=None,
        closed_by="",
        due_at=now + promise,
        decided_at=None,
        level=Level.NONE,
        escalated_at=None,
        reopened=ticket.reopened + 1,
    )
