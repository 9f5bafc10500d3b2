"""`bylaw scan`: what a code is, and what can be done with it (GDS-1, WHS-8)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.words import ACTIONS, CODES, shown
from bylaw_cli.wording import Language, Wording

EXAMPLES = "\n\n\b\nbylaw scan 6970812300015\nbylaw scan A-01-1\nbylaw scan ']C1010697081230007710H-2501'"
ABOUT = Wording(
    "Say what CODE is, as a scanner reads it, and what you can do with it: the label of a place, an item's own code, a"
    f" barcode, or a GS1 barcode with lot, expiry, serial number and count.{EXAMPLES}",
    "说明扫到的 CODE 是什么、可做什么：货位标签、商品编码、条码，或带批号、有效期、序列号、数量的 GS1 条码。"
    + EXAMPLES,
)
FACTS = {
    "gtin": Wording("GTIN", "GTIN"),
    "lot": Wording("lot", "批号"),
    "serial": Wording("serial number", "序列号"),
    "count": Wording("count", "数量"),
    "sscc": Wording("SSCC", "SSCC"),
    "expiryDate": Wording("expires", "有效期"),
}
EXPIRED = Wording("It has expired.", "已过有效期。")
NO_ITEM = Wording("No item has it.", "没有对应的商品。")
WARNING = Wording("Special goods: {warning}", "特殊商品：{warning}")
CAN = Wording("You can:", "可以：")


def scan_command(language: Language) -> click.Command:
    """Return `bylaw scan CODE`."""

    @json_option(language)
    @warehouse_option(language)
    @click.argument("code")
    def scan(code: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language, {"code": "CODE"}), warehouse, language)
        found = goods.rest.get(f"{goods.path}/codes:scan?{urlencode({'code': code})}")
        tell(found, _lines(goods, found, language), as_json=as_json)

    return click.command("scan", help=ABOUT.show(language))(signed_in(scan, language))


def _lines(goods: Goods, found: Tree, language: Language) -> Iterator[str]:
    yield shown(CODES, found["kind"], "SCANNED_CODE_KIND_", language)
    what = f"--place {goods.label(found['place'])}" if found["place"] else found["itemCode"]
    if found["place"]:
        yield f"  {goods.label(found['place'])}"
    elif found["item"]:
        yield f"  {found['itemCode']} {found['displayName']}"
    else:
        yield f"  {NO_ITEM.show(language)}"
    yield from (f"  {word.show(language)}: {found[key]}" for key, word in FACTS.items() if found.get(key))
    if found.get("expired"):
        yield f"  {EXPIRED.show(language)}"
    if mark := found.get("specialMark"):
        yield f"  {WARNING.show(language).format(warning=mark['warning'][language])}"
    if found["actions"]:
        yield CAN.show(language)
    yield from (f"  {shown(ACTIONS, one, 'SCAN_ACTION_', language).format(what=what)}" for one in found["actions"])
