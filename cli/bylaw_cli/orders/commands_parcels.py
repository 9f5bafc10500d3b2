"""`bylaw orders late` and `parcel`: which are late and why, and where a parcel is (ORD-2, ORD-3)."""

from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.orders.words import when
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest
from bylaw_cli.wording import Language, Wording

LATE = Wording(
    "List the orders whose promise is at risk or overdue, those that have been so longest first, each with why."
    "\n\n\b\nbylaw orders late\nbylaw orders late --overdue",
    "列出临期或超期的订单及原因，最早的在前。\n\n\b\nbylaw orders late\nbylaw orders late --overdue",
)
PARCEL = Wording(
    "Show where the parcel with this WAYBILL is, and what happened to it.\n\n\b\nbylaw orders parcel SF1029384756",
    "显示运单号为 WAYBILL 的包裹在哪里、经过了什么。\n\n\b\nbylaw orders parcel SF1029384756",
)
OVERDUE = Wording("Only those that are overdue.", "只列已超期的。")
STATUS = {
    "PROMISE_STATUS_AT_RISK": Wording("at risk", "临期"),
    "PROMISE_STATUS_OVERDUE": Wording("overdue", "超期"),
}
STATES = {
    "NO_TRACE": Wording("no trace yet", "暂无物流信息"),
    "PICKED_UP": Wording("picked up", "已揽收"),
    "IN_TRANSIT": Wording("in transit", "运输中"),
    "FORWARDED": Wording("forwarded", "已转投"),
    "CUSTOMS": Wording("at customs", "清关中"),
    "OUT_FOR_DELIVERY": Wording("out for delivery", "派送中"),
    "IN_LOCKER": Wording("in a locker or at a station", "已放入快递柜或驿站"),
    "PROBLEM": Wording("a problem", "疑难件"),
    "REFUSED": Wording("refused", "拒收"),
    "SIGNED": Wording("signed for", "已签收"),
    "RETURNING": Wording("on its way back", "退回中"),
    "RETURN_SIGNED": Wording("back, and signed for", "退回已签收"),
}
PREFIX = "PARCEL_STATE_"


def late_command(language: Language) -> click.Command:
    """Return `bylaw orders late`."""

    @json_option(language)
    @click.option("--overdue", is_flag=True, help=OVERDUE.show(language))
    def show(*, overdue: bool, as_json: bool, **given: Any) -> None:
        asked = {"status": "PROMISE_STATUS_OVERDUE"} if overdue else {}
        found = list(rest_of(given, language).pages("/v1/orderPromises", "orderPromises", asked))
        tell(found, [_late(one, language) for one in found] or [NOTHING.show(language)], as_json=as_json)

    return click.command("late", help=LATE.show(language))(signed_in(show, language))


def parcel_command(language: Language) -> click.Command:
    """Return `bylaw orders parcel WAYBILL`."""

    @json_option(language)
    @click.argument("waybill")
    def show(waybill: str, *, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        found = list(rest.pages("/v1/orderParcels", "orderParcels", {"waybill": waybill}))
        lines = [line for one in found for line in _parcel(rest, one, language)]
        tell(found, lines or [NOTHING.show(language)], as_json=as_json)

    return click.command("parcel", help=PARCEL.show(language))(signed_in(show, language))


def _late(one: Any, language: Language) -> str:
    until = one.get("deliverByTime") or one.get("shipByTime")
    status = STATUS[one["status"]].show(language)
    parts = (one["number"], status, when(until or ""), one["explanation"][language], one["clause"])
    return "  ".join(part for part in parts if part)


def _parcel(rest: Rest, one: Any, language: Language) -> list[str]:
    """The parcel, then what happened to it, oldest first."""
    head = "  ".join(
        (one["waybill"], one["carrier"], _state(one["state"], language), one["name"].split("/parcels/")[0])
    )
    events = rest.pages(f"/v1/{one['name']}/events", "trackEvents")
    return [head, *(f"  {when(event['occurTime'])}  {event['text']}" for event in events)]


def _state(state: str, language: Language) -> str:
    return STATES[state.removeprefix(PREFIX)].show(language)
