"""Reviews are taken in once each, answered in time, and counted per product; of people nothing stays (CUS-3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from bylaw.orders.v1 import reviews_pb2, reviews_pb2_grpc

from tests.builders.receiving import notices_of, refusal_of
from tests.builders.service_desk import ServiceDesk

pytestmark = pytest.mark.clause("CUS-3")
TAKEN, REPEATED, REFUSED = 1, 2, 3


class Reviews:
    """The reviews of a channel."""

    def __init__(self, desk: ServiceDesk) -> None:
        self.desk, self.stub = desk, reviews_pb2_grpc.ReviewsStub(desk.orders.channel)

    def review(self, number: str, code: str = "TEA", stars: int = 5, text: str = "good", **more: Any) -> Any:
        made = reviews_pb2.Review(number=number, code=code, stars=stars, text=text, **more)
        made.place_time.FromDatetime(self.desk.orders.clock())
        return made

    def take(self, *reviews: Any) -> list[Any]:
        request = reviews_pb2.BatchCreateReviewsRequest(parent=self.desk.channel.name, reviews=reviews)
        return list(self.stub.BatchCreateReviews(request, metadata=self.desk.token()).taken_reviews)

    def one(self, name: str) -> Any:
        return self.stub.GetReview(reviews_pb2.GetReviewRequest(name=name), metadata=self.desk.token())

    def answer(self, name: str, text: str = "Thank you.") -> Any:
        return self.stub.AnswerReview(reviews_pb2.AnswerReviewRequest(name=name, text=text), metadata=self.desk.token())

    def listed(self, **more: Any) -> list[str]:
        request = reviews_pb2.ListReviewsRequest(channel=self.desk.channel.name, **more)
        return [one.number for one in self.stub.ListReviews(request, metadata=self.desk.token()).reviews]

    def figures(self, **more: Any) -> list[tuple[Any, ...]]:
        request = reviews_pb2.ListReviewFiguresRequest(channel=self.desk.channel.name, **more)
        found = self.stub.ListReviewFigures(request, metadata=self.desk.token()).review_figures
        return [(one.code, one.count, one.mean_stars, one.answered, one.answered_in_time, one.late) for one in found]


@pytest.fixture
def reviews(desk: ServiceDesk) -> Reviews:
    return Reviews(desk)


def test_a_review_is_one_however_often_it_comes(reviews: Reviews) -> None:
    first = reviews.take(reviews.review("R-1"), reviews.review("R-2", stars=1), reviews.review("R-1", stars=2))
    assert [one.outcome for one in first] == [TAKEN, TAKEN, REPEATED]
    again = reviews.take(reviews.review("R-1", stars=3), reviews.review("R-3", stars=6), reviews.review("R-4"))
    assert [one.outcome for one in again] == [REPEATED, REFUSED, TAKEN]
    assert again[1].refusal.reason == "FIELD_INVALID"
    assert reviews.one(first[0].review).stars == 5
    with ThreadPoolExecutor(4) as pool:
        outcomes = [one[0].outcome for one in pool.map(lambda _: reviews.take(reviews.review("R-9")), range(4))]
    assert sorted(outcomes) == [TAKEN, REPEATED, REPEATED, REPEATED]
    assert refusal_of(reviews.take) == "FIELD_INVALID"


@pytest.mark.clause("CUS-1")
def test_what_leads_to_people_is_masked_before_it_is_kept(reviews: Reviews) -> None:
    (taken,) = reviews.take(reviews.review("R-1", text="call me: 138-1234 5678 or li@example.com, size 42"))
    assert reviews.one(taken.review).text == "call me: *** or ***, size 42"
    assert reviews.answer(taken.review, "We will call 13812345678.").answer == "We will call ***."


def test_what_is_not_answered_in_time_is_listed_told_once_and_counted(reviews: Reviews, desk: ServiceDesk) -> None:
    head = desk.orders.people.person(f"R-{desk.stock.number}", desk.stock.unit, desk.acme.site.name).name
    desk.orders.people.head(desk.stock.unit, head)
    desk.orders.follow_people()
    taken = reviews.take(*(reviews.review(f"R-{number}", stars=number) for number in range(1, 4)))
    reviews.answer(taken[0].review)
    assert sorted(reviews.listed(unanswered=True)) == ["R-2", "R-3"]
    assert reviews.listed(overdue=True) == []
    desk.orders.clock.pass_time(hours=73)
    assert sorted(reviews.listed(overdue=True)) == ["R-2", "R-3"]
    for _ in range(2):
        desk.orders.run_timer("overdue-reviews")
    assert [one.about for one in notices_of(desk.orders, head)] == [desk.channel.name]
    reviews.answer(taken[1].review)
    assert reviews.figures() == [("TEA", 3, "2.00", 2, 1, 2)]
    assert reviews.listed(overdue=True) == ["R-3"]


def test_reviews_are_counted_per_product_in_a_span(reviews: Reviews, desk: ServiceDesk) -> None:
    reviews.take(reviews.review("R-1", "TEA", 5), reviews.review("R-2", "TEA", 4), reviews.review("R-3", "CUP", 1))
    assert [row[:3] for row in reviews.figures()] == [("CUP", 1, "1.00"), ("TEA", 2, "4.50")]
    late: datetime = desk.orders.clock() + timedelta(seconds=1)
    request = reviews_pb2.ListReviewFiguresRequest(channel=desk.channel.name)
    request.start_time.FromDatetime(late)
    assert list(reviews.stub.ListReviewFigures(request, metadata=desk.token()).review_figures) == []
    assert reviews.listed(code="CUP") == ["R-3"]


def test_a_review_is_answered_once(reviews: Reviews) -> None:
    (taken,) = reviews.take(reviews.review("R-1"))
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: refusal_of(lambda: reviews.answer(taken.review)), range(3)))
    assert sorted(found) == ["", "REVIEW_ANSWERED", "REVIEW_ANSWERED"]
    assert refusal_of(lambda: reviews.answer(f"reviews/{uuid4()}")) == "REVIEW_NOT_FOUND"
    assert refusal_of(lambda: reviews.answer(taken.review, " ")) == "FIELD_INVALID"


def test_the_promise_is_the_channels_and_an_old_review_has_it_from_now_on(reviews: Reviews, desk: ServiceDesk) -> None:
    desk.promise(review_hours=10)
    old = reviews.review("R-1")
    old.place_time.FromDatetime(desk.orders.clock() - timedelta(days=400))
    (taken,) = reviews.take(old)
    due = reviews.one(taken.review).due_time.ToDatetime()
    assert due == desk.orders.clock().replace(tzinfo=None) + timedelta(hours=10)
