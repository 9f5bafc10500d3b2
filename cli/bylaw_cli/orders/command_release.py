"""`bylaw orders release`: a person has looked, and says why these may go (ORD-1)."""

import sys
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.orders.order_words import order_line
from bylaw_cli.orders.shops import WHICH_CHANNEL, Shops, Tree, channel_option, shops_of
from bylaw_cli.orders.words import checks
from bylaw_cli.reaching import signed_in
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

EXAMPLES_EN = (
    "\n\n\b\nbylaw orders release T-20603 --reason 'the customer confirmed by telephone'\n"
    "bylaw orders release 1001 1002 --check PRICE_OFF_LIST --reason 'the price of the fair'"
)
EXAMPLES_ZH = (
    "\n\n\b\nbylaw orders release T-20603 --reason 电话已确认\n"
    "bylaw orders release 1001 1002 --check PRICE_OFF_LIST --reason 展会价"
)
ABOUT = Wording(
    "Release orders from all that they are held for, or from one check. What goes is reserved behind the answer; what"
    f" is wrong is better mended.{EXAMPLES_EN}",
    f"放行订单：全部原因，或只放行某项检查。放行后随即预留库存；确有错误的应先更正。{EXAMPLES_ZH}",
)
REASON = Wording("Why they may go.", "放行理由。")
CHECK = Wording("Only from this check; from all, if nothing is said.", "只放行该项检查；默认全部。")
STILL = Wording("still held for {checks}", "仍待处理：{checks}")


def release_command(language: Language) -> click.Command:
    """Return `bylaw orders release NUMBER...`."""

    @json_option(language)
    @click.option("--reason", metavar="TEXT", required=True, help=REASON.show(language))
    @click.option("--check", metavar="CHECK", default="", help=CHECK.show(language))
    @channel_option(language, WHICH_CHANNEL)
    @click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
    def release(numbers: tuple[str, ...], *, channel: str, as_json: bool, **given: Any) -> None:
        reason, check = given.pop("reason"), given.pop("check").upper().replace("-", "_")
        shops = shops_of(given, language, {"reason": "--reason", "check": "--check", "names": "NUMBER"})
        meant = [shops.order(number, channel)["name"] for number in numbers]
        body = {"names": meant, "reason": reason, **given_of({"check": check})}
        done = shops.rest.call("POST", "/v1/orders:batchRelease", body)["releasedOrders"]
        lines = [_line(shops, number, one, language) for number, one in zip(numbers, done, strict=True)]
        tell(done, lines, as_json=as_json)
        if any(one.get("refusal") for one in done):
            sys.exit(1)

    return click.command("release", help=ABOUT.show(language))(signed_in(release, language))


def _line(shops: Shops, number: str, one: Tree, language: Language) -> str:
    """The order as it stands, or why it was not released."""
    if refusal := one.get("refusal"):
        return f"{number}  {refusal['message'][language]} ({refusal['reason']})"
    left = checks(one["order"])
    told = [order_line(shops, one["order"], language), STILL.show(language).format(checks=left) if left else ""]
    return "  ".join(part for part in told if part)
