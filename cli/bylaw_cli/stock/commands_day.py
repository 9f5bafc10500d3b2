"""`bylaw stock-day`: the days of the books: shown, counted by the way, closed (WHS-4)."""

from collections.abc import Iterator
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.words import DISAGREEMENTS, amount, shown
from bylaw_cli.things import given_of
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "The days of a warehouse's books: what is booked on each, whether ledger, cards and goods agree, and closing"
    " them.\n\n\b\nbylaw stock-day list\nbylaw stock-day show 2026-11-27\n"
    "bylaw stock-day count MJ-CUP 112 --place A-01-1\nbylaw stock-day close 2026-11-27",
    "仓库的账日：每日记账情况、账卡物是否相符，以及日结。"
    "\n\n\b\nbylaw stock-day list\nbylaw stock-day show 2026-11-27\n"
    "bylaw stock-day count MJ-CUP 112 --place A-01-1\nbylaw stock-day close 2026-11-27",
)
LIST = Wording(
    "List the closed days, the newest first.\n\n\b\nbylaw stock-day list",
    "列出已日结的账日，新的在前。\n\n\b\nbylaw stock-day list",
)
SHOW = Wording(
    "Show DAY: what is booked on it, and what would keep it from being closed; of a closed day what was found, and"
    " whether its entries are still those that were closed.\n\n\b\nbylaw stock-day show 2026-11-27",
    "显示账日 DAY：已记账多少、有何不符会阻止日结；已日结的显示当时的不符与说明，以及其后是否被改动。\n\n\b\n"
    "bylaw stock-day show 2026-11-27",
)
CLOSE = Wording(
    "Close DAY, once it is over. What does not agree stops the close until it is put right, or explained. A closed day"
    " takes nothing any more.\n\n\b\nbylaw stock-day close 2026-11-27\n"
    "bylaw stock-day close 2026-11-27 --explanation 'a plate is chipped, to be written off'",
    "日结 DAY，须待当日结束。有不符时须先更正，或写明原因。日结后不再接受记账。"
    "\n\n\b\nbylaw stock-day close 2026-11-27\n"
    "bylaw stock-day close 2026-11-27 --explanation 一只餐盘磕碰待报损",
)
COUNT = Wording(
    "Put on record that QUANTITY of ITEM was counted at a place, now: it is compared with what the ledger holds, and"
    " changes nothing on hand.\n\n\b\nbylaw stock-day count MJ-CUP 112 --place A-01-1",
    "登记刚刚在货位抽点到 QUANTITY 的 ITEM：与账面比较，不改变现存。\n\n\b\n"
    "bylaw stock-day count MJ-CUP 112 --place A-01-1",
)
EXPLANATION = Wording("What explains whatever does not agree.", "对不符之处的说明。")
PLACE = Wording("The label of the place.", "货位标签。")
LOT = Wording("The lot or serial number, where the item is tracked.", "批号或序列号（按批号或序列号管理的商品）。")
PLACES = {"item": "ITEM", "counted": "QUANTITY", "place": "--place", "lot": "--lot", "explanation": "--explanation"}
OPEN, CLOSED = Wording("open", "未日结"), Wording("closed", "已日结")
BOOKED = Wording(
    "movements {movements}, entries {entries}, spot counts {counts}",
    "出入库 {movements} 笔，分录 {entries} 笔，抽点 {counts} 次",
)
SINCE = Wording("with the days since {first}", "含自 {first} 起的各日")
ALTERED = Wording(
    "Its entries are not those any more that were closed: bylaw doctor.", "日结后分录已被改动：请运行 bylaw doctor。"
)
BY = Wording("closed by {who}", "日结人：{who}")
AGREES = Wording("agrees with the ledger", "与账面相符")
DIFFERS = Wording("the ledger has {ledger}: {difference}", "账面为 {ledger}：{difference}")


def stock_day_group(language: Language) -> click.Group:
    """Return `bylaw stock-day`."""
    group = click.Group("stock-day", help=ABOUT.show(language))
    for command in (_list_command, _show_command, _count_command, _close_command):
        group.add_command(command(language))
    return group


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    def show(*, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("bookDays")
        tell(found, ("  ".join(_heads(goods, day, language)) for day in found), as_json=as_json)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _show_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("day", callback=a_day(language))
    def show(day: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.rest.get(f"{goods.path}/bookDays/{day}")
        tell(found, _lines(goods, found, language), as_json=as_json)

    return click.command("show", help=SHOW.show(language))(signed_in(show, language))


def _close_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--explanation", metavar="TEXT", default="", help=EXPLANATION.show(language))
    @warehouse_option(language)
    @click.argument("day", callback=a_day(language))
    def close(day: str, *, explanation: str, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language, PLACES), warehouse, language)
        body = given_of({"explanation": explanation})
        done = goods.rest.call("POST", f"{goods.path}/bookDays/{day}:close", body)
        tell(done, _lines(goods, done, language), as_json=as_json)

    return click.command("close", help=CLOSE.show(language))(signed_in(close, language))


def _count_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--lot", metavar="LOT", default="", help=LOT.show(language))
    @click.option("--place", metavar="CODE", required=True, help=PLACE.show(language))
    @warehouse_option(language)
    @click.argument("item")
    @click.argument("quantity")
    def count(item: str, quantity: str, *, place: str, lot: str, as_json: bool, **given: Any) -> None:
        warehouse = given.pop("warehouse")
        goods = goods_of(rest_of(given, language, PLACES), warehouse, language)
        counted = {"item": goods.item(item), "place": goods.place(place), "counted": {"value": quantity}}
        done = goods.rest.call("POST", f"{goods.path}/spotCounts", {**counted, **given_of({"lot": lot})})
        differs = DIFFERS.show(language).format(ledger=amount(done["onLedger"]), difference=done["difference"])
        said = AGREES.show(language) if done["difference"] == "0" else differs
        tell(done, ["  ".join([place, goods.called(done["item"]), amount(done["counted"]), said])], as_json=as_json)

    return click.command("count", help=COUNT.show(language))(signed_in(count, language))


def _heads(goods: Goods, day: Tree, language: Language) -> Iterator[str]:
    """What a day is in a line."""
    date = day["name"].rpartition("/")[2]
    yield date
    yield (CLOSED if day["state"] == "BOOK_DAY_STATE_CLOSED" else OPEN).show(language)
    counts = {"movements": "movementCount", "entries": "entryCount", "counts": "spotCountCount"}
    yield BOOKED.show(language).format(**{word: day[key] for word, key in counts.items()})
    if day["firstDate"] not in ("", date):
        yield SINCE.show(language).format(first=day["firstDate"])
    if day["closedBy"]:
        yield BY.show(language).format(who=goods.who(day["closedBy"]))
    if day["explanation"]:
        yield day["explanation"]


def _lines(goods: Goods, day: Tree, language: Language) -> Iterator[str]:
    yield "  ".join(_heads(goods, day, language))
    for one in day["disagreements"]:
        kind = shown(DISAGREEMENTS, one["kind"], "BOOK_DISAGREEMENT_KIND_", language)
        yield f"  {kind}: {one['text'][language]}"
    if day.get("altered"):
        yield ALTERED.show(language)
