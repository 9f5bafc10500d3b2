"""`bylaw reservations`: what is held for somebody, made, picked, confirmed and released at a shell (WHS-8)."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.meant import RESERVATIONS, goods_typed, meant, short
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.stock.words import amount, quantity, shown
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "What is held in a warehouse for somebody, until it is issued or released. A reservation is named by what it is"
    " for, such as an order's number, or by the end of its ID.\n\n\b\nbylaw reservations list\n"
    "bylaw reservations hold MJ-CUP=4 --for 'order 7003'\nbylaw reservations show 7003\n"
    "bylaw reservations release 7003",
    "仓库中为他人预留的货物，直至出库或释放。以用途（如订单号）或编号末几位指明。\n\n\b\nbylaw reservations list\n"
    "bylaw reservations hold MJ-CUP=4 --for '订单 7003'\nbylaw reservations show 7003\n"
    "bylaw reservations release 7003",
)
LIST = Wording(
    "List what is held, the newest first.\n\n\b\nbylaw reservations list\nbylaw reservations list --ended",
    "列出预留，新的在前。\n\n\b\nbylaw reservations list\nbylaw reservations list --ended",
)
SHOW = Wording(
    "Show a reservation, and where what it still holds is fetched: one way round the warehouse.\n\n\b\n"
    "bylaw reservations show 7003",
    "显示预留及其拣货清单：按货位顺序走一圈。\n\n\b\nbylaw reservations show 7003",
)
HOLD = Wording(
    "Hold goods, ITEM=QTY each: all of them or none. Unless it is confirmed it ends by itself.\n\n\b\n"
    "bylaw reservations hold MJ-CUP=4 MJ-VASE=1 --for 'order 7003' --minutes 60",
    "预留货物，各写 商品=数量：全部预留或全部不留。未确认的到时自动结束。\n\n\b\n"
    "bylaw reservations hold MJ-CUP=4 MJ-VASE=1 --for '订单 7003' --minutes 60",
)
STEPS = {
    "confirm": Wording(
        "Confirm a reservation: it holds until it is issued or released.\n\n\b\nbylaw reservations confirm 7003",
        "确认预留：一直保留到出库或释放。\n\n\b\nbylaw reservations confirm 7003",
    ),
    "release": Wording(
        "Release a reservation: what it still holds is free again.\n\n\b\nbylaw reservations release 7003",
        "释放预留：其余货物恢复可用。\n\n\b\nbylaw reservations release 7003",
    ),
}
ENDED = Wording("Those that ended too.", "包括已结束的。")
PURPOSE = Wording("What for, such as an order's number; nothing personal.", "用途，如订单号，不得含个人信息。")
PARTIAL = Wording("As much as is free will do.", "不足时有多少留多少。")
MINUTES = Wording("For how many minutes, 1 to 10080; 30, if nothing is said.", "保留分钟数，1 至 10080；默认 30。")
STATES = {
    "HELD": Wording("held", "预留中"),
    "CONFIRMED": Wording("confirmed", "已确认"),
    "USED": Wording("issued", "已出库"),
    "RELEASED": Wording("released", "已释放"),
    "EXPIRED": Wording("expired", "已过期"),
}
COLUMNS = (
    Column(Wording("ID", "编号")),
    Column(Wording("For", "用途")),
    Column(Wording("State", "状态")),
    Column(Wording("Until", "保留至")),
    Column(Wording("Goods", "货物"), wraps=True),
    Column(Wording("With", "同箱"), wraps=True),
)
PICKED = (
    Column(Wording("Place", "货位")),
    Column(Wording("Item", "编码")),
    Column(Wording("Lot", "批号")),
    Column(Wording("Expires", "有效期")),
    Column(Wording("Quantity", "数量"), number=True),
    Column(Wording("Unit", "单位")),
)
OF = Wording("{item} {reserved} of {wanted}", "{item} {reserved}/{wanted}")
ISSUED = Wording("{issued} issued", "已出库 {issued}")
TYPED = {"purpose": "--for", "holdMinutes": "--minutes"}


def reservations_group(language: Language) -> click.Group:
    """Return `bylaw reservations`."""
    group = click.Group("reservations", help=ABOUT.show(language))
    group.add_command(_list_command(language))
    group.add_command(_show_command(language))
    group.add_command(_hold_command(language))
    for verb, about in STEPS.items():
        group.add_command(_step_command(verb, about, language))
    return group


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--ended", is_flag=True, help=ENDED.show(language))
    @warehouse_option(language)
    def show(*, warehouse: str, ended: bool, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("stockReservations", {"showEnded": "true"} if ended else {})
        if as_json:
            tell(found, (), as_json=True)
            return
        goods.learn(line["item"] for one in found for line in one["lines"])
        show_rows(COLUMNS, [_row(goods, one, language) for one in found], language)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _show_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("typed", metavar="ID")
    def show(typed: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        one = meant(goods, RESERVATIONS, typed, language)
        picked = goods.rest.get(f"/v1/{one['name']}/pickingList")["lines"]
        tell({**one, "pickingList": picked}, [_line(goods, one, language)], as_json=as_json)
        if not as_json:
            show_rows(PICKED, map(_fetched, picked), language)

    return click.command("show", help=SHOW.show(language))(signed_in(show, language))


def _hold_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--minutes", metavar="N", type=click.IntRange(1, 10_080), help=MINUTES.show(language))
    @click.option("--partial", is_flag=True, help=PARTIAL.show(language))
    @click.option("--for", "purpose", metavar="TEXT", required=True, help=PURPOSE.show(language))
    @warehouse_option(language)
    @click.argument("items", metavar="ITEM=QTY...", nargs=-1, required=True)
    def hold(items: tuple[str, ...], *, warehouse: str, as_json: bool, **given: Any) -> None:
        wish = given_of({"partial": given.pop("partial"), "holdMinutes": given.pop("minutes")})
        purpose = given.pop("purpose")
        typed = {f"lines[{number}]": one for number, one in enumerate(items)}
        goods = goods_of(rest_of(given, language, {**TYPED, **typed}), warehouse, language)
        held = {"name": f"stockReservations/{uuid4()}", "warehouse": goods.warehouse["name"], "purpose": purpose}
        lines = goods_typed(goods, items, language)
        done = goods.rest.call("POST", "/v1/stockReservations", {**held, **wish, "lines": lines})
        tell(done, [_line(goods, done, language)], as_json=as_json)

    return click.command("hold", help=HOLD.show(language))(signed_in(hold, language))


def _step_command(verb: str, about: Wording, language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("typed", metavar="ID")
    def step(typed: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        one = meant(goods, RESERVATIONS, typed, language)
        done = goods.rest.call("POST", f"/v1/{one['name']}:{verb}", {})
        tell(done, [_line(goods, done, language)], as_json=as_json)

    return click.command(verb, help=about.show(language))(signed_in(step, language))


def _row(goods: Goods, one: Tree, language: Language) -> list[str]:
    until = goods.local(one["expireTime"]) if one.get("expireTime") else ""
    what = ", ".join(" ".join(_held(goods, line, language)) for line in one["lines"])
    state = shown(STATES, one["state"], "STOCK_RESERVATION_STATE_", language)
    return [short(one["name"]), one["purpose"], state, until, what, one["packedWith"]]


def _line(goods: Goods, one: Tree, language: Language) -> str:
    return "  ".join(filter(None, _row(goods, one, language)))


def _held(goods: Goods, line: Tree, language: Language) -> Iterator[str]:
    counts = {"reserved": quantity(line["reserved"]), "wanted": amount(line["quantity"])}
    yield OF.show(language).format(item=goods.code(line["item"]), **counts)
    if line["issued"]["value"] != "0":
        yield f"({ISSUED.show(language).format(issued=quantity(line['issued']))})"


def _fetched(line: Tree) -> list[str]:
    told = line["quantity"]
    return [line["placeCode"], line["itemCode"], line["lot"], line["expiryDate"], told["value"], told["unit"]]
