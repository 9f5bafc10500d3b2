"""`bylaw stock-month`: a warehouse's month: opening, in, out, closing; as a file; handed over (WHS-5)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.stock.words import movement_kind
from bylaw_cli.things import given_of
from bylaw_cli.typed import NEW_FILE, a_month
from bylaw_cli.wording import Language, Wording

FORMATS = {".csv": "STOCK_MONTH_FORMAT_CSV", ".xlsx": "STOCK_MONTH_FORMAT_XLSX"}
EXAMPLES = (
    "\n\n\b\nbylaw stock-month 2026-11\nbylaw stock-month 2026-11 november.xlsx\nbylaw stock-month 2026-11 --hand-over"
)
ABOUT = Wording(
    "Show a month of a warehouse: of each item what there was, what came and went in which kind of movement, and what"
    " there is at the end; up to today, where the month goes on. MONTH is YYYY-MM. With FILE (.xlsx or .csv) the report"
    f" is written there; --hand-over hands it to the operations director and the shop manager.{EXAMPLES}",
    "显示仓库某月的进销存：各商品期初、按类别的收与发、期末；当月截至今日。MONTH 为 YYYY-MM。"
    f"给出 FILE（.xlsx 或 .csv）时写出报表文件；--hand-over 上报运营总监与店长。{EXAMPLES}",
)
BY_PLACE = Wording("Of each item at each place instead of in the whole house.", "按货位显示，而非全仓合计。")
HAND_OVER = Wording("Hand the report over.", "上报。")
REMARK = Wording("What is to be said to it.", "上报时的说明。")
NO_FORMAT = Wording("FILE ends in .xlsx or .csv.", "FILE 应以 .xlsx 或 .csv 结尾。")
COLUMNS = (
    Column(Wording("Place", "货位")),
    Column(Wording("Item", "编码")),
    Column(Wording("Name", "名称")),
    Column(Wording("Opening", "期初"), number=True),
    Column(Wording("In", "收入"), number=True),
    Column(Wording("Out", "发出"), number=True),
    Column(Wording("Closing", "期末"), number=True),
    Column(Wording("Unit", "单位")),
)
UP_TO = Wording("{warehouse}  {month}  up to {date}", "{warehouse}  {month}  截至 {date}")
FINAL = Wording("every day of it is closed", "各日均已日结")
NOT_FINAL = Wording("days of it are still open", "尚有未日结的日子")
HANDED = Wording("handed over on {day}, up to {date}, by {who}", "{day} 上报，截至 {date}，{who}")
OUTDATED = Wording("the ledger says something else by now", "账面其后已有变动")
WRITTEN = Wording("{file}: {count} lines", "{file}：{count} 行")


def stock_month_command(language: Language) -> click.Command:
    """Return `bylaw stock-month MONTH [FILE]`."""

    @json_option(language)
    @click.option("--remark", metavar="TEXT", default="", help=REMARK.show(language))
    @click.option("--hand-over", is_flag=True, help=HAND_OVER.show(language))
    @click.option("--by-place", is_flag=True, help=BY_PLACE.show(language))
    @warehouse_option(language)
    @click.argument("month", callback=a_month(language))
    @click.argument("file", type=NEW_FILE, required=False)
    def command(month: str, file: Path | None, *, warehouse: str, as_json: bool, **given: Any) -> None:
        hand_over, remark, by_place = (given.pop(name) for name in ("hand_over", "remark", "by_place"))
        if file and file.suffix.lower() not in FORMATS:
            raise Told(NO_FORMAT.show(language), language)
        goods = goods_of(rest_of(given, language, {"remark": "--remark"}), warehouse, language)
        path = f"{goods.path}/stockMonths/{month}"
        if hand_over:
            goods.rest.call("POST", f"{path}:handOver", given_of({"remark": remark}))
        found = goods.rest.get(path)
        if file:
            file.write_bytes(goods.rest.download(f"{path}:export?format={FORMATS[file.suffix.lower()]}"))
            tell(found, [WRITTEN.show(language).format(file=file.name, count=found["lineCount"])], as_json=as_json)
            return
        lines = list(goods.rest.pages(f"{path}/lines", "lines", _query(by_place=by_place)))
        tell({**found, "lines": lines}, _heads(goods, found, month, language), as_json=as_json)
        if not as_json:
            show_rows(COLUMNS, [_row(line, language) for line in lines], language)

    return click.command("stock-month", help=ABOUT.show(language))(signed_in(command, language))


def _query(*, by_place: bool) -> dict[str, str | int]:
    return {"pageSize": 1000} if by_place else {"pageSize": 1000, "byItem": "true"}


def _heads(goods: Goods, month: Tree, called: str, language: Language) -> Iterator[str]:
    title = goods.warehouse["title"][language]
    first = UP_TO.show(language).format(warehouse=title, month=called, date=month["lastDate"])
    yield "  ".join([first, (FINAL if month["final"] else NOT_FINAL).show(language)])
    for one in month["handOvers"]:
        who = goods.who(one["handedOverBy"])
        said = HANDED.show(language).format(day=goods.local(one["handOverTime"])[:10], date=one["lastDate"], who=who)
        yield "  ".join([f"  {said}", *([OUTDATED.show(language)] if one["outdated"] else [])])


def _row(line: Tree, language: Language) -> list[str]:
    flows = (_flows(line[side], language) for side in ("came", "went"))
    what = [line["placeCode"], line["itemCode"], line["itemDisplayName"], line["opening"]["value"]]
    return [*what, *flows, line["closing"]["value"], line["closing"]["unit"]]


def _flows(flows: list[Tree], language: Language) -> str:
    """Kind by kind; what is nothing is not said."""
    return ", ".join(f"{movement_kind(one['kind'], language)} {one['quantity']}" for one in flows)
