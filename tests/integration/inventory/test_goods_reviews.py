"""What a channel offers is reviewed at set intervals: figures of the ledger, proposals, outcomes (GDS-3)."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.inventory.v1 import goods_reviews_pb2 as reviews
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_people.permissions import known_permissions

from tests.builders.goods import Trade, outcome, trade
from tests.builders.inventory import line
from tests.builders.people import reason
from tests.builders.receiving import holder_of, notices_of
from tests.databases import Databases
from tests.integration.inventory.test_stock_at_once import at_once

KEEP, REORDER, DELIST, INTRODUCE = (
    reviews.REVIEW_PROPOSAL_KEEP,
    reviews.REVIEW_PROPOSAL_REORDER,
    reviews.REVIEW_PROPOSAL_DELIST,
    reviews.REVIEW_PROPOSAL_INTRODUCE,
)
KEPT, OFF, REPLACED, ON, NOT_NOW = (
    reviews.REVIEW_OUTCOME_KEEP,
    reviews.REVIEW_OUTCOME_DELIST,
    reviews.REVIEW_OUTCOME_REPLACE,
    reviews.REVIEW_OUTCOME_INTRODUCE,
    reviews.REVIEW_OUTCOME_NOT_NOW,
)
pytestmark = pytest.mark.clause("GDS-3")


@pytest.fixture(scope="module")
def shop_of_all(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop whose channels are due every 4 days, with a warehouse."""
    with trade(postgres, tmp_path_factory.mktemp("pictures"), goods_review_days=4) as found:
        yield found


class Reviewed:
    """A channel of its own with goods in a warehouse."""

    def __init__(self, shop: Trade) -> None:
        self.shop, self.channel = shop, f"channel-{shop.number()}"
        self.be_now()
        self.warehouse = shop.inventory.warehouse(shop.shop, shop.site, f"W-{shop.number()}")
        self.bin = self.warehouse.place("A-01")
        beyond = self.warehouse.places()
        self.supplier, self.customer = beyond["SUPPLIER"], beyond["CUSTOMER"]

    def be_now(self) -> None:
        """Whoever makes things in people signs in again."""
        people = self.shop.inventory.people
        people.everything = people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))

    def item(self, on_hand: str = "", *, listed: bool = True) -> items.Item:
        """A complete item, so much of it on hand, and listed where it is not said otherwise."""
        made = self.shop.complete(channel=self.channel)
        if on_hand:
            self.warehouse.post(line(made, self.supplier, self.bin, on_hand))
        if listed:
            self.shop.list_on(made.name, channel=self.channel)
        return made

    def sell(self, item: items.Item, value: str) -> str:
        """Issues so much of it; answers the movement."""
        return self.warehouse.post(line(item, self.bin, self.customer, value)).name

    def open(self, days: int = 0) -> reviews.GoodsReview:
        """Opens a review."""
        return self.shop.review(self.channel, days)


@pytest.fixture
def reviewed(shop_of_all: Trade) -> Iterator[Reviewed]:
    """A channel on which nothing is listed; whatever time passes, the next test begins at the same hour."""
    begun = shop_of_all.inventory.clock.now
    yield Reviewed(shop_of_all)
    shop_of_all.inventory.clock.now = begun


def test_a_review_reckons_from_the_ledger_and_proposes(reviewed: Reviewed) -> None:
    shop, clock = reviewed.shop, reviewed.shop.inventory.clock
    slow, short, steady, before = (reviewed.item("100") for _ in range(4))
    reviewed.sell(before, "5")
    clock.pass_time(days=3)
    reviewed.sell(short, "80")
    reviewed.sell(steady, "10")
    wrong = reviewed.sell(slow, "3")
    reviewed.warehouse.reverse(wrong)
    sold_on = clock.now.date().isoformat()
    clock.pass_time(days=2)
    new, reserve = reviewed.item("7"), reviewed.item("7", listed=False)
    shop.complete(channel=reviewed.channel)  # complete, but nothing of it is on hand
    review = reviewed.open()
    assert (review.days, review.line_count, review.open_count, review.HasField("end_time")) == (4, 6, 6, False)
    lines = shop.review_lines(review.name)
    assert {item: one.proposal for item, one in lines.items()} == {
        slow.name: DELIST,
        before.name: DELIST,
        short.name: REORDER,
        steady.name: KEEP,
        new.name: KEEP,
        reserve.name: INTRODUCE,
    }
    told = lines[short.name]
    assert (told.issued.value, told.on_hand.value, told.last_issue_date, told.code) == ("80", "20", sold_on, short.code)
    assert (lines[slow.name].last_issue_date, lines[slow.name].issued.value) == ("", "0")
    assert lines[before.name].last_issue_date < sold_on
    assert set(shop.review_lines(review.name, proposal=DELIST)) == {slow.name, before.name}


def test_outcomes_are_on_record_and_done_and_the_last_ends_the_review(reviewed: Reviewed) -> None:
    shop = reviewed.shop
    stays, goes, gives_way = (reviewed.item() for _ in range(3))
    comes, waits, follower = (reviewed.item("1", listed=False) for _ in range(3))
    review = reviewed.open()
    done = shop.record(
        review.name,
        outcome(stays.name, KEPT),
        outcome(goes.name, OFF, reason="nobody asks for it"),
        outcome(gives_way.name, REPLACED, follower.name),
        outcome(comes.name, ON),
        outcome(waits.name, NOT_NOW),
    )
    assert (done.open_count, done.HasField("end_time")) == (1, False)
    there = {one.item for one in shop.listed(channel=reviewed.channel)}
    assert there == {stays.name, follower.name, comes.name}
    (off,) = shop.listed(item=goes.name, show_ended=True)
    assert (off.end_reason, off.ended_by) == ("nobody asks for it", shop.mei)
    told = shop.review_lines(review.name)[gives_way.name]
    assert (told.outcome, told.replacement, told.decided_by) == (REPLACED, follower.name, shop.mei)
    assert set(shop.review_lines(review.name, open_only=True)) == {follower.name}
    open_now = reviews.ListGoodsReviewsRequest(channel=reviewed.channel, open_only=True)
    assert len(shop.reviews.ListGoodsReviews(open_now, metadata=shop.caller).goods_reviews) == 1
    ended = shop.record(review.name, outcome(follower.name, NOT_NOW))
    assert ended.HasField("end_time")
    assert shop.reviews.GetGoodsReview(reviews.GetGoodsReviewRequest(name=review.name), metadata=shop.caller) == ended
    assert len(shop.reviews.ListGoodsReviews(open_now, metadata=shop.caller).goods_reviews) == 0


def test_outcomes_that_do_not_fit_are_refused_and_nothing_is_done(reviewed: Reviewed) -> None:
    shop = reviewed.shop
    there, decided = reviewed.item(), reviewed.item()
    new, other = (reviewed.item("1", listed=False) for _ in range(2))
    lacking = shop.item()
    review = reviewed.open()
    shop.record(review.name, outcome(decided.name, KEPT))
    for wished, why in (
        (outcome(lacking.name, KEPT), "REVIEW_LINE_NOT_FOUND"),
        (outcome(decided.name, OFF), "REVIEW_LINE_DONE"),
        (outcome(there.name, ON), "REVIEW_OUTCOME_UNFIT"),
        (outcome(other.name, OFF), "REVIEW_OUTCOME_UNFIT"),
        (outcome(there.name, REPLACED), "REVIEW_OUTCOME_UNFIT"),
        (outcome(there.name, REPLACED, there.name), "REVIEW_OUTCOME_UNFIT"),
        (outcome(there.name, KEPT, new.name), "REVIEW_OUTCOME_UNFIT"),
        (outcome(there.name, REPLACED, lacking.name), "ITEM_INCOMPLETE"),
        (outcome(there.name, REPLACED, decided.name), "ITEM_LISTED"),
        (outcome(there.name, REPLACED, "items/00000000-0000-7000-8000-000000000000"), "ITEM_NOT_FOUND"),
        (outcome(there.name, KEPT, reason=""), "FIELD_INVALID"),
        (outcome(there.name, 99), "FIELD_INVALID"),  # type: ignore[arg-type] # no such outcome
    ):
        with pytest.raises(grpc.RpcError) as error:
            shop.record(review.name, outcome(new.name, NOT_NOW), wished)
        found = refusal_from(error.value)
        assert why in {found.reason, *(one.reason for one in found.violations)}
    with pytest.raises(grpc.RpcError) as error:
        shop.record(review.name, outcome(there.name, KEPT), outcome(there.name, OFF))
    assert reason(error.value) == "REVIEW_LINE_DONE"
    shop.end(there.name, channel=reviewed.channel)
    with pytest.raises(grpc.RpcError) as error:
        shop.record(review.name, outcome(there.name, OFF))
    assert reason(error.value) == "ITEM_NOT_LISTED"
    assert shop.review_lines(review.name)[new.name].outcome == reviews.REVIEW_OUTCOME_UNSPECIFIED


def test_a_channel_is_reviewed_once_at_a_time(reviewed: Reviewed) -> None:
    shop = reviewed.shop
    there = reviewed.item()
    said = at_once([reviewed.open] * 4, threads=4)
    assert sorted(one for one in said if isinstance(one, str)) == ["GOODS_REVIEW_OPEN"] * 3
    (review,) = (one for one in said if not isinstance(one, str))
    said = at_once([lambda: shop.record(review.name, outcome(there.name, OFF))] * 4, threads=4)
    assert sorted(one for one in said if isinstance(one, str)) == ["REVIEW_LINE_DONE"] * 3
    assert reviewed.open().HasField("end_time")  # nothing is listed, and nothing is to be introduced


def test_a_review_that_is_not_there_or_looks_too_far_back_is_refused(reviewed: Reviewed) -> None:
    shop, unknown = reviewed.shop, "goodsReviews/00000000-0000-7000-8000-000000000000"
    for act in (
        lambda: shop.reviews.GetGoodsReview(reviews.GetGoodsReviewRequest(name=unknown), metadata=shop.caller),
        lambda: shop.review_lines(unknown),
        lambda: shop.record(unknown, outcome(shop.item().name, KEPT)),
    ):
        with pytest.raises(grpc.RpcError) as error:
            act()
        assert reason(error.value) == "GOODS_REVIEW_NOT_FOUND"
    for days in (-1, 367):
        with pytest.raises(grpc.RpcError) as error:
            reviewed.open(days)
        assert reason(error.value) == "FIELD_INVALID"


def test_whoever_leads_the_trade_is_told_once_that_a_channel_is_due(reviewed: Reviewed) -> None:
    shop, inventory = reviewed.shop, reviewed.shop.inventory
    director, manager = (
        holder_of(inventory, role, f"{role}-{shop.number()}", shop.shop, shop.site)
        for role in ("operations-director", "shop-manager")
    )
    inventory.follow_people()

    def told() -> list[int]:
        inventory.run_timer("remind-of-review")
        title = f"A review is due: {reviewed.channel}"
        return [sum(one.title.en == title for one in notices_of(inventory, person)) for person in (director, manager)]

    there = reviewed.item()
    assert told() == [0, 0]
    inventory.clock.pass_time(days=4)
    assert told() == [1, 1]
    assert told() == [1, 1]
    reviewed.be_now()
    review = reviewed.open()
    inventory.clock.pass_time(days=5)
    assert told() == [1, 1]  # a review is open
    shop.record(review.name, outcome(there.name, KEPT))
    assert told() == [2, 2]
