"""Follows a neighbour's feed: what an event does here and the cursor behind it commit together, whoever reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.observe import log
from bylaw_chassis.organisation.place import PEOPLE, Place, move, read_place
from bylaw_chassis.refusals import Refusal

RESTARTED = "FEED_RESTARTED"
PAGE_SIZE = 1_000
TAKE_OVER_SECONDS = 15.0
"""A version that takes more kinds of events has stopped to read when nobody has for so long."""


class FeedPage(NamedTuple):
    """Events behind a cursor, in order, the cursor behind them, and whether they are the last; so are no events."""

    events: Sequence[Any]
    cursor: str
    is_last: bool = False


class Feed(Protocol):
    """A neighbour's feed; raises FEED_RESTARTED as a refusal where the cursor is of another incarnation."""

    def after(self, cursor: str) -> FeedPage:
        """The next page; empty at the end."""
        ...


class FeedOverGrpc:
    """A neighbour's feed behind its channel, read with the service's own token.

    `list_events` is the call of the neighbour's stub, `request_class` what it is asked with.
    """

    def __init__(self, list_events: Callable[..., Any], request_class: type[Any], neighbours: Neighbours) -> None:
        self._list_events, self._request_class, self._neighbours = list_events, request_class, neighbours

    def after(self, cursor: str) -> FeedPage:
        """The next page; refuses what the neighbour refuses, FEED_RESTARTED among it."""
        request = self._request_class(after_cursor=cursor, page_size=PAGE_SIZE)
        answer = self._neighbours.ask(self._list_events, request)
        return FeedPage(answer.events, answer.cursor, is_last=answer.is_last)


@dataclass(frozen=True, slots=True)
class Hearer:
    """What events of one kind do here, inside the transaction that moves the cursor.

    `apply` takes all of a page, in their order; one that stands under several kinds takes them together, in the order
    they have among each other. `forget` undoes all that was ever told, before the whole feed is told again in the same
    transaction: after the neighbour was restored, or where nothing was read yet.
    """

    apply: Callable[[sa.Connection, Sequence[Any]], None]
    forget: Callable[[sa.Connection], None] = lambda _connection: None


@dataclass(frozen=True, slots=True)
class Follower:
    """Reads a neighbour's feed on; any worker may, the cursor decides whose page counts.

    `hearers` say by the name of an event's `change` what is done with it. An event without a hearer is skipped, also
    one of a kind that this version's contract does not know. A version with more hearers than the one before reads
    the feed anew from its beginning, so that it misses nothing the other had skipped.
    """

    database: Database
    feed: Feed
    hearers: Mapping[str, Hearer]
    whose: str = PEOPLE
    """Under which name the place in it is kept."""

    def catch_up(self) -> None:
        """Reads to the feed's end; refuses UNAVAILABLE where the neighbour does not answer.

        Outside of the caller's call: the service speaks for itself here, and the caller's request key is for the
        effect the caller asked for.
        """
        with in_call(None):
            while self._step():
                pass

    def refresh(self) -> bool:
        """Reads on where the neighbour answers; says whether it did, else what is known counts on, with its age."""
        try:
            self.catch_up()
        except Refusal as refusal:
            log().warning("feed_not_read", feed=self.whose, reason=refusal.reason)
            return False
        return True

    def age(self) -> timedelta | None:
        """How long ago the feed was last read to its end; nothing where it never was."""
        with self.database.read() as connection:
            return read_place(connection, self.whose).age(self.database.clock())

    def _step(self) -> bool:
        """One page; answers whether there may be more."""
        with self.database.read() as connection:
            seen = read_place(connection, self.whose)
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
            ends = page.is_last or not page.events
            ended_at = asked_at if ends else None
            if self._move(work.connection, seen, page.cursor, ended_at=ended_at):
                self._apply(work.connection, page.events)
        return not ends

    def _newer_version_reads(self, seen: Place, now: datetime) -> bool:
        """Whether another version takes kinds that this one would skip over."""
        age = seen.age(now)
        fewer = bool(seen.cursor) and not seen.kinds <= self.hearers.keys()
        return fewer and age is not None and age < timedelta(seconds=TAKE_OVER_SECONDS)

    def _start_again(self, seen: Place) -> bool:
        """Reads the whole feed before anything is dropped, so that no reader sees half of what is known."""
        asked_at = self.database.clock()
        pages = self._whole_feed()
        with self.database.work() as work:
            if self._move(work.connection, seen, pages[-1].cursor, ended_at=asked_at):
                for hearer in self._each:
                    hearer.forget(work.connection)
                self._apply(work.connection, [event for page in pages for event in page.events])
        return True

    def _move(self, connection: sa.Connection, seen: Place, cursor: str, *, ended_at: datetime | None) -> bool:
        return move(connection, seen, cursor, kinds=self.hearers, ended_at=ended_at, feed=self.whose)

    @property
    def _each(self) -> Sequence[Hearer]:
        """The hearers in their order, each once."""
        return list(dict.fromkeys(self.hearers.values()))

    def _whole_feed(self) -> list[FeedPage]:
        pages = [self.feed.after("")]
        while pages[-1].events and not pages[-1].is_last:
            pages.append(self.feed.after(pages[-1].cursor))
        return pages

    def _apply(self, connection: sa.Connection, events: Iterable[Any]) -> None:
        """Hearer by hearer: each event says its thing whole, so that those need not keep step with each other."""
        told: dict[Hearer, list[Any]] = {}
        for event in events:
            if hearer := self.hearers.get(event.WhichOneof("change") or ""):
                told.setdefault(hearer, []).append(event)
        for hearer in self._each:
            if hearer in told:
                hearer.apply(connection, told[hearer])
