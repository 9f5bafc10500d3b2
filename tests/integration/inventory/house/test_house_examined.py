"""The doctor compares the register with its entries, which nobody changes, and finds who is in twice (WHS-10)."""

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest

from tests.builders.house import Door
from tests.builders.inventory import InventoryService, inventory_service
from tests.databases import Databases, plain
from tests.integration.inventory.books import alter, assert_sound, examined

pytestmark = pytest.mark.clause("WHS-10")


@pytest.fixture
def inventory(postgres: Databases) -> Iterator[InventoryService]:
    """A service of each test's own, whose register it may spoil."""
    with inventory_service(postgres) as service:
        yield service


@pytest.fixture
def site(inventory: InventoryService) -> str:
    """Where the warehouse stands."""
    return inventory.people.site().name


@pytest.mark.parametrize(
    "statement",
    [
        "update visits set out_at = in_at where out_at is null",
        "update visits set in_at = in_at - interval '1 hour' where out_at is null",
        "update visits set struck_out = true where out_at is null",
        "delete from visit_entries where side = 2",
    ],
)
def test_each_way_of_changing_the_register_is_found(
    postgres: Databases, inventory: InventoryService, door: Door, statement: LiteralString
) -> None:
    door.leaves(door.enters("Li").name)
    door.enters("Zhao")
    assert_sound(inventory)
    alter(postgres, inventory, statement)
    assert [one.check for one in examined(inventory) if not one.holds] == ["visitor register"]


def test_entries_are_never_changed(inventory: InventoryService, door: Door) -> None:
    door.enters("Li")
    with psycopg.connect(plain(inventory.url), options="-csearch_path=inventory") as connection:
        for statement in ("update visit_entries set at = now()", "delete from visit_entries"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()
