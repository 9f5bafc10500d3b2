"""`bylaw orders mergeable`: open orders that could go in one parcel (ORD-2)."""

from collections.abc import Iterator
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.orders.order_words import order_line, shipped_with
from bylaw_cli.orders.shops import ALL, Shops, Tree, channel_option, shops_of
from bylaw_cli.reaching import signed_in
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Show open orders that could go in one parcel, those of each together.\n\n\b\nbylaw orders mergeable --channel own",
    "显示可以合并为一个包裹的未发订单，同组相邻。\n\n\b\nbylaw orders mergeable --channel own",
)


def mergeable_command(language: Language) -> click.Command:
    """Return `bylaw orders mergeable`."""

    @json_option(language)
    @channel_option(language)
    def mergeable(*, channel: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        query = given_of({"channel": shops.channel(channel)["name"] if channel else ""})
        found = list(shops.rest.pages("/v1/mergeCandidates", "mergeCandidates", {**ALL, **query}))
        tell(found, list(_lines(shops, found, language)) or [NOTHING.show(language)], as_json=as_json)

    return click.command("mergeable", help=ABOUT.show(language))(signed_in(mergeable, language))


def _lines(shops: Shops, found: list[Tree], language: Language) -> Iterator[str]:
    """Each order, and behind the first what could go with it."""
    for group in found:
        first, *others = group["orders"]
        told = shipped_with([one["number"] for one in others], language)
        yield f"{order_line(shops, first, language)}  {told}"
        yield from (f"  {order_line(shops, one, language)}" for one in others)
