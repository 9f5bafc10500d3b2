"""Lists items on a channel and takes them off; an incomplete one cannot be listed (GDS-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import new_id

from bylaw_inventory.events import listing_changed
from bylaw_inventory.ports.goods import ChannelStore, CompletenessStore, ListingStore, SheetStore
from bylaw_inventory.ports.stores import ItemStore
from bylaw_inventory.rules.listing.listing import Listing, ListingsWish, check_listable
from bylaw_inventory.rules.listing.refusals import ChannelNotOwn, ItemNotListed
from bylaw_inventory.use_cases.finding import Finding

Wanted = Sequence[tuple[str, UUID]]
"""Items, each with the field in which it is named."""


@dataclass(frozen=True, slots=True)
class ListItems:
    """What is judged is locked before, so that nothing of it changes until it is listed."""

    database: Database
    items: ItemStore
    sheets: SheetStore
    completeness: CompletenessStore
    listings: ListingStore
    channels: ChannelStore
    finding: Finding

    def create(self, channel: str, wanted: Wanted, *, caller: Caller, reach: Reach) -> list[Listing]:
        """Refuses CHANNEL_NOT_OWN, and ITEM_NOT_FOUND, ITEM_INCOMPLETE, ITEM_LISTED or several, naming the item."""
        with self.database.work() as work:
            self._check_own(work, channel, reach)
            return self.put_on(work, channel, wanted, caller)

    def end(self, channel: str, wanted: Wanted, reason: str, *, caller: Caller, reach: Reach) -> list[Listing]:
        """Refuses CHANNEL_NOT_OWN, and ITEM_NOT_LISTED, naming the item."""
        with self.database.work() as work:
            self._check_own(work, channel, reach)
            return self.take_off(work, channel, wanted, reason=reason, caller=caller)

    def page(self, wish: ListingsWish, *, page: tuple[UUID | None, int]) -> list[Listing]:
        """Listings, newest first."""
        with self.database.read() as connection:
            return self.listings.listed(connection, wish, page=page)

    def _check_own(self, work: Work, channel: str, reach: Reach) -> None:
        if not self.channels.within(work.connection, channel, reach, self.finding.today):
            raise ChannelNotOwn(channel=channel)

    def put_on(self, work: Work, channel: str, wanted: Wanted, caller: Caller) -> list[Listing]:
        """Lists them in the caller's unit of work."""
        connection, ids = work.connection, [item for _, item in wanted]
        self.sheets.lock_families(connection, ids)
        self.sheets.hold_rules(connection)
        goods = self.items.find(connection, ids)
        found = self.completeness.of_items(connection, ids, channel=channel, now=work.now)
        check_listable(wanted, goods, found, self.listings.on_channel(connection, channel, ids))
        made = [Listing(new_id(), item, channel, work.now, caller.key) for item in ids]
        self.listings.add(connection, made)
        work.publish(*map(listing_changed, made))
        return made

    def take_off(self, work: Work, channel: str, wanted: Wanted, *, reason: str, caller: Caller) -> list[Listing]:
        """Takes them off in the caller's unit of work."""
        connection, ids = work.connection, [item for _, item in wanted]
        self.sheets.lock_families(connection, ids)
        there = self.listings.on_channel(connection, channel, ids)
        faults = [
            Violation(field, ItemNotListed.reason, f"{field} 不在 {channel} 上架", f"{field} is not on {channel}")
            for field, item in wanted
            if item not in there
        ]
        if faults:
            raise ItemNotListed(faults)
        open_now = [there[item].identifier for item in ids]
        ended = self.listings.end(connection, open_now, now=work.now, by=caller.key, reason=reason)
        work.publish(*map(listing_changed, ended))
        by_item = {one.item: one for one in ended}
        return [by_item[item] for item in ids]
