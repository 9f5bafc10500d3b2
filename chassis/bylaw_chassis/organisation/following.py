"""Follows people's feed: what an event does here and the cursor behind it commit together, whichever worker reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

import grpc
import sqlalchemy as sa
from bylaw.people.v1 import feed_pb2, feed_pb2_grpc

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.observe import log
from bylaw_chassis.organisation.place import Place, move, read_place
from bylaw_chassis.refusals import Refusal

RESTARTED = "FEED_RESTARTED"
PAGE_SIZE = 1_000
TAKE_OVER_SECONDS = 15.0
"""A version that takes more kinds of events has stopped to read when nobody has for so long."""


class FeedPage(NamedTuple):
    """Events behind a cursor, in order, and the cursor behind them; no events: the end."""

    events: Sequence[Any]
    cursor: str


class PeopleFeed(Protocol):
    """People's feed; raises FEED_RESTARTED as a refusal where the cursor is of another incarnation."""

    def after(self, cursor: str) -> FeedPage:
        """The next page; empty at the end."""
        ...


class FeedOverGrpc:
    """People's feed behind its channel, read with the service's own token."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = feed_pb2_grpc.FeedStub(people)

    def after(self, cursor: str) -> FeedPage:
        """The next page; refuses what people refuses, FEED_RESTARTED among it."""
        request = feed_pb2.ListEventsRequest(after_cursor=cursor, page_size=PAGE_SIZE)
        answer = self._neighbours.ask(self._stub.ListEvents, request)
        return FeedPage(answer.events, answer.cursor)


@dataclass(frozen=True, slots=True)
class Hearer:
    """What events of one kind do here, inside the transaction that moves the cursor.

    `apply` takes all of a page, in their order. `forget` undoes all that was ever told, before the whole feed is told
    again in the same transaction: after people was restored, or where nothing was read yet.
    """

    apply: Callable[[sa.Connection, Sequence[Any]], None]
    forget: Callable[[sa.Connection], None] = lambda _connection: None


@dataclass(frozen=True, slots=True)
class Follower:
    """Reads people's feed on; any worker may, the cursor decides whose page counts.

    `hearers` say by the name of an event's `change` what is done with it. An event without a hearer is skipped, also
    one of a kind that this version's contract does not know. A version with more hearers than the one before reads
    the feed anew from its beginning, so that it misses nothing the other had skipped.
    """

    database: Database
    feed: PeopleFeed
    hearers: Mapping[str, Hearer]

    def catch_up(self) -> None:
        """Reads to the feed's end; refuses UNAVAILABLE where people does not answer.

        Outside of the caller's call: the service speaks for itself here, and the caller's request key is for the
        effect the caller asked for.
        """
        with in_call(None):
            while self._step():
                pass

    def refresh(self) -> bool:
        """Reads on where people answers; says whether it did, else what is known goes on to count, with its age."""
        try:
            self.catch_up()
        except Refusal as refusal:
            log().warning("organisation_not_refreshed", reason=refusal.reason)
            return False
        return True

    def age(self) -> timedelta | None:
        """How long ago people's feed was last read to its end; nothing where it never was."""
        with self.database.read() as connection:
            return read_place(connection).age(self.database.clock())

    def _step(self) -> bool:
        """One page; answers whether there may be more."""
        with self.database.read() as connection:
            seen = read_place(connection)
        asked_at = self.database.clock()
        if self._newer_version_reads(seen, asked_at):
            return False
        if not (seen.cursor and self.hearers.keys() <= seen.kinds):
            return self._start_again(seen)
        try:
            page = self.feed.after(seen.cursor)
        except Refusal as refusal:
            if refusal.reason != RESTARTED:
                raise
            return self._start_again(seen)
        with self.database.work() as work:
            ended_at = None if page.events else asked_at
            if move(work.connection, seen, page.cursor, kinds=self.hearers, ended_at=ended_at):
                self._apply(work.connection, page.events)
        return bool(page.events)

    def _newer_version_reads(self, seen: Place, now: datetime) -> bool:
        """Whether another version takes kinds that this one would skip over."""
        age = seen.age(now)
        fewer = bool(seen.cursor) and not seen.kinds <= self.hearers.keys()
        return fewer and age is not None and age < timedelta(seconds=TAKE_OVER_SECONDS)

    def _start_again(self, seen: Place) -> bool:
        """Reads the whole feed before anything is dropped, so that no reader sees half an organisation."""
        asked_at = self.database.clock()
        pages = self._whole_feed()
        with self.database.work() as work:
            if move(work.connection, seen, pages[-1].cursor, kinds=self.hearers, ended_at=asked_at):
                for hearer in self.hearers.values():
                    hearer.forget(work.connection)
                self._apply(work.connection, [event for page in pages for event in page.events])
        return True

    def _whole_feed(self) -> list[FeedPage]:
        pages = [self.feed.after("")]
        while pages[-1].events:
            pages.append(self.feed.after(pages[-1].cursor))
        return pages

    def _apply(self, connection: sa.Connection, events: Iterable[Any]) -> None:
        """Kind by kind: each event says its thing whole, so that kinds need not keep step with each other."""
        told: dict[str, list[Any]] = {}
        for event in events:
            told.setdefault(event.WhichOneof("change") or "", []).append(event)
        for kind, hearer in self.hearers.items():
            if kind in told:
                hearer.apply(connection, told[kind])
