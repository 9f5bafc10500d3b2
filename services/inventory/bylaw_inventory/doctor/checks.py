"""What the doctor examines of inventory: cards, sums and reservations."""

from collections.abc import Sequence

from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check
from bylaw_chassis.organisation.checks import organisation_check
from bylaw_chassis.outcome_check import outcomes_applied
from bylaw_chassis.wordings_check import wordings_check

from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.doctor.books import closed_days
from bylaw_inventory.doctor.house import register
from bylaw_inventory.doctor.ledger import cards, reserved, sums
from bylaw_inventory.doctor.levels import levels
from bylaw_inventory.doctor.listings import listings
from bylaw_inventory.doctor.packing import packed
from bylaw_inventory.doctor.papers import papers
from bylaw_inventory.doctor.parcels import parcels
from bylaw_inventory.doctor.prices import history
from bylaw_inventory.doctor.receiving import received
from bylaw_inventory.doctor.returns import returned
from bylaw_inventory.doctor.sealed_cards import sealed
from bylaw_inventory.doctor.special import special_goods
from bylaw_inventory.doctor.stocktakes import stocktakes
from bylaw_inventory.doctor.units import stated_units

__all__ = ["MIGRATIONS", "checks"]


def checks(people: Database) -> Sequence[tuple[str, Check]]:
    """The checks by name; `people` is the neighbour's database, read only to compare with its feed."""
    return (
        organisation_check(people),
        wordings_check(people),
        ("outcomes", outcomes_applied),
        ("stock cards", cards),
        ("stock sums", sums),
        ("stock reserved", reserved),
        ("stated units", stated_units),
        ("goods deliveries", received),
        ("stocktakes", stocktakes),
        ("closed days", closed_days),
        ("sealed cards", sealed),
        ("price history", history),
        ("visitor register", register),
        ("stock papers", papers),
        ("special goods", special_goods),
        ("parcels", parcels),
        ("pack checks", packed),
        ("goods returned", returned),
        ("stock levels", levels),
        ("listings", listings),
    )
