"""Opens reviews of channels, shows them, puts outcomes on record and does what they say (GDS-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database, Work
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.goods import ReviewStore
from bylaw_inventory.ports.stores import ByText
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.rules.reviewing.refusals import OutcomesRefused, ReviewNotFound, ReviewOpen
from bylaw_inventory.rules.reviewing.review import (
    Decided,
    Outcome,
    OutcomeWish,
    Proposal,
    Review,
    ReviewLine,
    outcome_faults,
    proposed,
)
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.listing.list_items import ListItems
from bylaw_inventory.use_cases.reviewing.keep_review_duties import note_reviewed


@dataclass(frozen=True, slots=True)
class ReviewChannel:
    """`days`: so many are looked back where nobody says how many."""

    database: Database
    finding: Finding
    reviews: ReviewStore
    listing: ListItems
    days: int

    def open(self, channel: str, days: int, caller: Caller) -> Review:
        """Refuses GOODS_REVIEW_OPEN."""
        today, look_back = self.finding.today, days or self.days
        with self.database.work() as work:
            if there := self.reviews.open_on(work.connection, channel):
                raise ReviewOpen(review=there.name)
            found = self.reviews.seen(work.connection, channel, (today - timedelta(days=look_back), today), work.now)
            lines = [ReviewLine(seen, proposed(seen, work.now, look_back), code, unit) for seen, code, unit in found]
            ended_at = None if lines else work.now
            count = len(lines)
            made = Review(new_id(), channel, look_back, work.now, caller.key, count, count, ended_at)
            if not self.reviews.add(work.connection, made, lines):
                there = self.reviews.open_on(work.connection, channel)
                raise ReviewOpen(review=there.name if there else channel)
            note_reviewed(work, self.reviews, made, interval_days=self.days, caller=caller)
        return made

    def one(self, identifier: UUID) -> Review:
        """Refuses GOODS_REVIEW_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.reviews.find(connection, identifier)
        if found is None:
            raise ReviewNotFound
        return found

    def page(self, channel: str, *, waiting: bool, page: tuple[UUID | None, int]) -> list[Review]:
        """Reviews, newest first."""
        with self.database.read() as connection:
            return self.reviews.listed(connection, channel=channel, waiting=waiting, page=page)

    def lines(self, review: UUID, *, waiting: bool, proposal: Proposal | None, page: ByText) -> list[ReviewLine]:
        """Lines by the item's code; refuses GOODS_REVIEW_NOT_FOUND."""
        self.one(review)
        with self.database.read() as connection:
            return self.reviews.lines_listed(connection, review, waiting=waiting, proposal=proposal, page=page)

    def record(self, identifier: UUID, wishes: Sequence[OutcomeWish], caller: Caller) -> Review:
        """Refuses as the contract says; all of the outcomes count, or none."""
        with self.database.work() as work:
            found = self.reviews.find(work.connection, identifier, lock=True)
            if found is None:
                raise ReviewNotFound
            lines = self.reviews.lines_of(work.connection, identifier, {wish.item for wish in wishes})
            if faults := outcome_faults(wishes, lines):
                unknown = all(fault.reason == "REVIEW_LINE_NOT_FOUND" for fault in faults)
                raise LinesRefused(faults) if unknown else OutcomesRefused(faults)
            self._carry_out(work, found.channel, wishes, caller)
            decided = [
                (wish.item, Decided(wish.outcome, wish.reason, wish.replacement, work.now, caller.key))
                for wish in wishes
            ]
            self.reviews.decide(work.connection, identifier, decided)
            self.reviews.end(work.connection, identifier, work.now)
            made = self.reviews.find(work.connection, identifier) or found
            note_reviewed(work, self.reviews, made, interval_days=self.days, caller=caller)
            return made

    def _carry_out(self, work: Work, channel: str, wishes: Sequence[OutcomeWish], caller: Caller) -> None:
        """Takes off and lists what the outcomes say, the families of all locked at first in one order."""
        off = [wish for wish in wishes if wish.outcome in {Outcome.DELIST, Outcome.REPLACE}]
        on = [(wish.field, wish.item) for wish in wishes if wish.outcome is Outcome.INTRODUCE]
        on += [(f"{wish.field}.replacement", wish.replacement) for wish in wishes if wish.replacement]
        touched = {wish.item for wish in off} | {item for _, item in on}
        self.listing.sheets.lock_families(work.connection, touched)
        for wish in off:
            self.listing.take_off(work, channel, [(wish.field, wish.item)], reason=wish.reason, caller=caller)
        if on:
            self.listing.put_on(work, channel, on, caller)
