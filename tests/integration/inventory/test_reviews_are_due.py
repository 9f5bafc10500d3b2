"""To review what a channel offers is a duty of who keeps it, due by a date, and the review itself does it (GDS-3)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from bylaw.inventory.v1 import goods_reviews_pb2 as reviews
from bylaw.inventory.v1 import item_sheets_pb2 as sheets
from bylaw.inventory.v1 import listings_pb2 as listings
from bylaw.people.v1 import duties_pb2 as duties
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_inventory.use_cases.reviewing.keep_review_duties import DeclareReviewDuties
from bylaw_people.permissions import known_permissions

from tests.builders.goods import Trade, outcome, trade
from tests.builders.notices import Office
from tests.databases import Databases

pytestmark = pytest.mark.clause("GDS-3")
DONE, OPEN = duties.DUTY_OCCURRENCE_STATE_DONE, duties.DUTY_OCCURRENCE_STATE_OPEN
DAYS = 4


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop whose channels are due every 4 days, where a name is all that a sheet needs."""
    with trade(postgres, tmp_path_factory.mktemp("pictures"), goods_review_days=DAYS) as found:
        found.rule("", sheets.SHEET_PART_NAME)
        yield found


def keep(shop: Trade, channel: str) -> None:
    """Says that the shop keeps a channel."""
    wish = listings.SalesChannel(channel=channel, unit=shop.shop)
    shop.listings.SetSalesChannel(listings.SetSalesChannelRequest(sales_channel=wish), metadata=shop.caller)


def due(shop: Trade, channel: str) -> dict[str, duties.DutyOccurrence]:
    """What is due of the shop about a channel, by its date, once the timer and the job have run."""
    inventory, people = shop.inventory, shop.inventory.people
    timers = {timer.kind: timer.function for timer in inventory.service.runner.timers}
    declaring = timers["review-duties"]
    assert isinstance(declaring, DeclareReviewDuties)
    declaring.declare_all()
    while inventory.service.runner.run_one(["book-duties-done"]):
        pass
    request = duties.ListDutyOccurrencesRequest(unit=shop.shop, page_size=1000)
    reader = people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))
    found = Office(people).duties.ListDutyOccurrences(request, metadata=reader)
    title = f"Review what {channel} offers"
    return {one.due_date: one for one in found.duty_occurrences if one.title.en == title}


def test_a_channel_is_due_so_many_days_behind_its_first_listing_and_its_last_review(shop: Trade) -> None:
    tea, clock = shop.item(), shop.inventory.clock
    keep(shop, "reviewed")
    assert due(shop, "reviewed") == {}
    shop.list_on(tea.name, channel="reviewed")
    first = (clock.now + timedelta(days=DAYS)).date().isoformat()
    (waiting,) = due(shop, "reviewed").values()
    assert (waiting.due_date, waiting.state, waiting.clause) == (first, OPEN, "GDS-3")
    clock.pass_time(days=1)
    opened = shop.review("reviewed")
    assert due(shop, "reviewed")[first].state == OPEN
    shop.record(opened.name, outcome(tea.name, reviews.REVIEW_OUTCOME_KEEP))
    second = (clock.now + timedelta(days=DAYS)).date().isoformat()
    found = due(shop, "reviewed")
    assert {day: one.state for day, one in found.items()} == {first: DONE, second: OPEN}
    assert found[first].proof.record == opened.name


def test_a_channel_of_which_nobody_said_who_keeps_it_is_nobodys_duty(shop: Trade) -> None:
    shop.list_on(shop.item().name, channel="unkept")
    assert due(shop, "unkept") == {}
