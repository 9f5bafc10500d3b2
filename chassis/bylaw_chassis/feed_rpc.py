"""The two calls of every service's feed: a page behind a cursor, and a stream that goes on as events come."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bylaw_chassis.call import Call
from bylaw_chassis.database import Database
from bylaw_chassis.feed import SEQUENCER_BATCH, Entry, Page, cursor_text, read_feed, sequence
from bylaw_chassis.paging import page_size
from bylaw_chassis.refusals import Unavailable

POLL_SECONDS = 0.25
TRIES = 4
"""So often a reader waits for another sequencer, a second each time, before it says that it cannot tell."""


@dataclass(slots=True)
class FeedRpc:
    """Serves a feed whose payloads are messages of `event_class` without cursor and time."""

    database: Database
    event_class: type[Any]
    list_response_class: type[Any]

    def ListEvents(self, request: Any, call: Call) -> Any:  # noqa: N802
        """A page behind a cursor; what waits in the outbox is sequenced first, so that a reader sees all commits.

        An empty page says "this is the end". While another sequencer holds the lock nobody knows that: it is waited for
        a few times, then refused.
        """
        size = page_size(request.page_size)
        for _ in range(TRIES):
            placed = sequence(self.database)
            page = read_feed(self.database, request.after_cursor, size)
            if placed is not None or page.entries:
                is_last = placed is not None and placed < SEQUENCER_BATCH and len(page.entries) < size
                return self.list_response_class(events=self._events(page), cursor=page.cursor, is_last=is_last)
            _ = call.remaining_seconds
        raise Unavailable

    def StreamEvents(self, request: Any, call: Call) -> Iterator[Any]:  # noqa: N802
        """Events as they come, until the deadline or until the reader leaves."""
        cursor = request.after_cursor
        while True:
            sequence(self.database)
            page = read_feed(self.database, cursor, page_size(0))
            yield from self._events(page)
            cursor = page.cursor
            if not page.entries and not call.wait(POLL_SECONDS):
                return

    def _events(self, page: Page) -> list[Any]:
        return [self._event(entry, page) for entry in page.entries]

    def _event(self, entry: Entry, page: Page) -> Any:
        event = self.event_class.FromString(entry.payload)
        event.cursor = cursor_text(page.incarnation, entry.position, page.pruned_to)
        event.occur_time.FromDatetime(entry.occurred_at)
        return event
