"""Calls about stock levels and proposals."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from bylaw.inventory.v1 import stock_levels_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import text_and_id
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.messages.levels import level_message, outcome_message, proposal_message
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.levels.level import Figures, Outcome, Proposal
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.levels.keep_levels import KeepLevels
from bylaw_inventory.use_cases.levels.level_forms import kind_asked, level_wish, outcome_wish, proposal_place

SET, READ, SETTLE = (f"inventory.levels.{verb}" for verb in ("set", "read", "settle"))


@dataclass(frozen=True, slots=True)
class StockLevelCalls:
    """SetStockLevel, ListStockLevels, ListStockProposals, RecordStockProposalOutcome, ListStockProposalOutcomes."""

    levels: KeepLevels
    tokens: PageTokens

    def SetStockLevel(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, wish = _warehouse(request), level_wish(request)
        return level_message(warehouse, self.levels.write(warehouse, wish, call.caller, call.caller.reach(SET)))

    def ListStockLevels(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, warehouse = page_of(request, call, self.tokens), _warehouse(request)
        item, place = optional_id(request.item, ITEMS, field="item"), (text_and_id(page.position), page.limit)
        found = self.levels.listed(warehouse, call.caller.reach(READ), item=item, page=place)
        return stock_levels_pb2.ListStockLevelsResponse(
            stock_levels=map(partial(level_message, warehouse), found[: page.size]),
            next_page_token=page.token_at(found, _by_code),
        )

    def ListStockProposals(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, warehouse = page_of(request, call, self.tokens), _warehouse(request)
        kind, place = kind_asked(request.kind), (proposal_place(page.position), page.limit)
        found = self.levels.proposed(warehouse, call.caller.reach(READ), kind=kind, page=place)
        return stock_levels_pb2.ListStockProposalsResponse(
            stock_proposals=map(partial(proposal_message, warehouse), found[: page.size]),
            next_page_token=page.token_at(found, _by_kind),
        )

    def RecordStockProposalOutcome(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, wish = _warehouse(request), outcome_wish(request)
        return outcome_message(self.levels.settle(warehouse, wish, call.caller, call.caller.reach(SETTLE)))

    def ListStockProposalOutcomes(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, warehouse = page_of(request, call, self.tokens), _warehouse(request)
        found = self.levels.outcomes(warehouse, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return stock_levels_pb2.ListStockProposalOutcomesResponse(
            stock_proposal_outcomes=map(outcome_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )


def _warehouse(request: Any) -> UUID:
    return resource_id(request.parent, WAREHOUSES, field="parent")


def _by_code(listed: Figures) -> list[str]:
    return [listed.seen.code, str(listed.seen.item)]


def _by_kind(listed: Proposal) -> list[str]:
    seen = listed.figures.seen
    return [seen.code.lower(), str(seen.item), str(int(listed.kind))]


def _by_id(listed: Outcome) -> str:
    return str(listed.identifier)
