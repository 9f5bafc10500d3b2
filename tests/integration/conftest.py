"""A company by chance, made once for tests that only read it; `tests/prove` makes more of them."""

import random
from collections.abc import Iterator

import pytest

from tests.builders.attendance import attendance_service
from tests.builders.inventory import inventory_beside
from tests.builders.orders import orders_beside
from tests.databases import Databases
from tests.integration.organisations import Company, company

SEED = 1


@pytest.fixture(scope="session")
def made(postgres: Databases) -> Iterator[Company]:
    """A company by chance, which tests only read."""
    with (
        attendance_service(postgres) as attendance,
        inventory_beside(postgres, attendance.people) as inventory,
        orders_beside(postgres, inventory) as orders,
    ):
        yield company(attendance, inventory, orders, random.Random(SEED))  # noqa: S311 - a test's chance


@pytest.fixture
def chance(made: Company) -> random.Random:
    """What is drawn in a test, the same each time."""
    return random.Random(len(made.units))  # noqa: S311
