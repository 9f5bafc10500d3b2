"""Takes reviews in once each, records what they were answered with, counts them, and tells of late ones (CUS-3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.forms import check_count
from bylaw_chassis.jobs import Lease
from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, NoticeWish, said
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import Refusal

from bylaw_orders.events import review_changed
from bylaw_orders.ports.reviews import ByCode, ReviewStore
from bylaw_orders.ports.stores import ByInstant
from bylaw_orders.ports.tickets import HeadStore, PolicyStore
from bylaw_orders.rules.privacy.scrubbing import scrubbed
from bylaw_orders.rules.reviews.review import (
    FigureQuery,
    Review,
    ReviewAnswered,
    ReviewFigure,
    ReviewNotFound,
    ReviewOutcome,
    ReviewQuery,
    ReviewWish,
    TakenReview,
    answer_by,
    review_id,
)
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.orders.restating import EVERYBODY
from bylaw_orders.use_cases.reviews.review_forms import review_wish

MOST_REVIEWS, LONGEST_NUMBER_SHOWN = 500, 64
TITLE = ("商品评价逾期未答复", "Reviews wait for an answer")
BODY = (
    "渠道 {channel} 有 {count} 条商品评价已过答复时限，请安排答复（CUS-3）。",
    "Reviews of {channel} that were to be answered by now: {count}. See to their answers (CUS-3).",
)


@dataclass(frozen=True, slots=True)
class KeepReviews:
    """What is out of reach is answered like what there is not."""

    database: Database
    finding: Finding
    reviews: ReviewStore
    policies: PolicyStore
    heads: HeadStore

    def take(self, channel: UUID, wished: Sequence[Any], reach: Reach) -> list[TakenReview]:
        """Refuses CHANNEL_NOT_FOUND, and a list of none or too many; one that is refused keeps none of the others."""
        check_count(len(wished), field="reviews", most=MOST_REVIEWS)
        read = [_read(one) for one in wished]
        with self.database.work() as work:
            self.finding.channel(work.connection, channel, reach)
            new = self.put(work, channel, [wish for wish in read if isinstance(wish, ReviewWish)])
        return [_taken(one, channel, new) for one in read]

    def put(self, work: Work, channel: UUID, wishes: Sequence[ReviewWish]) -> set[UUID]:
        """Puts those on record that are new, of a channel within reach; answers which."""
        promise = self.policies.of_channel(work.connection, channel).review_promise
        made = dict[UUID, Review]()
        for wish in wishes:
            identifier = review_id(channel, wish.number)
            due = answer_by(wish.placed_at, promise, work.now)
            made.setdefault(identifier, Review(identifier, channel, wish, due, work.now))
        new = self.reviews.add(work.connection, list(made.values()))
        work.publish(*(review_changed(made[identifier]) for identifier in sorted(new)))
        return new

    def answer(self, identifier: UUID, text: str, caller: Caller, reach: Reach) -> Review:
        """Refuses REVIEW_NOT_FOUND, REVIEW_ANSWERED."""
        with self.database.work() as work:
            found = self.reviews.find(work.connection, identifier, reach, self.finding.today, lock=True)
            if found is None:
                raise ReviewNotFound
            if found.answered_at:
                raise ReviewAnswered
            made = replace(found, answer=scrubbed(text), answered_at=work.now, answered_by=caller.key)
            self.reviews.answer(work.connection, made)
            work.publish(review_changed(made))
        return made

    def one(self, identifier: UUID, reach: Reach) -> Review:
        """Refuses REVIEW_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.reviews.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise ReviewNotFound
        return found

    def listed(self, query: ReviewQuery, reach: Reach, *, page: ByInstant) -> list[Review]:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            if query.channel:
                self.finding.channel(connection, query.channel, reach)
            return self.reviews.listed(connection, query, reach, self.finding.today, page=page)

    def figures(self, query: FigureQuery, reach: Reach, *, page: ByCode) -> list[ReviewFigure]:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            if query.channel:
                self.finding.channel(connection, query.channel, reach)
            return self.reviews.figures(connection, query, reach, self.finding.today, page=page)

    def tell_of_late(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """The timer: the head of a channel's unit is told of late reviews, of each once; else the director."""
        with self.database.work() as work:
            for channel, count in sorted(self.reviews.overdue(work.connection, work.now).items()):
                found = self.finding.channel(work.connection, channel, EVERYBODY)
                heads = self.heads.heads_on(work.connection, [found.wish.unit], self.finding.today)
                body = said(BODY, channel=found.wish.code, count=count)
                role = "" if heads else OPERATIONS_DIRECTOR
                have_told(work, NoticeWish(list(heads.values()), TITLE, body, found.name, role))


def _read(wished: Any) -> ReviewWish | TakenReview:
    try:
        return review_wish(wished)
    except Refusal as refusal:
        return TakenReview(wished.number[:LONGEST_NUMBER_SHOWN], ReviewOutcome.REFUSED, None, refusal)


def _taken(one: ReviewWish | TakenReview, channel: UUID, new: set[UUID]) -> TakenReview:
    """Of a number that is twice in a batch the first is taken, and the others are repeats."""
    if isinstance(one, TakenReview):
        return one
    identifier = review_id(channel, one.number)
    outcome = ReviewOutcome.TAKEN if identifier in new else ReviewOutcome.REPEATED
    new.discard(identifier)
    return TakenReview(one.number, outcome, identifier)
