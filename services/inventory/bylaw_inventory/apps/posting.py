"""Puts together what posts movements, with all that it holds them to; a part of `app.py`."""

from bylaw_chassis.database import Database

from bylaw_inventory.store import (
    fixed_places,
    items,
    ledger,
    movements,
    paper_rules,
    refused_movements,
    reservations,
    return_decisions,
    special_goods,
    warehouses,
)
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.papers.report_refusals import ReportRefusals
from bylaw_inventory.use_cases.stock.booking import Booking
from bylaw_inventory.use_cases.stock.post_movement import PostMovement


def posting_of(database: Database, finding: Finding, days_back: int) -> PostMovement:
    """Posts movements; `days_back`: so many days after its own an entry is still taken."""
    stores = (items, warehouses, movements, reservations)
    reporting = ReportRefusals(database, refused_movements)
    held_to = (fixed_places, paper_rules, reporting, special_goods)
    return PostMovement(
        database, finding, *stores, Booking(ledger), *held_to, return_decisions=return_decisions, days_back=days_back
    )
