"""`bylaw orders show`: an order with its lines, why it waits, and all that happened to it (ORD-1, CUS-1)."""

from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.orders.order_words import event_lines, order_lines
from bylaw_cli.orders.shops import ALL, WHICH_CHANNEL, channel_option, shops_of
from bylaw_cli.reaching import signed_in
from bylaw_cli.wording import Language, Wording

EXAMPLES = "\n\n\b\nbylaw orders show T-20603\nbylaw orders show 1001 --channel own"
ABOUT = Wording(
    "Show an order by its NUMBER on the platform, or by its name: how far it is paid for and on its way, its lines, to"
    f" whom it goes (masked), why it waits for a person, and all that happened to it, by whom and why.{EXAMPLES}",
    "按平台订单号 NUMBER（或其资源名）显示订单：付款与发货进展、明细、收件人（脱敏）、待人工处理的原因，"
    f"以及发生过的一切：何人、何故。{EXAMPLES}",
)


def show_command(language: Language) -> click.Command:
    """Return `bylaw orders show NUMBER`."""

    @json_option(language)
    @channel_option(language, WHICH_CHANNEL)
    @click.argument("number")
    def show(number: str, *, channel: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        found = shops.order(number, channel)
        events = list(shops.rest.pages(f"/v1/{found['name']}/events", "orderEvents", ALL))
        if as_json:
            tell({**found, "orderEvents": events}, (), as_json=True)
            return
        tell(found, [*order_lines(shops, found, language), *event_lines(shops, events, language)], as_json=False)

    return click.command("show", help=ABOUT.show(language))(signed_in(show, language))
