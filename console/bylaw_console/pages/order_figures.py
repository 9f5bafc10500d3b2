"""Figures of orders: what was sold, summed up by one thing; how it went; each with its records (ANA-1, MKT-3)."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bylaw.orders.v1 import figures_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.routes import get
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.money import mean, money
from bylaw_console.selling.rows_file import download
from bylaw_console.selling.showing import id_of
from bylaw_console.selling.typed import chosen

READ = ("orders.figures.read",)
DIMENSIONS = ("day", "channel", "product", "region", "promotion")
MOST = 1000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RATES = (
    ("repeat_rate", "REPEAT_ORDERS"),
    ("refund_rate", "REFUNDED"),
    ("complaint_rate", "COMPLAINED"),
    ("ship_in_time_rate", "SHIPPED_IN_TIME"),
    ("deliver_in_time_rate", "DELIVERED_IN_TIME"),
    ("answer_in_time_rate", "ANSWERED_IN_TIME"),
)


def figures(desk: Desk) -> Response:
    """What was sold, summed up by one thing, as a table and a picture; and how it went."""
    wish = figures_pb2.ListSalesFiguresRequest(
        page_size=desk.rows, page_token=desk.args.get("page", ""), **_span(desk), dimension=_dimension(desk)
    )
    wish.currency = desk.args.get("currency", "")
    found = desk.ask(wish)
    keys = desk.ask(figures_pb2.ListKeyFiguresRequest(page_size=MOST, **_span(desk)))
    currencies = list(dict.fromkeys(one.currency for one in keys.key_figures))
    return desk.render(
        "figures.html",
        rows=[(one, _records(one.records), _title(desk, one)) for one in found.sales_figures],
        following=found.next_page_token,
        keys=[_key(desk, one) for one in keys.key_figures],
        channels=Channels(desk),
        dimension=desk.args.get("by", "day"),
        dimensions=[(name, desk.t(f"figures.by_{name}")) for name in DIMENSIONS],
        currencies=currencies,
        picture=_picture(desk, currencies),
        money=money,
        mean=mean,
    )


def picture(desk: Desk) -> Response:
    """The picture of what was sold by one thing, as the service draws it."""
    wish = figures_pb2.ExportFiguresRequest(
        format=figures_pb2.FIGURE_FORMAT_SVG, dimension=_dimension(desk), **_span(desk)
    )
    wish.currency = desk.args.get("currency", "")
    drawn = desk.ask(wish)
    return Response(drawn.data, content_type=drawn.content_type)


def workbook(desk: Desk) -> Response:
    """All figures of the span as a workbook."""
    wish = figures_pb2.ExportFiguresRequest(format=figures_pb2.FIGURE_FORMAT_XLSX, **_span(desk))
    made = desk.ask(wish)
    span = "-".join(filter(None, (desk.args.get("from", ""), desk.args.get("to", ""))))
    return download(f"{desk.t('figures.title')}{span}.xlsx", made.data, made.content_type or WORKBOOK)


def sales_records(desk: Desk) -> Response:
    """Exactly the orders that make up a figure."""
    args = desk.args
    wish = figures_pb2.ListSalesRecordsRequest(
        page_size=desk.rows, page_token=args.get("page", ""), currency=args.get("currency", ""), **_wire_span(desk)
    )
    wish.dimension = chosen(figures_pb2.SalesDimension, args.get("dimension", ""))
    wish.part = chosen(figures_pb2.SalesPart, args.get("part", ""))
    if "key" in args:
        wish.key = args["key"]
    found = desk.ask(wish)
    return desk.render(
        "figure_records.html",
        title=desk.t("figures.records"),
        rows=[(one, f"/orders/{id_of(one.order)}", desk.named(one, "kind")) for one in found.sales_records],
        following=found.next_page_token,
        channels=Channels(desk),
        money=money,
        is_sales=True,
        time_field="place_time",
    )


def key_records(desk: Desk) -> Response:
    """Exactly the orders or tickets that a key figure counts."""
    args = desk.args
    wish = figures_pb2.ListKeyFigureRecordsRequest(
        page_size=desk.rows, page_token=args.get("page", ""), currency=args.get("currency", ""), **_wire_span(desk)
    )
    wish.kind = chosen(figures_pb2.KeyFigureKind, args.get("kind", ""))
    found = desk.ask(wish)
    return desk.render(
        "figure_records.html",
        title=desk.named(wish, "kind"),
        rows=[(one, f"/{one.record}", "") for one in found.key_figure_records],
        following=found.next_page_token,
        channels=Channels(desk),
        money=money,
        is_sales=False,
        time_field="occur_time",
    )


def _span(desk: Desk) -> dict[str, Any]:
    return {
        "first_date": desk.args.get("from", ""),
        "last_date": desk.args.get("to", ""),
        "channel": desk.args.get("channel", ""),
    }


def _wire_span(desk: Desk) -> dict[str, Any]:
    """The span as the service writes it in the path to its records."""
    wire = {"first_date": "firstDate", "last_date": "lastDate", "channel": "channel", "time_zone": "timeZone"}
    return {field: desk.args.get(name, "") for field, name in wire.items()}


def _dimension(desk: Desk) -> Any:
    return chosen(figures_pb2.SalesDimension, f"SALES_DIMENSION_{desk.args.get('by', 'day').upper()}")


def _records(path: str) -> str:
    """Where our own page of these records is: the service's path and query, in our address."""
    parts = urlsplit(path)
    page = "keys" if parts.path.endswith("keyFigureRecords") else "sales"
    return f"/figures/{page}?{urlencode(parse_qsl(parts.query, keep_blank_values=True))}"


def _title(desk: Desk, one: figures_pb2.SalesFigure) -> str:
    if desk.args.get("by", "day") == "day":
        return desk.day(one.key)
    return desk.text(one.title) or one.key or desk.t("figures.without")


def _picture(desk: Desk, currencies: list[str]) -> str:
    """A picture is of one currency: the one asked for, else the first."""
    if not currencies:
        return ""
    given = {**desk.args.to_dict(), "currency": desk.args.get("currency") or currencies[0]}
    given.pop("page", None)
    return f"/figures/picture.svg?{urlencode({name: value for name, value in given.items() if value})}"


def _key(desk: Desk, one: figures_pb2.KeyFigure) -> dict[str, Any]:
    names = figures_pb2.KeyFigureKind
    counts = {names.Name(count.kind).removeprefix("KEY_FIGURE_KIND_"): count for count in one.counts}
    return {
        "figure": one,
        "title": desk.text(one.title) if one.channel else desk.t("figures.whole", currency=one.currency),
        "counts": [(desk.named(count, "kind"), count.count, _records(count.records)) for count in one.counts],
        "rates": [
            (f"figures.{field}", _percent(getattr(one, field)), _records(counts[kind].records)) for field, kind in RATES
        ],
    }


def _percent(rate: str) -> str:
    """A fraction of four digits as a percentage; empty where there was nothing to divide by."""
    return f"{float(rate):.1%}" if rate else ""


ROUTES = (
    get("/figures", figures, needs=READ),
    get("/figures/picture.svg", picture, needs=READ),
    get("/figures.xlsx", workbook, needs=READ),
    get("/figures/sales", sales_records, needs=READ),
    get("/figures/keys", key_records, needs=READ),
)
