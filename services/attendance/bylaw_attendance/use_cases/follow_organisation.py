"""Keeps the projection of the organisation in step with people's feed: effect and cursor in one transaction."""

from dataclasses import dataclass

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports import FeedPage, OrganisationStore, PeopleFeed

RESTARTED = "FEED_RESTARTED"


@dataclass(frozen=True, slots=True)
class FollowOrganisation:
    """Reads people's feed on; any worker may, the cursor decides whose page counts."""

    database: Database
    feed: PeopleFeed
    organisation: OrganisationStore

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

    def _step(self) -> bool:
        """One page; answers whether there may be more."""
        with self.database.read() as connection:
            seen = self.organisation.read_cursor(connection)
        try:
            page = self.feed.after(seen)
        except Refusal as refusal:
            if refusal.reason != RESTARTED:
                raise
            return self._start_again(seen)
        with self.database.work() as work:
            if self.organisation.advance(work.connection, seen=seen, cursor=page.cursor, now=work.now):
                self.organisation.apply(work.connection, page.changes)
        return bool(page.changes)

    def _start_again(self, seen: str) -> bool:
        """Reads the whole feed before anything is dropped, so that no reader sees half an organisation."""
        pages = self._whole_feed()
        with self.database.work() as work:
            if self.organisation.advance(work.connection, seen=seen, cursor=pages[-1].cursor, now=work.now):
                self.organisation.forget(work.connection)
                self.organisation.apply(work.connection, [change for page in pages for change in page.changes])
        return True

    def _whole_feed(self) -> list[FeedPage]:
        pages = [self.feed.after("")]
        while pages[-1].changes:
            pages.append(self.feed.after(pages[-1].cursor))
        return pages
