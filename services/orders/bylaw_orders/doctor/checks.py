"""What the doctor examines of orders."""

from collections.abc import Sequence

from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check
from bylaw_chassis.organisation.checks import organisation_check
from bylaw_chassis.wordings_check import wordings_check

from bylaw_orders.app import MIGRATIONS

__all__ = ["MIGRATIONS", "checks"]


def checks(people: Database) -> Sequence[tuple[str, Check]]:
    """The checks by name; `people` is the neighbour's database, read only to compare with its feed."""
    return (organisation_check(people), wordings_check(people))
