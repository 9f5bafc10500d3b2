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
from bylaw_inventory.doctor.prices import history
from bylaw_inventory.doctor.receiving import received
from bylaw_inventory.doctor.stocktakes import stocktakes

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
        ("goods deliveries", received),
        ("stocktakes", stocktakes),
        ("closed days", closed_days),
        ("price history", history),
        ("visitor register", register),
    )
