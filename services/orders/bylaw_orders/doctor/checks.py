"""What the doctor examines of orders."""

from collections.abc import Sequence

from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check
from bylaw_chassis.organisation.checks import organisation_check
from bylaw_chassis.outcome_check import outcomes_applied
from bylaw_chassis.settings import read_settings
from bylaw_chassis.wordings_check import wordings_check

from bylaw_orders.app import MIGRATIONS
from bylaw_orders.apps.customers import CustomerKeys, vault_of
from bylaw_orders.doctor.customers import ERASED, erased, seals_check
from bylaw_orders.doctor.goods import HEARD, goods_check, heard_check
from bylaw_orders.doctor.orders import STANDING, claims_check, standing
from bylaw_orders.doctor.parcels import PARCELS, PROMISES, parcels_check, promises_check
from bylaw_orders.doctor.tickets import MONEY, REVIEWS, TICKETS, paid_back, reviews, tickets
from bylaw_orders.doctor.together import TOGETHER, together

__all__ = ["MIGRATIONS", "checks"]


def checks(people: Database, inventory: Database, master_key: str) -> Sequence[tuple[str, Check]]:
    """The checks by name; `people` and `inventory` are neighbours' databases, read only to compare with their feeds.

    What is sealed opens under the master key, or under those of the settings of customers' data.
    """
    vault = vault_of(read_settings(CustomerKeys), master_key)
    return (
        organisation_check(people),
        wordings_check(people),
        goods_check(inventory),
        (HEARD, heard_check),
        (STANDING, standing),
        (TOGETHER, together),
        claims_check(inventory),
        seals_check(vault),
        (ERASED, erased),
        (PARCELS, parcels_check),
        (PROMISES, promises_check),
        ("outcomes", outcomes_applied),
        (TICKETS, tickets),
        (MONEY, paid_back),
        (REVIEWS, reviews),
    )
