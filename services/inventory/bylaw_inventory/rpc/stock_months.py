"""Calls about month reports."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import stock_months_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import known, line_of_text
from bylaw_chassis.paging import PageTokens, page_of
from google.api.httpbody_pb2 import HttpBody

from bylaw_inventory.exported_months import as_csv, as_workbook
from bylaw_inventory.messages.books import month_line_message, stock_month_message
from bylaw_inventory.rules.books.month import MonthFormat, MonthLine
from bylaw_inventory.use_cases.books.book_forms import month_of
from bylaw_inventory.use_cases.books.report_month import ReportMonth
from bylaw_inventory.use_cases.forms import LONGEST_REASON

READ, HAND_OVER = "inventory.months.read", "inventory.months.hand_over"
WRITTEN = {MonthFormat.CSV: as_csv, MonthFormat.XLSX: as_workbook}


@dataclass(frozen=True, slots=True)
class StockMonthCalls:
    """GetStockMonth, ListStockMonthLines, ExportStockMonth, HandOverStockMonth."""

    months: ReportMonth
    tokens: PageTokens

    def GetStockMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        return stock_month_message(self.months.one(*month_of(request.name, field="name"), call.caller.reach(READ)))

    def ListStockMonthLines(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        asked = month_of(request.parent, field="parent")
        place = page.position, page.limit
        found = self.months.listed(*asked, call.caller.reach(READ), by_item=request.by_item, page=place)
        return stock_months_pb2.ListStockMonthLinesResponse(
            lines=map(month_line_message, found[: page.size]), next_page_token=page.token_at(found, _by_goods)
        )

    def ExportStockMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        form = known(request.format or MonthFormat.CSV, MonthFormat, field="format")
        report = self.months.whole(*month_of(request.name, field="name"), call.caller.reach(READ))
        data, content_type = WRITTEN[form](report)
        return HttpBody(content_type=content_type, data=data)

    def HandOverStockMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, month = month_of(request.name, field="name")
        remark = line_of_text(request.remark, field="remark", longest=LONGEST_REASON, needed=False)
        reach = call.caller.reach(HAND_OVER)
        return stock_month_message(self.months.hand_over(warehouse, month, remark, caller=call.caller, reach=reach))


def _by_goods(listed: MonthLine) -> list[str]:
    return list(map(str, listed.order))
