"""What inventory asks people to decide and what follows from each kind of decision; a part of `app.py`."""

from bylaw_chassis.decisions import asked_decisions
from bylaw_chassis.decisions.ask_people import AskPeople
from bylaw_chassis.decisions.desk import PeopleDesk
from bylaw_chassis.decisions.wish import DecisionEnds
from bylaw_chassis.member import PEOPLE, Member

from bylaw_inventory.apps.returns import scrap_booking
from bylaw_inventory.apps.stocktakes import stocktake_booking
from bylaw_inventory.store import price_changes, prices
from bylaw_inventory.use_cases.pricing.ask_price_change import KIND as PRICES
from bylaw_inventory.use_cases.pricing.settle_price_change import SettlePriceChange
from bylaw_inventory.use_cases.returns.scrap_returns import SettleAdjustment
from bylaw_inventory.use_cases.stocktake.book_stocktake import SettleStocktake
from bylaw_inventory.use_cases.stocktake.submit_stocktake import KIND as STOCK_ADJUSTMENT


def decision_ends() -> DecisionEnds:
    """What follows from each kind of decision that inventory asks for."""
    return {
        PRICES: SettlePriceChange(prices, price_changes),
        STOCK_ADJUSTMENT: SettleAdjustment(SettleStocktake(stocktake_booking()), scrap_booking()),
    }


def asking(own: Member) -> AskPeople:
    """The desk at which people is asked."""
    return AskPeople(own.database, PeopleDesk(own.neighbours.channels[PEOPLE], own.neighbours), asked_decisions)
