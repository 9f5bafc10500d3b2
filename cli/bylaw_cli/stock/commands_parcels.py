"""`bylaw parcels`: what is handed to carriers, and what of it is not done yet (WHS-12)."""

from collections.abc import Sequence
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.meant import MOVEMENTS, PARCELS, meant, short
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.stock.words import shown
from bylaw_cli.things import given_of
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Parcels that a warehouse hands to carriers, each with the carrier's receipt.\n\n\b\nbylaw parcels open\n"
    "bylaw parcels hand-over SF-77121=7002 --carrier SF\nbylaw parcels receipt SF-77121 R-20417\nbylaw parcels list",
    "仓库交给承运商的包裹及其回执。\n\n\b\nbylaw parcels open\n"
    "bylaw parcels hand-over SF-77121=7002 --carrier SF\nbylaw parcels receipt SF-77121 R-20417\nbylaw parcels list",
)
OPEN = Wording(
    "List what is on its way to a carrier and not wholly handed over, the oldest first: packed and not issued, issued"
    " and in no parcel, handed over without a receipt.\n\n\b\nbylaw parcels open\nbylaw parcels open --stage issued",
    "列出未交接完毕的，最早的在前：已装箱未出库、已出库未装入包裹、已交接无回执。"
    "\n\n\b\nbylaw parcels open\nbylaw parcels open --stage issued",
)
LIST = Wording(
    "List the parcels that were handed over, the newest first.\n\n\b\nbylaw parcels list\n"
    "bylaw parcels list --lacking-receipt",
    "列出已交接的包裹，新的在前。\n\n\b\nbylaw parcels list\nbylaw parcels list --lacking-receipt",
)
HAND_OVER = Wording(
    "Record that parcels were handed to a carrier, WAYBILL=ISSUE each: all of them or none. ISSUE is the number of the"
    " paper by which its goods were issued, or the end of the movement's ID; several, where goods of several were"
    " packed together.\n\n\b\nbylaw parcels hand-over SF-77121=7002 SF-77122=7003,7004 --carrier SF",
    "登记包裹已交给承运商，各写 运单号=出库：全部登记或全部不登记。出库写其单据号或移动编号末几位；"
    "多次出库合装的写多个。"
    "\n\n\b\nbylaw parcels hand-over SF-77121=7002 SF-77122=7003,7004 --carrier SF",
)
RECEIPT = Wording(
    "Record the carrier's receipt of the parcel WAYBILL, once.\n\n\b\nbylaw parcels receipt SF-77121 R-20417",
    "登记运单 WAYBILL 的承运商回执，只登记一次。\n\n\b\nbylaw parcels receipt SF-77121 R-20417",
)
STAGE = Wording("Only what is so far.", "只列处于该环节的。")
SINCE = Wording("Only since this day, YYYY-MM-DD.", "只列该日起的，YYYY-MM-DD。")
LACKING = Wording("Only those whose receipt is lacking.", "只列缺回执的。")
CARRIER = Wording("Which carrier.", "承运商。")
NO_PARCEL = Wording("{typed} is not WAYBILL=ISSUE.", "{typed} 不是 运单号=出库。")
STAGES = {
    "PACKED": Wording("packed, not issued", "已装箱未出库"),
    "ISSUED": Wording("issued, in no parcel", "已出库未装入包裹"),
    "RECEIPT_LACKING": Wording("handed over, no receipt", "已交接无回执"),
}
OPENED = (
    Column(Wording("Stage", "环节")),
    Column(Wording("Since", "自")),
    Column(Wording("For", "用途"), wraps=True),
    Column(Wording("Carrier", "承运商")),
    Column(Wording("Issue", "出库")),
)
COLUMNS = (
    Column(Wording("Parcel", "运单")),
    Column(Wording("Carrier", "承运商")),
    Column(Wording("Handed over", "交接时间")),
    Column(Wording("By", "交接人")),
    Column(Wording("Receipt", "回执")),
    Column(Wording("Issues", "出库"), wraps=True),
)
PREFIX = "HAND_OVER_STAGE_"


def parcels_group(language: Language) -> click.Group:
    """Return `bylaw parcels`."""
    group = click.Group("parcels", help=ABOUT.show(language))
    for make in (_open_command, _list_command, _hand_over_command, _receipt_command):
        group.add_command(make(language))
    return group


def _open_command(language: Language) -> click.Command:
    stages = click.Choice([word.lower().replace("_", "-") for word in STAGES])

    @json_option(language)
    @click.option("--since", metavar="DAY", default="", callback=a_day(language), help=SINCE.show(language))
    @click.option("--stage", type=stages, help=STAGE.show(language))
    @warehouse_option(language)
    def show(*, warehouse: str, stage: str | None, since: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language, {"startDate": "--since"}), warehouse, language)
        so_far = f"{PREFIX}{stage.upper().replace('-', '_')}" if stage else ""
        found = goods.all("openHandOvers", given_of({"stage": so_far, "startDate": since}))
        if as_json:
            tell(found, (), as_json=True)
            return
        show_rows(OPENED, [_opened(goods, one, language) for one in found], language)

    return click.command("open", help=OPEN.show(language))(signed_in(show, language))


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--lacking-receipt", "lacking", is_flag=True, help=LACKING.show(language))
    @warehouse_option(language)
    def show(*, warehouse: str, lacking: bool, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("parcels", {"lackingReceipt": "true"} if lacking else {})
        _tell(goods, found, found, as_json=as_json)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _hand_over_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--carrier", metavar="NAME", required=True, help=CARRIER.show(language))
    @warehouse_option(language)
    @click.argument("parcels", metavar="WAYBILL=ISSUE...", nargs=-1, required=True)
    def hand_over(parcels: tuple[str, ...], *, warehouse: str, carrier: str, as_json: bool, **given: Any) -> None:
        typed = {f"lines[{number}]": one for number, one in enumerate(parcels)}
        goods = goods_of(rest_of(given, language, {**typed, "carrier": "--carrier"}), warehouse, language)
        body = {"carrier": carrier, "lines": [_parcel(goods, one) for one in parcels]}
        done = goods.rest.call("POST", f"{goods.path}/parcels:handOver", body)
        _tell(goods, done, done["parcels"], as_json=as_json)

    return click.command("hand-over", help=HAND_OVER.show(language))(signed_in(hand_over, language))


def _receipt_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("waybill")
    @click.argument("receipt")
    def acknowledge(waybill: str, receipt: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language, {"receipt": "RECEIPT"}), warehouse, language)
        one = meant(goods, PARCELS, waybill, language)
        done = goods.rest.call("POST", f"/v1/{one['name']}:acknowledge", {"receipt": receipt})
        _tell(goods, done, [done], as_json=as_json)

    return click.command("receipt", help=RECEIPT.show(language))(signed_in(acknowledge, language))


def _parcel(goods: Goods, typed: str) -> dict[str, Any]:
    number, _, issues = typed.rpartition("=")
    if not number or not issues:
        raise Told(NO_PARCEL.show(goods.language).format(typed=typed), goods.language)
    first, *more = (meant(goods, MOVEMENTS, one, goods.language)["name"] for one in issues.split(","))
    return {"number": number, "stockMovement": first, **given_of({"moreStockMovements": more})}


def _tell(goods: Goods, told: Any, found: Sequence[Tree], *, as_json: bool) -> None:
    if as_json:
        tell(told, (), as_json=True)
        return
    show_rows(COLUMNS, [_row(goods, one) for one in found], goods.language)


def _row(goods: Goods, one: Tree) -> list[str]:
    issues = " ".join(short(name) for name in (one["stockMovement"], *one["moreStockMovements"]))
    by = goods.who(one["handedOverBy"]) if one["handedOverBy"] else ""
    return [one["number"], one["carrier"], goods.local(one["handOverTime"]), by, one["receipt"], issues]


def _opened(goods: Goods, one: Tree, language: Language) -> list[str]:
    stage = shown(STAGES, one["stage"], PREFIX, language)
    return [stage, goods.local(one["sinceTime"]), one["reference"], one["carrier"], short(one["stockMovement"])]
