"""The doctor proves listings: whatever is listed is complete, and offered once on a channel at a time (GDS-1)."""

from collections.abc import Iterator

import pytest
from bylaw_inventory.doctor.listings import listings as listings_kept

from tests.builders.goods import Trade, trade
from tests.databases import Databases
from tests.integration.inventory.books import missed

CHANGED = [
    "update items set specification = '' where code = 'LISTED'",
    "update item_pictures set removed_at = now()",
    "update item_sheets set description_zh = '', description_en = ''",
    "update prices set channel = 'elsewhere'",
    "insert into category_rules values (gen_random_uuid(), '', '{1}', '{weight}', now(), 'x')",
    "alter table listings drop constraint listings_check; update listings set ended_by = '' where ended_at is not null",
    "update listings set ended_at = listed_at - interval '1 minute' where ended_at is not null",
    "update listings set ended_at = ended_at + interval '1 hour' where ended_at is not null",
    "update listings set listed_at = listed_at - interval '1 day' where ended_at is null",
]


@pytest.fixture
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop of this test's own."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


@pytest.mark.clause("GDS-1")
def test_listings_that_lie_are_found(postgres: Databases, shop: Trade) -> None:
    tea, cup = shop.complete(code="LISTED"), shop.complete(code="ENDED")
    clock = shop.inventory.clock
    for one in (tea, cup):
        shop.list_on(one.name)
        clock.pass_time(minutes=5)
        shop.end(one.name)
        clock.pass_time(minutes=5)
    shop.list_on(tea.name)
    clock.pass_time(minutes=5)
    assert missed(postgres, shop.inventory, listings_kept, CHANGED) == []
