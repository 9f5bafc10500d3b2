"""`bylaw orders reconcile` and `disagreements`: whether the stock is held that orders count on (ORD-1, WHS-3)."""

from collections.abc import Iterator
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.orders.shops import ALL, Shops, Tree, shops_of
from bylaw_cli.orders.words import DISAGREEMENTS, shown, when
from bylaw_cli.reaching import signed_in
from bylaw_cli.wording import Language, Wording

RECONCILE = Wording(
    "Compare all that orders claim with what the warehouses hold, without waiting for the day. What disagrees is shown,"
    " and never put right in silence.\n\n\b\nbylaw orders reconcile",
    "立即将订单的预留与仓库的预留逐一核对，不必等到每日核对；不符的逐项列出，从不自行改动。"
    "\n\n\b\nbylaw orders reconcile",
)
LIST = Wording(
    "List what disagreed when orders and warehouses were last compared, the longest standing first.\n\n\b\n"
    "bylaw orders disagreements",
    "列出最近一次核对时订单与仓库不符之处，最早的在前。\n\n\b\nbylaw orders disagreements",
)
COMPARED = Wording(
    "{time}  {reservations} reservations, {claims} claims, {count} disagree",
    "{time}  仓库预留 {reservations} 项，订单占用 {claims} 项，不符 {count} 项",
)
SINCE = Wording("since {time}", "自 {time}")


def reconcile_command(language: Language) -> click.Command:
    """Return `bylaw orders reconcile`."""

    @json_option(language)
    def reconcile(*, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        done = shops.rest.call("POST", "/v1/stockClaims:reconcile", {})
        if as_json:
            tell(done, (), as_json=True)
            return
        count = done["disagreementCount"]
        numbers = {"reservations": done["reservationCount"], "claims": done["claimCount"], "count": count}
        told = COMPARED.show(language).format(time=when(done["reconcileTime"]), **numbers)
        tell(done, [told, *(_lines(shops, _found(shops), language) if count else ())], as_json=False)

    return click.command("reconcile", help=RECONCILE.show(language))(signed_in(reconcile, language))


def disagreements_command(language: Language) -> click.Command:
    """Return `bylaw orders disagreements`."""

    @json_option(language)
    def show(*, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        found = _found(shops)
        lines = () if as_json else list(_lines(shops, found, language)) or [NOTHING.show(language)]
        tell(found, lines, as_json=as_json)

    return click.command("disagreements", help=LIST.show(language))(signed_in(show, language))


def _found(shops: Shops) -> list[Any]:
    return list(shops.rest.pages("/v1/stockDisagreements", "stockDisagreements", ALL))


def _lines(shops: Shops, found: list[Tree], language: Language) -> Iterator[str]:
    for one in found:
        number = shops.rest.get(f"/v1/{one['order']}")["number"] if one["order"] else one["stockReservation"]
        kind = shown(DISAGREEMENTS, one["kind"], "STOCK_DISAGREEMENT_KIND_", language)
        since = SINCE.show(language).format(time=when(one["findTime"]))
        yield "  ".join((kind, number, since, one["message"][language]))
