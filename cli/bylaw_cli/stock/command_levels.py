"""`bylaw levels`: what is proposed for the stock, how much of each item is kept, what became of proposals (WHS-7)."""

from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.stock.words import quantity, shown
from bylaw_cli.wording import Language, Wording

EXAMPLES = (
    "\n\n\b\nbylaw levels\nbylaw levels --all\nbylaw levels MJ-COASTER --done reorder\n"
    "bylaw levels MJ-VASE --declined dead --reason 'a campaign comes in December'"
)
ABOUT = Wording(
    "Show what is proposed for the stock: to reorder, and what is slow, dead or expires soon; with --all how much is"
    " kept of every item. With ITEM and --done or --declined it puts on record what became of a proposal, which is then"
    f" not made again for some time.{EXAMPLES}",
    "显示库存建议：补货，以及滞销、呆滞、临期；--all 显示每种商品的备货情况。给出 ITEM 与 --done 或 --declined 时"
    f"登记建议的处理结果，此后一段时间不再提出。{EXAMPLES}",
)
EVERY = Wording("How much is kept of every item, whatever is proposed.", "显示每种商品的备货情况。")
DONE = Wording("This proposal was carried out.", "该建议已执行。")
DECLINED = Wording("This proposal was declined; --reason says why.", "该建议不采纳，理由见 --reason。")
REASON = Wording("Why.", "理由。")
ONE_RESULT = Wording(
    "Give ITEM with one of --done and --declined, or neither.",
    "请给出 ITEM，并只选 --done 与 --declined 之一；或都不填。",
)
KINDS = {
    "REORDER": Wording("reorder", "补货"),
    "SLOW": Wording("slow", "滞销"),
    "DEAD": Wording("dead", "呆滞"),
    "EXPIRING": Wording("expires", "临期"),
}
CHOICES = {"reorder": "REORDER", "slow": "SLOW", "dead": "DEAD", "expiring": "EXPIRING"}
LEVEL = (
    Column(Wording("Item", "编码")),
    Column(Wording("Name", "名称")),
    Column(Wording("On hand", "现存"), number=True),
    Column(Wording("Reorder at", "补货点"), number=True),
    Column(Wording("A day", "日均出库"), number=True),
    Column(Wording("Days left", "可供天数"), number=True),
    Column(Wording("Turnover", "周转"), number=True),
    Column(Wording("Last issue", "最近出库")),
)
PROPOSED = (Column(Wording("Proposed", "建议")), Column(Wording("How much", "数量"), number=True), *LEVEL)
QUIET = Wording("not proposed again up to {day}", "{day} 前不再提出")


def levels_command(language: Language) -> click.Command:
    """Return `bylaw levels [ITEM]`."""

    @json_option(language)
    @click.option("--reason", metavar="TEXT", default="", help=REASON.show(language))
    @click.option("--declined", type=click.Choice(list(CHOICES)), help=DECLINED.show(language))
    @click.option("--done", type=click.Choice(list(CHOICES)), help=DONE.show(language))
    @click.option("--all", "every", is_flag=True, help=EVERY.show(language))
    @warehouse_option(language)
    @click.argument("item", required=False, default="")
    def levels(item: str, *, warehouse: str, every: bool, as_json: bool, **given: Any) -> None:
        done, declined, reason = (given.pop(name) for name in ("done", "declined", "reason"))
        if (done and declined) or bool(item) != bool(done or declined):
            raise Told(ONE_RESULT.show(language), language)
        goods = goods_of(rest_of(given, language, {"reason": "--reason"}), warehouse, language)
        if item:
            told = _settled(goods, item, done or declined, result="DONE" if done else "DECLINED", reason=reason)
            until = QUIET.show(language).format(day=told["quietUntilDate"])
            tell(told, ["  ".join([goods.called(told["item"]), until])], as_json=as_json)
            return
        found = goods.all("stockLevels" if every else "stockProposals")
        if as_json:
            tell(found, (), as_json=True)
            return
        goods.learn((one if every else one["level"])["item"] for one in found)
        rows = [_row(goods, one) if every else _proposed(goods, one, language) for one in found]
        show_rows(LEVEL if every else PROPOSED, rows, language)

    return click.command("levels", help=ABOUT.show(language))(signed_in(levels, language))


def _settled(goods: Goods, item: str, kind: str, *, result: str, reason: str) -> Any:
    outcome = {
        "item": goods.item(item),
        "kind": f"STOCK_PROPOSAL_KIND_{CHOICES[kind]}",
        "result": f"STOCK_PROPOSAL_RESULT_{result}",
        "reason": reason,
    }
    return goods.rest.call("POST", f"{goods.path}/stockProposals:recordOutcome", outcome)


def _proposed(goods: Goods, one: Tree, language: Language) -> list[str]:
    kind = shown(KINDS, one["kind"], "STOCK_PROPOSAL_KIND_", language)
    return [kind, quantity(one["quantity"]), *_row(goods, one["level"])]


def _row(goods: Goods, level: Tree) -> list[str]:
    called = [level["code"], goods.items[level["item"]]["displayName"]]
    counts = [quantity(level.get(key)) for key in ("onHand", "reorderPoint")]
    figures = [level[key] for key in ("dailyDemand", "daysOfCover", "turnover", "lastIssueDate")]
    return [*called, *counts, *figures]
