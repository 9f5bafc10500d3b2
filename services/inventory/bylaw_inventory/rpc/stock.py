"""Calls about movements, balances and cards."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bylaw.inventory.v1 import stock_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text, one_number
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.messages.stock import balance_message, card_entry_message, movement_message
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.ledger.balance import BALANCES
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.ledger.movement import MOVEMENTS, Movement
from bylaw_inventory.rules.ledger.shown import BalanceWish, ShownBalance
from bylaw_inventory.use_cases.forms import LONGEST_REASON, one_id, optional_day, three_ids
from bylaw_inventory.use_cases.stock.post_movement import PostMovement
from bylaw_inventory.use_cases.stock.show_stock import ShowStock
from bylaw_inventory.use_cases.stock.stock_forms import posting_wish

POST, REVERSE, READ = "inventory.stock.post", "inventory.stock.reverse", "inventory.stock.read"


@dataclass(frozen=True, slots=True)
class StockCalls:
    """PostStockMovement, ReverseStockMovement, GetStockMovement and the lists."""

    posting: PostMovement
    shown: ShowStock
    tokens: PageTokens

    def PostStockMovement(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = posting_wish(request.stock_movement)
        return movement_message(self.posting.post(wish, call.caller, call.caller.reach(POST)))

    def ReverseStockMovement(self, request: Any, call: Call) -> Any:  # noqa: N802
        made = self.posting.reverse(
            resource_id(request.name, MOVEMENTS),
            line_of_text(request.reason, field="reason", longest=LONGEST_REASON),
            optional_day(request.book_date, field="book_date"),
            caller=call.caller,
            reach=call.caller.reach(REVERSE),
        )
        return movement_message(made)

    def GetStockMovement(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, MOVEMENTS)
        return movement_message(self.shown.movement(identifier, call.caller.reach(READ)))

    def ListStockMovements(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.shown.listed(warehouse, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return stock_pb2.ListStockMovementsResponse(
            stock_movements=map(movement_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def ListStockBalances(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = BalanceWish(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            optional_id(request.item, ITEMS, field="item"),
            request.show_beyond_the_door,
            optional_day(request.as_of_date, field="as_of_date"),
            optional_id(request.place, PLACES, field="place"),
        )
        place = three_ids(page.position), page.limit
        found = self.shown.balances(wish, call.caller.reach(READ), page=place)
        return stock_pb2.ListStockBalancesResponse(
            stock_balances=map(balance_message, found[: page.size]), next_page_token=page.token_at(found, _by_goods)
        )

    def ListCardEntries(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        balance = resource_id(request.parent, BALANCES, field="parent")
        found = self.shown.card(balance, call.caller.reach(READ), page=(one_number(page.position), page.limit))
        return stock_pb2.ListCardEntriesResponse(
            card_entries=map(card_entry_message, found[: page.size]), next_page_token=page.token(found, _by_number)
        )


def _by_id(listed: Movement) -> str:
    return str(listed.identifier)


def _by_goods(listed: ShownBalance) -> list[str]:
    return list(map(str, listed.order))


def _by_number(listed: tuple[Entry, Decimal, Decimal]) -> str:
    return str(listed[0].number)
