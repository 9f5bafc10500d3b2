"""Calls about special goods."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import special_goods_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of

from bylaw_inventory.messages.special import mark_message
from bylaw_inventory.rules.special.mark import SpecialMark
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.special.keep_marks import KeepMarks
from bylaw_inventory.use_cases.special.special_forms import mark_wish


@dataclass(frozen=True, slots=True)
class SpecialGoodsCalls:
    """CreateSpecialMark, ListSpecialMarks."""

    marks: KeepMarks
    tokens: PageTokens

    def CreateSpecialMark(self, request: Any, call: Call) -> Any:  # noqa: N802
        return mark_message(self.marks.set(mark_wish(request.special_mark), call.caller))

    def ListSpecialMarks(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.marks.listed(every=request.show_superseded, page=(one_id(page.position), page.limit))
        return special_goods_pb2.ListSpecialMarksResponse(
            special_marks=map(mark_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )


def _by_id(listed: SpecialMark) -> str:
    return str(listed.identifier)
