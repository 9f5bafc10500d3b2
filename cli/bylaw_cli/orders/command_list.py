"""`bylaw orders list` and `bylaw orders channels`: what came in, and through which shops (ORD-1)."""

from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.orders.shops import ALL, Shops, Tree, channel_option, shops_of
from bylaw_cli.orders.words import FULFILMENT, FULFILMENTS, PAYMENT, PAYMENTS, POLICIES, checks, money, shown, when
from bylaw_cli.reaching import signed_in
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

EXAMPLES = "\n\n\b\nbylaw orders list\nbylaw orders list --held\nbylaw orders list --channel tmall --goods reserved"
LIST = Wording(
    f"List orders, the newest placed first, with how far each is paid for and on its way.{EXAMPLES}",
    f"列出订单，最新下单的在前，并显示付款与发货进展。{EXAMPLES}",
)
CHANNELS = Wording(
    "List the channels within your reach: platform, currency, what becomes of orders that are short, and within how"
    " many hours orders are to be shipped and to arrive.\n\n\b\nbylaw orders channels",
    "列出您可见的渠道：平台、币种、缺货如何处理，以及须在几小时内发货与送达。\n\n\b\nbylaw orders channels",
)
WAREHOUSES = Wording(
    "List the warehouses that your channels are shipped from, and those that your units keep: code, resource name, and"
    " which channels.\n\n\b\nbylaw orders warehouses",
    "列出您的渠道发货的仓库，以及您的部门管理的仓库：编码、资源名、由其发货的渠道。\n\n\b\nbylaw orders warehouses",
)
HELD = Wording("Only those that wait for a person.", "只列待人工处理的。")
GOODS = Wording("Only those whose goods are so far.", "只列货物处于该进展的。")
PAID = Wording("Only those that are paid so far.", "只列付款处于该进展的。")
COLUMNS = (
    Column(Wording("Number", "订单号")),
    Column(Wording("Channel", "渠道")),
    Column(Wording("Placed", "下单时间")),
    Column(Wording("Amount", "金额"), number=True),
    Column(Wording("Payment", "付款")),
    Column(Wording("Goods", "货物")),
    Column(Wording("Held for", "待处理"), wraps=True),
)
PROMISE = Wording("ships in {ship} h, arrives in {deliver} h", "{ship} 小时内发货，{deliver} 小时内送达")
HISTORY = Wording("records of the past", "历史记录")
SHIPS_ITSELF = Wording("ships by itself", "店铺自行发货")


def list_command(language: Language) -> click.Command:
    """Return `bylaw orders list`."""
    goods = click.Choice([word.lower().replace("_", "-") for word in FULFILMENTS])
    paid = click.Choice([word.lower().replace("_", "-") for word in PAYMENTS])

    @json_option(language)
    @click.option("--payment", type=paid, help=PAID.show(language))
    @click.option("--goods", type=goods, help=GOODS.show(language))
    @click.option("--held", is_flag=True, help=HELD.show(language))
    @channel_option(language)
    def show(*, channel: str, held: bool, as_json: bool, **given: Any) -> None:
        so_far, paid_so_far = given.pop("goods"), given.pop("payment")
        shops = shops_of(given, language)
        query = {
            "channel": shops.channel(channel)["name"] if channel else "",
            "held": "true" if held else "",
            "fulfilmentState": _state(FULFILMENT, so_far),
            "paymentState": _state(PAYMENT, paid_so_far),
        }
        found = shops.orders(given_of(query))
        if as_json:
            tell(found, (), as_json=True)
            return
        show_rows(COLUMNS, [_row(shops, one, language) for one in found], language)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def channels_command(language: Language) -> click.Command:
    """Return `bylaw orders channels`."""

    @json_option(language)
    def show(*, as_json: bool, **given: Any) -> None:
        found = list(shops_of(given, language).channels.values())
        tell(found, [_channel(one, language) for one in found] or [NOTHING.show(language)], as_json=as_json)

    return click.command("channels", help=CHANNELS.show(language))(signed_in(show, language))


def warehouses_command(language: Language) -> click.Command:
    """Return `bylaw orders warehouses`."""

    @json_option(language)
    def show(*, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        found = list(shops.rest.pages("/v1/channelWarehouses", "channelWarehouses", ALL))
        lines = ["  ".join((one["code"], one["warehouse"], *map(shops.code, one["channels"]))) for one in found]
        tell(found, lines or [NOTHING.show(language)], as_json=as_json)

    return click.command("warehouses", help=WAREHOUSES.show(language))(signed_in(show, language))


def _state(prefix: str, typed: str | None) -> str:
    return f"{prefix}{typed.upper().replace('-', '_')}" if typed else ""


def _row(shops: Shops, one: Tree, language: Language) -> list[str]:
    return [
        one["number"],
        shops.code(one["channel"]),
        when(one["placeTime"]),
        f"{money(one['total'], one['currency'])} {one['currency']}",
        shown(PAYMENTS, one["paymentState"], PAYMENT, language),
        shown(FULFILMENTS, one["fulfilmentState"], FULFILMENT, language),
        checks(one),
    ]


def _channel(one: Tree, language: Language) -> str:
    told = [one["code"], one["title"][language], f"{one['platform']} {one['shop']}", one["currency"]]
    if one["history"]:
        return "  ".join([*told, HISTORY.show(language)])
    promise = PROMISE.show(language).format(ship=one["shipHours"], deliver=one["deliverHours"])
    short = shown(POLICIES, one["shortagePolicy"], "SHORTAGE_POLICY_", language)
    return "  ".join([*told, short if one["warehouse"] else SHIPS_ITSELF.show(language), promise])
