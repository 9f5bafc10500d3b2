"""`bylaw orders figures`: what was sold, by what, and how it went; shown, as a workbook, as a picture (ANA-1)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.orders.shops import Shops, Tree, channel_option, shops_of
from bylaw_cli.orders.words import KEY_FIGURES, money
from bylaw_cli.reaching import signed_in
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.things import given_of
from bylaw_cli.typed import NEW_FILE, a_day
from bylaw_cli.wording import Language, Wording

EXAMPLES = (
    "\n\n\b\nbylaw orders figures\nbylaw orders figures product --from 2026-11-01 --to 2026-11-30"
    "\nbylaw orders figures region --picture regions.svg\nbylaw orders figures --xlsx november.xlsx"
)
ABOUT = Wording(
    "Show what was sold by day, channel, product, region or promotion; without that how it went: baskets, customers who"
    " came again, refunds, complaints, promises kept, hours until an answer. The last thirty days, or those from --from"
    f" to --to. --xlsx writes all of it into a workbook, --picture draws what was sold by one thing.{EXAMPLES}",
    "按日、渠道、商品、地区或推广码显示销售；不指定时显示经营概况：客单、复购、退款、投诉、履约、答复小时。默认最近三十天，"
    f"或 --from 至 --to。--xlsx 将全部数据写成工作簿，--picture 画出按某一维度的销售图。{EXAMPLES}",
)
BYS = ("day", "channel", "product", "region", "promotion")
FROM = Wording("From this day on; otherwise so that it is thirty days.", "起始日期；不填则共三十天。")
TO = Wording("Up to and with this day; otherwise today.", "截止日期（含）；不填则为今天。")
ZONE = Wording(
    "Whose days, such as Europe/London; otherwise the organisation's.", "按哪个时区分日；不填则为本单位时区。"
)
XLSX = Wording("Write every figure into this workbook.", "将全部数据写入该工作簿。")
PICTURE = Wording("Draw what was sold into this file, .svg.", "将销售图写入该文件（.svg）。")
CURRENCY = Wording("Only sales in this currency; a picture is of one.", "只看该币种；一张图只画一种。")
WRITTEN = Wording("{file} is written.", "已写入 {file}。")
PARTS = {
    "SHIPPING": Wording("shipping", "运费"),
    "DISCOUNT": Wording("discounts on whole orders", "整单优惠"),
    "DIFFERENCE": Wording("difference to totals", "平台合计差额"),
}
SOLD = (
    Column(Wording("Which", "项目")),
    Column(Wording("Name", "名称"), wraps=True),
    Column(Wording("Currency", "币种")),
    Column(Wording("Orders", "订单数"), number=True),
    Column(Wording("Units", "件数"), number=True),
    Column(Wording("Sales", "销售额"), number=True),
    Column(Wording("Credits", "贷记"), number=True),
    Column(Wording("Adjusted", "调整"), number=True),
    Column(Wording("Total", "合计"), number=True),
)
WENT = (
    ("meanSale", Wording("mean sale", "客单价")),
    ("meanLines", Wording("lines a sale", "单均行数")),
    ("meanUnits", Wording("units a sale", "单均件数")),
    ("customerCount", Wording("customers", "客户数")),
    ("repeatCustomerCount", Wording("of them came again", "其中复购")),
    ("repeatRate", Wording("repeat rate", "复购率")),
    ("refundRate", Wording("refund rate", "退款率")),
    ("complaintRate", Wording("complaint rate", "投诉率")),
    ("shipInTimeRate", Wording("rate shipped in time", "按时发货率")),
    ("deliverInTimeRate", Wording("rate delivered in time", "按时送达率")),
    ("answerInTimeRate", Wording("rate answered in time", "按时答复率")),
    ("meanAnswerHours", Wording("hours until an answer, mean", "平均答复小时")),
    ("medianAnswerHours", Wording("hours until an answer, median", "答复小时中位数")),
)


def figures_command(language: Language) -> click.Command:
    """Return `bylaw orders figures [BY]`."""

    @json_option(language)
    @click.option("--picture", type=NEW_FILE, help=PICTURE.show(language))
    @click.option("--xlsx", type=NEW_FILE, help=XLSX.show(language))
    @click.option("--currency", metavar="CODE", default="", help=CURRENCY.show(language))
    @click.option("--zone", metavar="NAME", default="", help=ZONE.show(language))
    @click.option("--to", "last", metavar="DAY", callback=a_day(language), help=TO.show(language))
    @click.option("--from", "first", metavar="DAY", callback=a_day(language), help=FROM.show(language))
    @channel_option(language)
    @click.argument("by", type=click.Choice(BYS), required=False)
    def show(by: str | None, *, channel: str, as_json: bool, **given: Any) -> None:
        files = {form: given.pop(form) for form in ("xlsx", "picture")}
        days = {name: given.pop(name) or "" for name in ("first", "last", "zone", "currency")}
        shops = shops_of(given, language)
        query = {
            "firstDate": days["first"],
            "lastDate": days["last"],
            "timeZone": days["zone"],
            "channel": shops.channel(channel)["name"] if channel else "",
        }
        if any(files.values()):
            said = {**query, "currency": days["currency"], "dimension": _dimension(by or "day")}
            tell(_written(shops, files, given_of(said)), _files(files, language), as_json=as_json)
        elif by:
            _sold(shops, by, {**query, "currency": days["currency"]}, as_json=as_json)
        else:
            _went(shops, query, as_json=as_json)

    return click.command("figures", help=ABOUT.show(language))(signed_in(show, language))


def _dimension(by: str) -> str:
    return f"SALES_DIMENSION_{by.upper()}"


def _written(shops: Shops, files: dict[str, Path | None], query: dict[str, Any]) -> dict[str, str]:
    formats = {"xlsx": "FIGURE_FORMAT_XLSX", "picture": "FIGURE_FORMAT_SVG"}
    for form, file in files.items():
        if file:
            told = urlencode({**query, "format": formats[form]})
            file.write_bytes(shops.rest.download(f"/v1/figures:export?{told}"))
    return {form: str(file) for form, file in files.items() if file}


def _files(files: dict[str, Path | None], language: Language) -> list[str]:
    return [WRITTEN.show(language).format(file=file) for file in files.values() if file]


def _sold(shops: Shops, by: str, query: dict[str, str], *, as_json: bool) -> None:
    asked = given_of({**query, "dimension": _dimension(by), "pageSize": 1000})
    found = list(shops.rest.pages("/v1/salesFigures", "salesFigures", asked))
    tell(found, (), as_json=as_json)
    if not as_json:
        show_rows(SOLD, [_row(one, by, shops.language) for one in found], shops.language)


def _row(figure: Tree, by: str, language: Language) -> list[str]:
    def amount(name: str) -> str:
        return money(figure[name], figure["currency"])

    part = PARTS.get(figure["part"].removeprefix("SALES_PART_"))
    title = part.show(language) if part else figure["title"][language]
    which = "" if by == "channel" else figure["key"]
    amounts = map(amount, ("sales", "credits", "adjustments", "total"))
    name = "" if title == which else title
    return [which, name, *(figure[said] for said in ("currency", "orderCount", "unitCount")), *amounts]


def _went(shops: Shops, query: dict[str, str], *, as_json: bool) -> None:
    asked = given_of({**query, "pageSize": 1000})
    found = list(shops.rest.pages("/v1/keyFigures", "keyFigures", asked))
    tell(found, [line for one in found for line in _lines(one, shops.language)], as_json=as_json)


def _lines(figure: Tree, language: Language) -> Iterator[str]:
    """What it is of and came to, then each count and rate that is any."""
    title = figure["title"][language]
    yield f"{title}  {figure['currency']}  {money(figure['sales'], figure['currency'])}"
    for one in figure["counts"]:
        bare = one["kind"].removeprefix("KEY_FIGURE_KIND_")
        if int(one["count"]):
            yield f"  {KEY_FIGURES[bare].show(language) if bare in KEY_FIGURES else bare}: {one['count']}"
    for name, words in WENT:
        if str(figure[name]) not in ("", "0"):
            said = money(figure[name], figure["currency"]) if name == "meanSale" else figure[name]
            yield f"  {words.show(language)}: {said}"
