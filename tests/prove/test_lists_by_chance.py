"""Lists show what single reads allow, over many companies by chance: the tests of one company, for each of them."""

import os
import random
from collections.abc import Iterator

import pytest

from tests.builders.attendance import attendance_service
from tests.builders.inventory import inventory_beside
from tests.builders.orders import orders_beside
from tests.databases import Databases
from tests.integration import test_list_equals_check, test_lists_in_parts, test_lists_of_stock
from tests.integration.organisations import Company, company

SEEDS = {"short": range(2, 4), "long": range(2, 22)}[os.environ.get("BYLAW_PROVE", "short")]
CHECKS = [
    check
    for module in (test_list_equals_check, test_lists_in_parts, test_lists_of_stock)
    for name, check in vars(module).items()
    if name.startswith("test_") and "chance" in check.__code__.co_varnames[: check.__code__.co_argcount]
]


@pytest.fixture(scope="module", params=SEEDS)
def made(postgres: Databases, request: pytest.FixtureRequest) -> Iterator[Company]:
    """A company by chance, which the tests only read."""
    with (
        attendance_service(postgres) as attendance,
        inventory_beside(postgres, attendance.people) as inventory,
        orders_beside(postgres, inventory) as orders,
    ):
        yield company(attendance, inventory, orders, random.Random(request.param))  # noqa: S311 - a test's chance


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.timeout(600)
def test_every_company_s_lists_show_what_single_reads_allow(made: Company, check: object) -> None:
    check(made, random.Random(len(made.units)))  # type: ignore[operator]  # noqa: S311
