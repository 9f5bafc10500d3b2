"""Calls about papers and what was refused for lack of them."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import papers_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.papers import paper_rule_message, refused_movement_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.papers.paper_rule import PaperRule
from bylaw_inventory.rules.papers.refused import RefusedMovement
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.papers.keep_papers import KeepPapers
from bylaw_inventory.use_cases.papers.paper_forms import paper_rule_wish

SET, READ, READ_REFUSED = (
    "inventory.paper_rules.set",
    "inventory.paper_rules.read",
    "inventory.refused_movements.read",
)


@dataclass(frozen=True, slots=True)
class PaperCalls:
    """CreatePaperRule, ListPaperRules, ListRefusedMovements."""

    papers: KeepPapers
    tokens: PageTokens

    def CreatePaperRule(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = paper_rule_wish(request.paper_rule)
        return paper_rule_message(self.papers.set(wish, call.caller, call.caller.reach(SET)))

    def ListPaperRules(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.papers.listed(warehouse, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return papers_pb2.ListPaperRulesResponse(
            paper_rules=map(paper_rule_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def ListRefusedMovements(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        reach = call.caller.reach(READ_REFUSED)
        found = self.papers.refusals(warehouse, reach, page=(one_id(page.position), page.limit))
        return papers_pb2.ListRefusedMovementsResponse(
            refused_movements=map(refused_movement_message, found[: page.size]),
            next_page_token=page.token(found, _by_id),
        )


def _by_id(listed: PaperRule | RefusedMovement) -> str:
    return str(listed.identifier)
