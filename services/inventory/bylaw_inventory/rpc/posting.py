"""Calls that preview a movement, and post many."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import posting_pb2
from bylaw_chassis.call import Call

from bylaw_inventory.messages.books import preview_message
from bylaw_inventory.use_cases.stock.post_many import PostMany
from bylaw_inventory.use_cases.stock.preview_movement import PreviewMovement
from bylaw_inventory.use_cases.stock.stock_forms import posting_wish, posting_wishes

POST = "inventory.stock.post"


@dataclass(frozen=True, slots=True)
class PostingCalls:
    """PreviewStockMovement and BatchPostStockMovements."""

    previewing: PreviewMovement
    posting: PostMany

    def PreviewStockMovement(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = posting_wish(request.stock_movement)
        return preview_message(self.previewing.preview(wish, call.caller, call.caller.reach(POST)))

    def BatchPostStockMovements(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, wishes = posting_wishes(request)
        made = self.posting.post(warehouse, wishes, call.caller, call.caller.reach(POST))
        return posting_pb2.BatchPostStockMovementsResponse(stock_movements=[one.name for one in made])
