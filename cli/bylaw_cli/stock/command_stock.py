"""`bylaw stock`: what is on hand, reserved and free, by place and lot (WHS-8)."""

from decimal import Decimal
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.things import given_of
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

EXAMPLES = "\n\n\b\nbylaw stock\nbylaw stock MJ-CUP\nbylaw stock --place A-01-1\nbylaw stock MJ-CUP --as-of 2026-10-31"
ABOUT = Wording(
    "Show what is on hand in a warehouse, what of it is reserved and what is free: of everything, of ITEM (its code or"
    f" barcode), or of a place.{EXAMPLES}",
    f"显示仓库的现存、预留与可用数量：全部、某商品 ITEM（编码或条码）或某货位的。{EXAMPLES}",
)
PLACE = Wording("Only what lies at the place with this label.", "只显示该货位的。")
AS_OF = Wording(
    "As of the end of this day, YYYY-MM-DD; now, if nothing is said.", "截至该日日终，YYYY-MM-DD；默认为当前。"
)
BEYOND = Wording(
    "With the places beyond the door, such as SUPPLIER: then everything sums to zero.",
    "包括门外的位置，如 SUPPLIER：此时合计为零。",
)
COLUMNS = (
    Column(Wording("Place", "货位")),
    Column(Wording("Item", "编码")),
    Column(Wording("Name", "名称")),
    Column(Wording("Lot", "批号")),
    Column(Wording("Expires", "有效期")),
    Column(Wording("On hand", "现存"), number=True),
    Column(Wording("Reserved", "预留"), number=True),
    Column(Wording("Free", "可用"), number=True),
    Column(Wording("Unit", "单位")),
)
SUM = Wording("In all", "合计")


def stock_command(language: Language) -> click.Command:
    """Return `bylaw stock [ITEM]`."""

    @json_option(language)
    @click.option("--beyond-the-door", is_flag=True, help=BEYOND.show(language))
    @click.option("--as-of", metavar="DAY", default="", callback=a_day(language), help=AS_OF.show(language))
    @click.option("--place", metavar="CODE", default="", help=PLACE.show(language))
    @warehouse_option(language)
    @click.argument("item", required=False, default="")
    def stock(item: str, *, warehouse: str, place: str, as_json: bool, **given: Any) -> None:
        as_of, beyond = given.pop("as_of"), given.pop("beyond_the_door")
        rest = rest_of(given, language, {"asOfDate": "--as-of"})
        goods = goods_of(rest, warehouse, language)
        query = {
            "item": goods.item(item) if item else "",
            "place": goods.place(place) if place else "",
            "asOfDate": as_of,
            "showBeyondTheDoor": "true" if beyond else "",
        }
        found = goods.all("stockBalances", given_of(query))
        if as_json:
            tell(found, (), as_json=True)
            return
        goods.learn(row["item"] for row in found)
        show_rows(COLUMNS, _rows(goods, found, language), language)

    return click.command("stock", help=ABOUT.show(language))(signed_in(stock, language))


def _rows(goods: Goods, found: list[Tree], language: Language) -> list[list[str]]:
    """By place and item; below them the sum, where all is of one item."""
    rows = sorted((_row(goods, row) for row in found), key=lambda row: (row[0], row[1], row[4], row[3]))
    if len({row["item"] for row in found}) == 1 and len(found) > 1:
        sums = (str(sum(Decimal(row[column]) for row in rows)) for column in (5, 6, 7))
        rows.append([SUM.show(language), "", "", "", "", *sums, rows[0][8]])
    return rows


def _row(goods: Goods, row: Tree) -> list[str]:
    item, on_hand, reserved = goods.items[row["item"]], row["onHand"]["value"], row["reserved"]["value"]
    free = str(Decimal(on_hand) - Decimal(reserved))
    what = [goods.label(row["place"]), item["code"], item["displayName"], row["lot"], row["expiryDate"]]
    return [*what, on_hand, reserved, free, row["onHand"]["unit"]]
