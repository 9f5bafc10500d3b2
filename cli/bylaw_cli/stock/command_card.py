"""`bylaw card`: how a balance came about, entry by entry (WHS-4)."""

from collections.abc import Sequence
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.stock.words import movement_kind, papers_of
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

EXAMPLES = "\n\n\b\nbylaw card MJ-CUP\nbylaw card MJ-HONEY --lot H-2501\nbylaw card MJ-CUP --place A-01-1 --last 0"
ABOUT = Wording(
    "Show the card of ITEM (its code or barcode) at each place where it lies: every entry with what it changed, what"
    f" was there after it, by which paper and by whom; the last ones.{EXAMPLES}",
    "显示商品 ITEM（编码或条码）在各货位的卡片：每笔变动、结存、凭证与经手人；只显示最近几笔。" + EXAMPLES,
)
PLACE = Wording("Only at the place with this label.", "只显示该货位的。")
LOT = Wording("Only of this lot, or piece with this serial number.", "只显示该批号或序列号的。")
LAST = Wording("How many entries of each card, the last ones; 0: all.", "每张卡片显示最近几笔；0 为全部。")
NONE = Wording("None of it is on hand there.", "该处没有现存。")
COLUMNS = (
    Column(Wording("No.", "序号"), number=True),
    Column(Wording("Day", "日期")),
    Column(Wording("What", "类别")),
    Column(Wording("By", "凭证")),
    Column(Wording("Change", "变动"), number=True),
    Column(Wording("On hand", "结存"), number=True),
    Column(Wording("Reserves", "预留变动"), number=True),
    Column(Wording("Reserved", "预留"), number=True),
    Column(Wording("Who", "经手人")),
    Column(Wording("Why", "说明"), wraps=True),
)
HELD = Wording("reservation", "预留")


def card_command(language: Language) -> click.Command:
    """Return `bylaw card ITEM`."""

    @json_option(language)
    @click.option("--last", type=click.IntRange(0), default=20, show_default=True, help=LAST.show(language))
    @click.option("--lot", metavar="LOT", default="", help=LOT.show(language))
    @click.option("--place", metavar="CODE", default="", help=PLACE.show(language))
    @warehouse_option(language)
    @click.argument("item")
    def card(item: str, *, warehouse: str, place: str, lot: str, last: int, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        query = {"item": goods.item(item), "place": goods.place(place) if place else ""}
        balances = [one for one in goods.all("stockBalances", given_of(query)) if not lot or one["lot"] == lot]
        if not balances:
            raise Told(NONE.show(language), language)
        cards = [(one, _entries(goods, one, last)) for one in balances]
        if as_json:
            told = [{"stockBalance": balance, "cardEntries": entries} for balance, entries in cards]
            tell(told, (), as_json=True)
            return
        for balance, entries in cards:
            where = [goods.label(balance["place"]), balance["lot"], balance["expiryDate"]]
            click.echo("  ".join(part for part in (goods.called(balance["item"]), *where) if part))
            show_rows(COLUMNS, _rows(goods, entries, language), language)

    return click.command("card", help=ABOUT.show(language))(signed_in(card, language))


def _entries(goods: Goods, balance: Tree, last: int) -> list[Tree]:
    path = f"/v1/{balance['name']}/cardEntries"
    return list(goods.rest.pages(path, "cardEntries", {"pageSize": 1000}))[-last:]


def _rows(goods: Goods, entries: Sequence[Tree], language: Language) -> list[list[str]]:
    """Each movement and reservation is asked for once."""
    named = {entry["stockMovement"] or entry["stockReservation"] for entry in entries}
    known = {name: goods.rest.get(f"/v1/{name}") for name in named}
    return [_row(goods, entry, known, language) for entry in entries]


def _row(goods: Goods, entry: Tree, known: dict[str, Tree], language: Language) -> list[str]:
    cause = known[entry["stockMovement"] or entry["stockReservation"]]
    if entry["stockMovement"]:
        what = movement_kind(cause["kind"], language)
        by, who, why = papers_of(cause["papers"], language), goods.who(cause["postedBy"]), cause["reason"]
    else:
        what, by, who, why = HELD.show(language), cause["purpose"], "", ""
    changes = [entry["onHandDifference"], entry["onHand"], entry["reservedDifference"], entry["reserved"]]
    numbers = ["" if index == 2 and value == "0" else value for index, value in enumerate(changes)]
    return [str(entry["number"]), entry["bookDate"], what, by, *numbers, who, why]
