"""How goods are reserved: for one, for many, and together for those who come at the same time."""

from bylaw_chassis.database import Database
from bylaw_chassis.paging import PageTokens

from bylaw_inventory.messages.stock import reservation_message
from bylaw_inventory.rpc.reservations import ReservationCalls
from bylaw_inventory.store import ledger, reservations, reserving
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.reserving.reserve import Reserve
from bylaw_inventory.use_cases.reserving.reserve_many import ReserveMany
from bylaw_inventory.use_cases.reserving.reserve_together import ReserveTogether


def reservation_calls(database: Database, finding: Finding, tokens: PageTokens) -> ReservationCalls:
    """The calls about reservations."""
    reserve = Reserve(database, finding, ledger, reserving, reservations)
    many = ReserveMany(database, finding, ledger, reserving, reservations)
    return ReservationCalls(reserve, many, ReserveTogether(reserve, many, reservation_message), tokens)
