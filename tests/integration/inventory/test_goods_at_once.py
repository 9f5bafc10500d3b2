"""Many at the same goods at once: what is listed is complete whatever comes at the same moment (GDS-1)."""

from collections.abc import Iterator

import pytest
from bylaw.inventory.v1 import item_sheets_pb2 as sheets
from bylaw_chassis.database import Database
from bylaw_inventory.store import completeness

from tests.builders.goods import Trade, trade
from tests.databases import Databases
from tests.integration.inventory.test_stock_at_once import at_once

pytestmark = pytest.mark.clause("GDS-1")


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop in which pictures alone are asked for."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        found.rule("", sheets.SHEET_PART_PICTURES)
        yield found


def assert_complete(shop: Trade) -> None:
    """Nothing that is listed lacks anything."""
    database = Database(shop.inventory.url, "inventory", shop.inventory.clock)
    try:
        with database.read() as connection:
            assert completeness.listed_incomplete(connection, None, shop.inventory.clock.now) == []
    finally:
        database.close()


def test_an_item_is_listed_once_by_many(shop: Trade) -> None:
    tea, milk = (shop.item(category="") for _ in range(2))
    for item in (tea, milk):
        shop.picture(item.name)
    orders = [(tea.name, milk.name), (milk.name, tea.name)] * 4
    said = at_once([lambda order=order: shop.list_on(*order) for order in orders])  # type: ignore[misc]
    assert sorted(one for one in said if isinstance(one, str)) == ["ITEM_LISTED"] * 7
    said = at_once([lambda order=order: shop.end(*order) for order in orders])  # type: ignore[misc]
    assert sorted(one for one in said if isinstance(one, str)) == ["ITEM_NOT_LISTED"] * 7


def test_a_picture_is_taken_off_or_the_item_is_listed_and_never_both(shop: Trade) -> None:
    for _ in range(6):
        tea = shop.item(category="")
        picture = shop.picture(tea.name)
        said = at_once([lambda: shop.list_on(tea.name), lambda: shop.remove(picture.name)], threads=2)  # noqa: B023
        refused = [one for one in said if isinstance(one, str)]
        assert refused in (["ITEM_INCOMPLETE"], ["ITEM_LISTED"])
    assert_complete(shop)


def test_a_variant_and_its_parents_last_picture_are_judged_one_behind_the_other(shop: Trade) -> None:
    for turn in range(6):
        shirt, red = (shop.item(category="") for _ in range(2))
        picture = shop.picture(shirt.name)
        option = sheets.ItemAttribute(name="colour", value="red")
        acts = [
            lambda: shop.update(red.name, variant_of=shirt.name, options=[option]),  # noqa: B023
            lambda: shop.list_on(red.name),  # noqa: B023
            lambda: shop.remove(picture.name),  # noqa: B023
        ]
        if turn % 2:
            acts[0]()
        said = at_once(acts[turn % 2 :], threads=3)
        assert {one for one in said if isinstance(one, str)} <= {"ITEM_INCOMPLETE", "ITEM_LISTED"}
    assert_complete(shop)


def test_a_rule_is_set_or_the_item_is_listed_and_never_both(shop: Trade) -> None:
    for _ in range(6):
        category = f"race-{shop.number()}"
        shop.rule(category, sheets.SHEET_PART_NAME)
        tea = shop.item(category=category)
        acts = [lambda: shop.list_on(tea.name), lambda: shop.rule(category, sheets.SHEET_PART_DESCRIPTION)]  # noqa: B023
        refused = [one for one in at_once(acts, threads=2) if isinstance(one, str)]
        assert refused in (["ITEM_INCOMPLETE"], ["CATEGORY_RULE_STRICTER"])
    assert_complete(shop)
