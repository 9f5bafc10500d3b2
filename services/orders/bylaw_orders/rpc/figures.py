"""Calls about figures."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from bylaw.orders.v1 import figures_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.caller import Reach
from bylaw_chassis.clock import Clock
from bylaw_chassis.forms import known
from bylaw_chassis.paging import PageTokens, page_of
from google.api.httpbody_pb2 import HttpBody

from bylaw_orders.drawn_figures import as_picture
from bylaw_orders.exported_figures import as_workbook
from bylaw_orders.messages.figures import (
    key_figure_message,
    key_figure_record_message,
    sales_figure_message,
    sales_record_message,
)
from bylaw_orders.rules.figures.asked import Asked, Dimension, FigureFormat
from bylaw_orders.rules.figures.key_figures import KeyFigure, KeyFigureRecord
from bylaw_orders.rules.figures.sales import SalesFigure, SalesRecord
from bylaw_orders.use_cases.figures.figure_forms import (
    asked_of,
    dimension_of,
    key_of,
    kind_of,
    place_of,
    record_place,
)
from bylaw_orders.use_cases.figures.show_figures import ShowFigures
from bylaw_orders.use_cases.forms import instant_and_id

READ = "orders.figures.read"


@dataclass(frozen=True, slots=True)
class FigureCalls:
    """The calls of `Figures`; days are those of `zone` where none is asked for."""

    showing: ShowFigures
    tokens: PageTokens
    clock: Clock
    zone: str

    def ListSalesFigures(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, by = page_of(request, call, self.tokens), dimension_of(request)
        asked = asked_of(request, self.zone, self.clock())
        place = place_of(page.position), page.limit
        found = self.showing.figures(by, asked, call.caller.reach(READ), page=place)
        return figures_pb2.ListSalesFiguresResponse(
            sales_figures=map(partial(sales_figure_message, by=by, asked=asked), found[: page.size]),
            next_page_token=page.token_at(found, _place),
        )

    def ListSalesRecords(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, by = page_of(request, call, self.tokens), dimension_of(request)
        asked, of = asked_of(request, self.zone, self.clock()), key_of(request, by)
        place = record_place(page.position), page.limit
        found = self.showing.records(by, asked, of, call.caller.reach(READ), page=place)
        return figures_pb2.ListSalesRecordsResponse(
            sales_records=map(partial(sales_record_message, by=by), found[: page.size]),
            next_page_token=page.token_at(found, _record_place),
        )

    def ListKeyFigures(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        asked = asked_of(request, self.zone, self.clock())
        found = self.showing.how_it_went(asked, call.caller.reach(READ), page=(page.position, page.limit))
        return figures_pb2.ListKeyFiguresResponse(
            key_figures=map(partial(key_figure_message, asked=asked), found[: page.size]),
            next_page_token=page.token_at(found, _key_place),
        )

    def ListKeyFigureRecords(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, kind = page_of(request, call, self.tokens), kind_of(request)
        asked = asked_of(request, self.zone, self.clock(), currency_needed=True)
        place = instant_and_id(page.position), page.limit
        found = self.showing.counted(kind, asked, call.caller.reach(READ), page=place)
        return figures_pb2.ListKeyFigureRecordsResponse(
            key_figure_records=map(key_figure_record_message, found[: page.size]),
            next_page_token=page.token_at(found, _newest),
        )

    def ExportFigures(self, request: Any, call: Call) -> Any:  # noqa: N802
        form = known(request.format or FigureFormat.XLSX, FigureFormat, field="format")
        by, asked = dimension_of(request), asked_of(request, self.zone, self.clock())
        data, content_type = WRITTEN[form](self.showing, by, asked, call.caller.reach(READ))
        return HttpBody(content_type=content_type, data=data)


def _workbook(showing: ShowFigures, _: Dimension, asked: Asked, reach: Reach) -> tuple[bytes, str]:
    return as_workbook(showing.whole(asked, reach))


def _picture(showing: ShowFigures, by: Dimension, asked: Asked, reach: Reach) -> tuple[bytes, str]:
    return as_picture(showing.figures(by, asked, reach), by, asked)


WRITTEN = {FigureFormat.XLSX: _workbook, FigureFormat.SVG: _picture}


def _place(listed: SalesFigure) -> list[str]:
    return [listed.currency, str(int(listed.part)), listed.key]


def _record_place(listed: SalesRecord) -> list[str]:
    return [listed.placed_at.isoformat(), str(listed.order), str(int(listed.part)), listed.key]


def _key_place(listed: KeyFigure) -> list[str]:
    return listed.place


def _newest(listed: KeyFigureRecord) -> list[str]:
    return [listed.at.isoformat(), str(listed.record)]
