"""Takes what a provider of tracking pushed: nothing of it is believed before its signature is right (ORD-2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bylaw_chassis.database import Database

from bylaw_orders.ports.couriers import CourierDesk
from bylaw_orders.use_cases.tracking.hear_reports import HearReports


@dataclass(frozen=True, slots=True)
class ReceivePush:
    """A push that came before is a repeat; a waybill that is not on record is answered as taken, so that it ends."""

    database: Database
    couriers: CourierDesk
    hearing: HearReports

    def take(self, courier: str, body: bytes, headers: Mapping[str, str]) -> tuple[str, str]:
        """What the provider wants to hear; refuses COURIER_UNKNOWN, PUSH_FORGED, PUSH_UNREADABLE, PUSH_POSTPONED."""
        reports = self.couriers.verified(courier, body, headers)
        self.hearing.hear(reports)
        return self.couriers.answer(courier, self.database.clock())
