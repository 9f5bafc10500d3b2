"""Stocktakes as text: which one is meant, where it stands, what there is to count, what differs (WHS-6)."""

from collections.abc import Iterator
from typing import Any

from bylaw_cli.rest import Told
from bylaw_cli.stock.goods import Goods, Tree
from bylaw_cli.stock.words import amount, quantity, shown
from bylaw_cli.things import SHOWN_ID
from bylaw_cli.wording import Language, Wording

OVER = ("STOCKTAKE_STATE_DONE", "STOCKTAKE_STATE_CANCELLED")
STATES = {
    "OPENED": Wording("waits for finance to join", "待财务加入"),
    "COUNTING": Wording("is counted", "盘点中"),
    "EXPLAINING": Wording("is explained and signed", "说明与签字中"),
    "SUBMITTED": Wording("waits for its decision", "待审批"),
    "DONE": Wording("done", "已完成"),
    "BLOCKED": Wording("approved, and cannot be booked", "已批准，暂不能入账"),
    "CANCELLED": Wording("given up", "已作废"),
}
LINES = {
    "UNCOUNTED": Wording("to be counted", "待盘"),
    "COUNTED": Wording("counted", "已盘"),
    "RECOUNT": Wording("to be counted by a second person", "须另一人复盘"),
}
KINDS = {
    "SURPLUS": Wording("surplus", "盘盈"),
    "SHORTAGE": Wording("shortage", "盘亏"),
    "DAMAGE": Wording("damage", "残损"),
}
PROPOSALS = {
    "ADJUST": Wording("adjust the book", "调账"),
    "RECOUNT": Wording("count again", "重盘"),
    "KEEP": Wording("keep the book", "维持账面"),
}
NONE = Wording(
    "There is no stocktake {typed}; see them: bylaw stocktake list.", "没有盘点 {typed}；见 bylaw stocktake list。"
)
SEVERAL = Wording("Say which: {which}.", "请注明是哪一项：{which}。")
WHOLE, PLACES_OF = Wording("the whole warehouse", "全仓"), Wording("places {places}", "货位 {places}")
KEEPER, FINANCE = Wording("keeper {who}", "库管 {who}"), Wording("finance {who}", "财务 {who}")
SIGNED = Wording("signed", "已签字")
COUNTED_AS = Wording("counted {sound}, book {book}", "盘点 {sound}，账面 {book}")
DAMAGED = Wording("damaged {damaged}", "残损 {damaged}")
BOOK = Wording("book {book}", "账面 {book}")
RESPONSIBLE = Wording("responsible: {who}", "责任人：{who}")
NOT_EXPLAINED = Wording("not explained", "未说明")
OF_ONE = Wording("{number}.", "{number}.")


def the_stocktake(goods: Goods, typed: str, language: Language) -> Any:
    """Return the one whose id ends so, or where nothing was typed the only one that is not over."""
    listed = goods.all("stocktakes")
    found = [one for one in listed if (one["name"].endswith(typed) if typed else one["state"] not in OVER)]
    if len(found) == 1:
        return goods.rest.get(f"/v1/{found[0]['name']}")
    which = ", ".join(one["name"][-SHOWN_ID:] for one in found)
    told = SEVERAL.show(language).format(which=which) if found else NONE.show(language).format(typed=typed)
    raise Told(told, language)


def line(goods: Goods, one: Tree, language: Language) -> str:
    """A stocktake as a line."""
    places = ", ".join(map(goods.label, one["places"]))
    what = [PLACES_OF.show(language).format(places=places) if places else WHOLE.show(language)]
    what += [goods.called(item) for item in one["items"]]
    return "  ".join(
        [
            one["name"][-SHOWN_ID:],
            goods.local(one["createTime"])[:10],
            *what,
            *_people(goods, one, language),
            shown(STATES, one["state"], "STOCKTAKE_STATE_", language),
        ]
    )


def _people(goods: Goods, one: Tree, language: Language) -> Iterator[str]:
    for post, word in (("keeper", KEEPER), ("finance", FINANCE)):
        if one[post]:
            signed = f" ({SIGNED.show(language)})" if one.get(f"{post}Signature") else ""
            yield word.show(language).format(who=goods.who(one[post])).rstrip() + signed


def count_lines(goods: Goods, lines: list[Tree], language: Language) -> Iterator[str]:
    """What there is to count; what was counted once counting is over."""
    goods.learn(one["item"] for one in lines)
    for one in lines:
        parts = [goods.label(one["place"]), goods.called(one["item"]), one["lot"]]
        parts.append(shown(LINES, one["state"], "STOCKTAKE_LINE_STATE_", language))
        if one.get("book"):
            said = COUNTED_AS.show(language).format(sound=quantity(one.get("quantity")), book=amount(one["book"]))
            damaged = quantity(one.get("damaged"))
            parts += [said, DAMAGED.show(language).format(damaged=damaged) if damaged not in ("", "0") else ""]
        yield "  " + "  ".join(part for part in parts if part)


def difference_lines(goods: Goods, differences: list[Tree], language: Language) -> Iterator[str]:
    """What differs, by number, with its explanation."""
    goods.learn(one["item"] for one in differences)
    for one in differences:
        number = OF_ONE.show(language).format(number=one["name"].rpartition("/")[2])
        what = f"{shown(KINDS, one['kind'], 'STOCKTAKE_DIFFERENCE_KIND_', language)} {amount(one['quantity'])}"
        parts = [number, goods.label(one["place"]), goods.called(one["item"]), one["lot"], what]
        parts.append(BOOK.show(language).format(book=amount(one["book"])))
        yield "  " + "  ".join(part for part in [*parts, *_explained(goods, one, language)] if part)


def _explained(goods: Goods, one: Tree, language: Language) -> Iterator[str]:
    if not one["cause"]:
        yield NOT_EXPLAINED.show(language)
        return
    yield one["cause"]
    yield RESPONSIBLE.show(language).format(who=goods.who(one["responsible"]))
    yield shown(PROPOSALS, one["proposal"], "STOCKTAKE_PROPOSAL_", language)


def report_lines(goods: Goods, one: Tree, language: Language) -> Iterator[str]:
    """A stocktake in full: where it stands, what there is to count, what differs, what is in the way."""
    yield line(goods, one, language)
    if one["report"]:
        yield f"  {one['report']}"
    query = {"pageSize": 1000}
    yield from count_lines(goods, list(goods.rest.pages(f"/v1/{one['name']}/lines", "lines", query)), language)
    path = f"/v1/{one['name']}/differences"
    yield from difference_lines(goods, list(goods.rest.pages(path, "differences", query)), language)
    yield from (f"  {block['message'][language]} ({block['reason']})" for block in one["blocks"])
