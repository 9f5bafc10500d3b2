"""What a channel promises its customers, and what is left to whoever answers them (CUS-2, CUS-3)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.tickets.ticket import TicketKind


@dataclass(frozen=True, slots=True)
class ServicePolicy:
    """Hours within which each is answered, and how much of an order goes back without a decision, in smallest units."""

    channel: UUID
    inquiry_hours: int = 24
    complaint_hours: int = 24
    return_hours: int = 48
    refund_hours: int = 48
    exchange_hours: int = 48
    review_hours: int = 72
    refund_limit: int = 0
    revision: int = 0

    @property
    def name(self) -> str:
        """`channels/{channel}/servicePolicy`."""
        return f"{resource_name(CHANNELS, self.channel)}/servicePolicy"

    def promise(self, kind: TicketKind) -> timedelta:
        """Within which time a ticket of a kind is answered (CUS-2)."""
        hours = {
            TicketKind.INQUIRY: self.inquiry_hours,
            TicketKind.COMPLAINT: self.complaint_hours,
            TicketKind.RETURN: self.return_hours,
            TicketKind.REFUND: self.refund_hours,
            TicketKind.EXCHANGE: self.exchange_hours,
        }
        return timedelta(hours=hours[kind])

    @property
    def review_promise(self) -> timedelta:
        """Within which time a review is answered (CUS-3)."""
        return timedelta(hours=self.review_hours)
