"""`bylaw orders held`: the queue of what waits for a person, by reason (ORD-1)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.orders.shops import Shops, Tree, channel_option, shops_of
from bylaw_cli.orders.words import when
from bylaw_cli.reaching import signed_in
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

EXAMPLES = "\n\n\b\nbylaw orders held\nbylaw orders held --check PRICE_OFF_LIST"
ABOUT = Wording(
    "Show what waits for a person, by the check that failed, the longest waiting first, with what is wrong and what to"
    f" do. What is held for several reasons stands under each.{EXAMPLES}",
    f"按未通过的检查显示待人工处理的订单，等得最久的在前，并说明问题与处理办法；有多个原因的逐项列出。{EXAMPLES}",
)
CHECK = Wording("Only what is held for this check.", "只列因该检查待处理的。")
SINCE = Wording("since {time}", "自 {time}")


def held_command(language: Language) -> click.Command:
    """Return `bylaw orders held`."""

    @json_option(language)
    @click.option("--check", metavar="CHECK", default="", help=CHECK.show(language))
    @channel_option(language)
    def held(*, channel: str, check: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        within = shops.channel(channel)["name"] if channel else ""
        found = shops.orders(given_of({"channel": within, "held": "true"}))
        queues = _by_check(found, check.upper().replace("-", "_"))
        if as_json:
            told = {name: [order["name"] for order, _ in queue] for name, queue in queues.items()}
            tell(told, (), as_json=True)
            return
        tell(queues, list(_lines(shops, queues, language)) or [NOTHING.show(language)], as_json=False)

    return click.command("held", help=ABOUT.show(language))(signed_in(held, language))


Queue = Sequence[tuple[Tree, Tree]]


def _by_check(orders: Sequence[Tree], only: str) -> dict[str, Queue]:
    """Each order with its hold, by check, the longest waiting first."""
    queues = defaultdict[str, list[tuple[Tree, Tree]]](list)
    for order in orders:
        for hold in order["holds"]:
            if only in ("", hold["check"]):
                queues[hold["check"]].append((order, hold))
    return {check: sorted(queues[check], key=lambda one: one[1]["holdTime"]) for check in sorted(queues)}


def _lines(shops: Shops, queues: dict[str, Queue], language: Language) -> Iterator[str]:
    for check, queue in queues.items():
        yield f"{check} [{queue[0][1]['clause']}]  {len(queue)}"
        for order, hold in queue:
            since = SINCE.show(language).format(time=when(hold["holdTime"]))
            told = (order["number"], shops.code(order["channel"]), since, hold["message"][language])
            yield "  " + "  ".join(told)
