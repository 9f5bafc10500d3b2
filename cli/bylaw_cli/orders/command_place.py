"""`bylaw orders place`: an order taken in by hand, or several from a file (ORD-1)."""

import sys
from pathlib import Path
from typing import Any

import click
from bylaw_chassis.clock import system_clock

from bylaw_cli.answering import json_option, tell
from bylaw_cli.orders.order_words import hold_lines, order_line
from bylaw_cli.orders.shops import Shops, Tree, channel_option, shops_of
from bylaw_cli.orders.wished import MOST, read_orders, read_recipient, typed_order
from bylaw_cli.orders.words import OUTCOMES, shown
from bylaw_cli.reaching import signed_in
from bylaw_cli.rest import Told
from bylaw_cli.typed import FILE
from bylaw_cli.wording import Language, Wording

EXAMPLES = (
    "\n\n\b\nbylaw orders place order.json --channel own\n"
    "bylaw orders place --channel own --number 1001 --item MJ-CUP=2@129 --item MJ-PLATE=1@68 --to to.json"
)
ABOUT = Wording(
    "Take in the order in FILE, which is JSON as the interface takes it, or several in a list; or one that is typed."
    " The same number again is the same order. It is checked, and its goods are reserved, or it is held with the"
    f" reasons. To whom it goes stands in a file, so that nobody reads it on the screen or in the history.{EXAMPLES}",
    "受理 FILE 中的订单：JSON，与接口所收相同，可为一张或一个列表；也可直接键入一张。订单号相同即同一张。"
    f"受理后即核对并预留库存，或列明原因待人工处理。收件人写在文件里，以免留在屏幕或命令历史中。{EXAMPLES}",
)
NUMBER = Wording("Its number, where it is typed.", "订单号（键入时）。")
ITEM = Wording(
    "Goods: code, quantity, and price of one in whole units of the currency, such as MJ-CUP=2@129.50; without a price"
    " it costs nothing. May be given again.",
    "商品：编码、数量与单价（元），如 MJ-CUP=2@129.50；不写单价即免费。可重复。",
)
TO = Wording(
    'File with the recipient: JSON such as {"displayName": …, "phone": …, "address": …}.',
    '收件人文件：JSON，如 {"displayName": …, "phone": …, "address": …}。',
)
SHIPPING = Wording("What the shipping costs, in whole units of the currency.", "运费（元）。")
UNPAID = Wording("It waits for its payment; else it is paid in full.", "尚未付款；默认已全额付款。")
ONE = Wording(
    "Give FILE, or --channel, --number and at least one --item.",
    "请给出 FILE，或 --channel、--number 与至少一个 --item。",
)


def place_command(language: Language) -> click.Command:
    """Return `bylaw orders place [FILE]`."""

    @json_option(language)
    @click.option("--unpaid", is_flag=True, help=UNPAID.show(language))
    @click.option("--shipping", metavar="AMOUNT", default="", help=SHIPPING.show(language))
    @click.option("--to", type=FILE, help=TO.show(language))
    @click.option("--item", "items", metavar="CODE=QTY@PRICE", multiple=True, help=ITEM.show(language))
    @click.option("--number", metavar="NUMBER", default="", help=NUMBER.show(language))
    @channel_option(language)
    @click.argument("file", type=FILE, required=False)
    def place(file: Path | None, *, channel: str, number: str, as_json: bool, **given: Any) -> None:
        typed = {name: given.pop(name) for name in ("items", "to", "shipping", "unpaid")}
        if bool(file) == bool(number) or bool(typed["items"]) != bool(number) or bool(number) > bool(channel):
            raise Told(ONE.show(language), language)
        shops = shops_of(given, language, {"order.number": "--number", "order.shipping": "--shipping"})
        if file:
            _place_all(shops, read_orders(file, shops, channel, language), language, as_json=as_json)
            return
        whole = typed_order(typed["items"], typed["shipping"], shops.channel(channel)["currency"], shops=shops)
        if typed["to"]:
            whole["recipient"] = read_recipient(typed["to"], language)
        paid = {"sourceState": "SOURCE_STATE_UNPAID"} if typed["unpaid"] else {"paid": whole.pop("worth")}
        whole.pop("worth", None)
        head = {"channel": shops.channel(channel)["name"], "number": number, "placeTime": _now()}
        _place(shops, {**head, **whole, **paid}, language, as_json=as_json)

    return click.command("place", help=ABOUT.show(language))(signed_in(place, language))


def _now() -> str:
    return system_clock().isoformat()


def _place(shops: Shops, wish: Tree, language: Language, *, as_json: bool) -> None:
    done = shops.rest.call("POST", "/v1/orders", wish)
    tell(done, [order_line(shops, done, language), *hold_lines(done["holds"], language)], as_json=as_json)


def _place_all(shops: Shops, orders: list[dict[str, Any]], language: Language, *, as_json: bool) -> None:
    """One as it stands then; of several what became of each, and whether any was refused."""
    now = _now()
    orders = [{"placeTime": now, **one} for one in orders]
    if len(orders) == 1:
        _place(shops, orders[0], language, as_json=as_json)
        return
    done: list[Any] = []
    for channel in dict.fromkeys(one["channel"] for one in orders):
        of_channel = [one for one in orders if one["channel"] == channel]
        for start in range(0, len(of_channel), MOST):
            body = {"orders": of_channel[start : start + MOST]}
            done += shops.rest.call("POST", f"/v1/{channel}/orders:batchCreate", body)["takenOrders"]
    tell(done, [_taken(one, language) for one in done], as_json=as_json)
    if any(one.get("refusal") for one in done):
        sys.exit(1)


def _taken(one: Tree, language: Language) -> str:
    told = [one["number"], shown(OUTCOMES, one["outcome"], "TAKING_OUTCOME_", language)]
    if refusal := one.get("refusal"):
        told.append(f"{refusal['message'][language]} ({refusal['reason']})")
    return "  ".join(told)
