"""Calls about stocktakes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bylaw.inventory.v1 import stocktakes_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import known, line_of_text, one_number
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id
from google.api.httpbody_pb2 import HttpBody

from bylaw_inventory.exported_stocktakes import as_csv, as_workbook
from bylaw_inventory.messages.stocktake import count_message, difference_message, line_message, stocktake_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.stocktake.counting import Count, Line
from bylaw_inventory.rules.stocktake.explaining import Explained
from bylaw_inventory.rules.stocktake.report import ReportFormat
from bylaw_inventory.rules.stocktake.stocktake import STOCKTAKES, Stocktake
from bylaw_inventory.use_cases.forms import LONGEST_REASON, one_id, three_texts
from bylaw_inventory.use_cases.stocktake.book_stocktake import BookBlocked
from bylaw_inventory.use_cases.stocktake.count_stock import CountStock
from bylaw_inventory.use_cases.stocktake.explain_stocktake import ExplainStocktake
from bylaw_inventory.use_cases.stocktake.open_stocktake import OpenStocktake
from bylaw_inventory.use_cases.stocktake.show_stocktakes import ShowStocktakes
from bylaw_inventory.use_cases.stocktake.stocktake_forms import (
    count_wishes,
    explanations,
    line_state,
    report,
    stocktake_wish,
)
from bylaw_inventory.use_cases.stocktake.submit_stocktake import SubmitStocktake

PREFIX = "inventory.stocktakes"
CREATE, JOIN, COUNT = f"{PREFIX}.create", f"{PREFIX}.join", f"{PREFIX}.count"
SETTLE, READ = f"{PREFIX}.settle", f"{PREFIX}.read"
WRITTEN = {ReportFormat.CSV: as_csv, ReportFormat.XLSX: as_workbook}


@dataclass(frozen=True, slots=True)
class StocktakeCalls:
    """CreateStocktake and all that follows."""

    opening: OpenStocktake
    counting: CountStock
    explaining: ExplainStocktake
    submitting: SubmitStocktake
    blocked: BookBlocked
    shown: ShowStocktakes
    tokens: PageTokens

    def CreateStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = stocktake_wish(request.stocktake)
        return stocktake_message(self.opening.create(wish, call.caller, call.caller.reach(CREATE)))

    def JoinStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        return stocktake_message(self.opening.join(_named(request.name), call.caller, call.caller.reach(JOIN)))

    def GetStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        return stocktake_message(self.shown.one(_named(request.name), call.caller.reach(READ)))

    def ListStocktakes(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.shown.listed(warehouse, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return stocktakes_pb2.ListStocktakesResponse(
            stocktakes=map(stocktake_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def RecordStocktakeCounts(self, request: Any, call: Call) -> Any:  # noqa: N802
        stocktake, wishes = _parent(request), count_wishes(request.counts)
        made = self.counting.record(stocktake, wishes, call.caller, call.caller.reach(COUNT))
        return stocktakes_pb2.RecordStocktakeCountsResponse(counts=map(count_message, made))

    def ListStocktakeCounts(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        place = one_number(page.position), page.limit
        found = self.shown.recorded(_parent(request), call.caller, call.caller.reach(READ), page=place)
        return stocktakes_pb2.ListStocktakeCountsResponse(
            counts=map(count_message, found[: page.size]), next_page_token=page.token(found, _by_number)
        )

    def ListStocktakeLines(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        state, place = line_state(request.state), (three_texts(page.position), page.limit)
        made, found = self.shown.lines(_parent(request), call.caller.reach(READ), state=state, page=place)
        return stocktakes_pb2.ListStocktakeLinesResponse(
            lines=[line_message(made, line) for line in found[: page.size]],
            next_page_token=page.token_at(found, _by_place),
        )

    def EndStocktakeCounting(self, request: Any, call: Call) -> Any:  # noqa: N802
        return stocktake_message(self.counting.end(_named(request.name), call.caller.reach(SETTLE)))

    def ListStocktakeDifferences(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        place = one_number(page.position), page.limit
        made, found = self.shown.differing(_parent(request), call.caller.reach(READ), page=place)
        return stocktakes_pb2.ListStocktakeDifferencesResponse(
            differences=[difference_message(made, one) for one in found[: page.size]],
            next_page_token=page.token(found, _by_number),
        )

    def ExportStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        form = known(request.format or ReportFormat.CSV, ReportFormat, field="format")
        data, content_type = WRITTEN[form](self.shown.report(_named(request.name), call.caller.reach(READ)))
        return HttpBody(content_type=content_type, data=data)

    def ExplainStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        stocktake = _named(request.name)
        said, whole = explanations(request.explanations, stocktake), report(request.report)
        return stocktake_message(self.explaining.explain(stocktake, said, whole, call.caller.reach(SETTLE)))

    def SignStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        reach = call.caller.reach(SETTLE)
        return stocktake_message(self.explaining.sign(_named(request.name), request.etag, call.caller, reach))

    def SubmitStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        return stocktake_message(self.submitting.submit(_named(request.name), call.caller, call.caller.reach(SETTLE)))

    def WithdrawStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        return stocktake_message(self.submitting.withdraw(_named(request.name), call.caller.reach(SETTLE)))

    def BookStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        return stocktake_message(self.blocked(_named(request.name), call.caller, call.caller.reach(SETTLE)))

    def CancelStocktake(self, request: Any, call: Call) -> Any:  # noqa: N802
        reason = line_of_text(request.reason, field="reason", longest=LONGEST_REASON)
        return stocktake_message(self.opening.cancel(_named(request.name), reason, call.caller.reach(CREATE)))


def _named(name: str) -> UUID:
    return resource_id(name, STOCKTAKES)


def _parent(request: Any) -> UUID:
    return resource_id(request.parent, STOCKTAKES, field="parent")


def _by_id(listed: Stocktake) -> str:
    return str(listed.identifier)


def _by_number(listed: Count | Explained) -> str:
    return str(listed.number)


def _by_place(listed: Line) -> list[str]:
    return list(listed.order)
