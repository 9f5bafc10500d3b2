"""How goods are reserved, for one and for many."""

from bylaw_chassis.database import Database
from bylaw_chassis.paging import PageTokens

from bylaw_inventory.rpc.reservations import ReservationCalls
from bylaw_inventory.store import ledger, reservations, reserving
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.reserving.reserve import Reserve
from bylaw_inventory.use_cases.reserving.reserve_many import ReserveMany


def reservation_calls(database: Database, finding: Finding, tokens: PageTokens) -> ReservationCalls:
    """The calls about reservations."""
    reserve = Reserve(database, finding, ledger, reserving, reservations)
    many = ReserveMany(database, finding, ledger, reserving, reservations)
    return ReservationCalls(reserve, many, tokens)
