"""Calls about days of the books and spot counts."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import books_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.books import book_day_message, spot_count_message
from bylaw_inventory.rules.books.spot_count import SpotCount
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.use_cases.books.book_forms import count_wish, day_of, one_day
from bylaw_inventory.use_cases.books.close_day import CloseDay, ShownDay
from bylaw_inventory.use_cases.books.count_goods import CountGoods
from bylaw_inventory.use_cases.forms import LONGEST_REASON, one_id, optional_day

READ, CLOSE, COUNT = "inventory.books.read", "inventory.books.close", "inventory.books.count"


@dataclass(frozen=True, slots=True)
class BookCalls:
    """GetBookDay, ListBookDays, CloseBookDay, CreateSpotCount, ListSpotCounts."""

    days: CloseDay
    counts: CountGoods
    tokens: PageTokens

    def GetBookDay(self, request: Any, call: Call) -> Any:  # noqa: N802
        return book_day_message(self.days.one(*day_of(request.name), call.caller.reach(READ)))

    def ListBookDays(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.days.listed(warehouse, call.caller.reach(READ), page=(one_day(page.position), page.limit))
        return books_pb2.ListBookDaysResponse(
            book_days=map(book_day_message, found[: page.size]), next_page_token=page.token(found, _by_day)
        )

    def CloseBookDay(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, day = day_of(request.name)
        explanation = line_of_text(request.explanation, field="explanation", longest=LONGEST_REASON, needed=False)
        reach = call.caller.reach(CLOSE)
        return book_day_message(self.days.close(warehouse, day, explanation, caller=call.caller, reach=reach))

    def CreateSpotCount(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = count_wish(request.parent, request.spot_count)
        return spot_count_message(self.counts.create(wish, call.caller, call.caller.reach(COUNT)))

    def ListSpotCounts(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        day = optional_day(request.book_date, field="book_date")
        place = one_id(page.position), page.limit
        found = self.counts.listed(warehouse, call.caller.reach(READ), day=day, page=place)
        return books_pb2.ListSpotCountsResponse(
            spot_counts=map(spot_count_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )


def _by_day(listed: ShownDay) -> str:
    return listed.day.isoformat()


def _by_id(listed: SpotCount) -> str:
    return str(listed.identifier)
