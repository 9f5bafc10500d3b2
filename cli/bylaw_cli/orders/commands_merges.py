"""`bylaw orders merge` and `unmerge`: orders go in one parcel, and one of them by itself again (ORD-1, ORD-2)."""

from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.orders.order_words import order_line
from bylaw_cli.orders.shops import WHICH_CHANNEL, channel_option, shops_of
from bylaw_cli.reaching import signed_in
from bylaw_cli.wording import Language, Wording

MERGE = Wording(
    "Ship open orders of one customer in one parcel: to the same recipient, out of the same warehouse. Each keeps its"
    " number, its payments and what is reserved for it; who packs reads what goes together."
    "\n\n\b\nbylaw orders merge T-20603 T-20604 --reason 'the customer asked'",
    "将同一顾客的未发订单合并为一个包裹：收件人相同，且由同一仓库发货。各单保留订单号、付款与预留；拣货打包时可见须一并装入的订单。"
    "\n\n\b\nbylaw orders merge T-20603 T-20604 --reason 买家要求",
)
UNMERGE = Wording(
    "Take an order out of those that it was to go with: it ships by itself, the others go on together."
    "\n\n\b\nbylaw orders unmerge T-20604 --reason 'it is urgent'",
    "将订单移出合并发货：该单单独发货，其余仍一并发出。\n\n\b\nbylaw orders unmerge T-20604 --reason 加急",
)
REASON = Wording("Why.", "理由。")


def merge_command(language: Language) -> click.Command:
    """Return `bylaw orders merge NUMBER...`."""

    @json_option(language)
    @click.option("--reason", metavar="TEXT", required=True, help=REASON.show(language))
    @channel_option(language, WHICH_CHANNEL)
    @click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
    def merge(numbers: tuple[str, ...], *, channel: str, reason: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language, {"reason": "--reason"})
        meant = [shops.order(number, channel)["name"] for number in numbers]
        done = shops.rest.call("POST", "/v1/orders:merge", {"names": meant, "reason": reason})["orders"]
        tell(done, [order_line(shops, one, language) for one in done], as_json=as_json)

    return click.command("merge", help=MERGE.show(language))(signed_in(merge, language))


def unmerge_command(language: Language) -> click.Command:
    """Return `bylaw orders unmerge NUMBER`."""

    @json_option(language)
    @click.option("--reason", metavar="TEXT", required=True, help=REASON.show(language))
    @channel_option(language, WHICH_CHANNEL)
    @click.argument("number")
    def unmerge(number: str, *, channel: str, reason: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language, {"reason": "--reason"})
        meant = shops.order(number, channel)["name"]
        done = shops.rest.call("POST", f"/v1/{meant}:unmerge", {"reason": reason})
        tell(done, [order_line(shops, done, language)], as_json=as_json)

    return click.command("unmerge", help=UNMERGE.show(language))(signed_in(unmerge, language))
