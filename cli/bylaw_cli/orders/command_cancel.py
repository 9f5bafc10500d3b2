"""`bylaw orders cancel`: what of an order has not left is cancelled, and its goods are free again (ORD-1)."""

from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.orders.order_words import order_line
from bylaw_cli.orders.shops import WHICH_CHANNEL, channel_option, shops_of
from bylaw_cli.reaching import signed_in
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Cancel what of an order has not left: its goods are free again, and what was paid for them waits to be refunded."
    "\n\n\b\nbylaw orders cancel T-20603 --reason 'the customer changed their mind'",
    "取消订单中尚未出库的部分：货物随即可用，已付款项待退。\n\n\b\nbylaw orders cancel T-20603 --reason 买家不想要了",
)
REASON = Wording("Why.", "理由。")


def cancel_command(language: Language) -> click.Command:
    """Return `bylaw orders cancel NUMBER`."""

    @json_option(language)
    @click.option("--reason", metavar="TEXT", required=True, help=REASON.show(language))
    @channel_option(language, WHICH_CHANNEL)
    @click.argument("number")
    def cancel(number: str, *, channel: str, reason: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language, {"reason": "--reason"})
        meant = shops.order(number, channel)["name"]
        done = shops.rest.call("POST", f"/v1/{meant}:cancel", {"reason": reason})
        tell(done, [order_line(shops, done, language)], as_json=as_json)

    return click.command("cancel", help=ABOUT.show(language))(signed_in(cancel, language))
