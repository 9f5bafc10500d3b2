"""Puts together what serves stocktakes; a part of `app.py`."""

from collections.abc import Sequence

from bylaw.inventory.v1 import stocktakes_pb2
from bylaw_chassis.decisions.ask_people import AskPeople
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import PEOPLE, Member
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_inventory.neighbours.stocktake_duties import PeopleStocktakeDuties
from bylaw_inventory.rpc.stocktakes import StocktakeCalls
from bylaw_inventory.store import (
    items,
    ledger,
    movements,
    stocktake_counts,
    stocktake_differences,
    stocktakes,
    warehouses,
)
from bylaw_inventory.use_cases.books.keep_duties import DeclareDuties
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.stocktake.book_stocktake import BookBlocked, BookOnceFree, BookStocktake
from bylaw_inventory.use_cases.stocktake.count_stock import CountStock
from bylaw_inventory.use_cases.stocktake.explain_stocktake import ExplainStocktake
from bylaw_inventory.use_cases.stocktake.finding import Stocktakes
from bylaw_inventory.use_cases.stocktake.open_stocktake import OpenStocktake
from bylaw_inventory.use_cases.stocktake.show_stocktakes import ShowStocktakes
from bylaw_inventory.use_cases.stocktake.submit_stocktake import EndNeverAsked, SubmitStocktake

MINUTE_SECONDS, HOUR_SECONDS = 60.0, 3_600.0


def stocktake_booking() -> BookStocktake:
    """What books an approved stocktake."""
    return BookStocktake(stocktakes, stocktake_differences, items, warehouses, movements, ledger)


class StocktakeSettings(BaseModel):
    """Whether anybody is reminded to count the stock (WHS-6)."""

    stocktake_duties: bool = Field(
        default=True,
        description="Whether heads of units that keep a warehouse have its stocktake at each quarter's end as a duty of"
        " people's, with a reminder (WHS-6).",
    )


def add_stocktakes(
    server: Server, own: Member, finding: Finding, decisions: AskPeople, *, reminds: bool
) -> Sequence[Timer]:
    """Adds the calls about stocktakes; answers their timers."""
    database, kept = own.database, Stocktakes(finding, stocktakes)
    calls = StocktakeCalls(
        OpenStocktake(database, kept, items, warehouses),
        CountStock(database, kept, stocktake_counts, stocktake_differences, items, warehouses),
        ExplainStocktake(database, kept, stocktake_differences),
        SubmitStocktake(database, kept, stocktake_differences, decisions),
        BookBlocked(database, kept, stocktake_booking()),
        ShowStocktakes(database, kept, stocktake_counts, stocktake_differences),
        own.page_tokens,
    )
    server.add(stocktakes_pb2.DESCRIPTOR.services_by_name["Stocktakes"], calls)
    never = EndNeverAsked(database, kept, decisions, own.is_current)
    once_free = BookOnceFree(database, kept, stocktake_booking())
    timers = [
        Timer("stocktakes-never-asked", MINUTE_SECONDS, never),
        Timer("stocktakes-blocked", MINUTE_SECONDS, once_free, needed=stocktakes.ANY_BLOCKED),
    ]
    if reminds:
        desk = PeopleStocktakeDuties(own.neighbours.channels[PEOPLE], own.neighbours, lambda: finding.today)
        timers.append(Timer("stocktake-duties", HOUR_SECONDS, DeclareDuties(finding, desk)))
    return timers
