"""Channels: the shops with what they promise and how their orders are checked, set by whoever answers for the trade."""

from typing import Any

from bylaw.orders.v1 import channels_pb2, order_checks_pb2, service_policies_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.money import plain
from bylaw_console.selling.showing import id_of
from bylaw_console.selling.typed import Typed, chosen

READ = ("orders.channels.read",)
HOURS = ("inquiry_hours", "complaint_hours", "return_hours", "refund_hours", "exchange_hours", "review_hours")
LIMITS = ("price_tolerance_percent", "discount_percent", "promotion_percent", "quantity_limit")
MOST = 100


def channels(desk: Desk) -> Response:
    """The channels within reach."""
    found = Channels(desk)
    return desk.render(
        "channels.html", channels=[(one, id_of(one.name), found.title(one.name)) for one in found.by_name.values()]
    )


def channel(desk: Desk, channel: str) -> Response:
    """What a channel promises, and how its orders are checked."""
    return desk.render("channel.html", **_page(desk, channel))


def act(desk: Desk, channel: str) -> Response:
    """Set hours, promises or checks from now on."""
    name, deeds = f"channels/{channel}", {"channel": _set_hours, "policy": _set_policy, "checks": _set_checks}
    deed = deeds.get(desk.field("deed"))
    if deed is None:
        return desk.render("not_there.html", 404)
    try:
        deed(desk, name)
    except Refusal as refusal:
        return desk.render_again("channel.html", refusal, **_page(desk, channel))
    return desk.go(f"/channels/{channel}", said="channels.said")


def _set_hours(desk: Desk, name: str) -> None:
    typed = Typed(desk)
    wished = channels_pb2.Channel(
        name=name,
        etag=desk.field("etag"),
        ship_hours=typed.whole("ship_hours"),
        deliver_hours=typed.whole("deliver_hours"),
        shortage_policy=chosen(channels_pb2.ShortagePolicy, desk.field("shortage_policy")),
    )
    typed.check()
    wish = channels_pb2.UpdateChannelRequest(channel=wished, request_id=desk.request_id)
    wish.update_mask.paths.extend(("ship_hours", "deliver_hours", "shortage_policy"))
    desk.ask(wish)


def _set_policy(desk: Desk, name: str) -> None:
    typed = Typed(desk)
    hours = {field: typed.whole(field) for field in HOURS}
    limit = typed.amount("refund_limit", desk.field("currency"))
    typed.check()
    policy = service_policies_pb2.ServicePolicy(
        name=f"{name}/servicePolicy", etag=desk.field("etag"), refund_limit=limit, **hours
    )
    wish = service_policies_pb2.UpdateServicePolicyRequest(service_policy=policy, request_id=desk.request_id)
    wish.update_mask.paths.extend((*HOURS, "refund_limit"))
    desk.ask(wish)


def _set_checks(desk: Desk, name: str) -> None:
    typed = Typed(desk)
    checks = order_checks_pb2.ChannelChecks(
        off=[one for one in desk.form.getlist("check") if one not in desk.form.getlist("on")],
        duplicate_hours=typed.whole("duplicate_hours"),
        address_characters=typed.whole("address_characters"),
        reason=desk.field("reason"),
    )
    for field in LIMITS:
        setattr(checks, field, desk.field(field))
    typed.check()
    desk.ask(order_checks_pb2.SetChannelChecksRequest(parent=name, channel_checks=checks, request_id=desk.request_id))


def _page(desk: Desk, channel: str) -> dict[str, Any]:
    name = f"channels/{channel}"
    found = desk.ask(channels_pb2.GetChannelRequest(name=name))
    policy = desk.ask_or(None, service_policies_pb2.GetServicePolicyRequest(name=f"{name}/servicePolicy"))
    checks = desk.ask_or(None, order_checks_pb2.GetChannelChecksRequest(name=f"{name}/checks"))
    known = desk.ask_or(
        order_checks_pb2.ListOrderChecksResponse(), order_checks_pb2.ListOrderChecksRequest(page_size=MOST)
    ).order_checks
    before = desk.ask_or(
        order_checks_pb2.ListChannelChecksResponse(),
        order_checks_pb2.ListChannelChecksRequest(parent=name, page_size=MOST),
    ).channel_checks
    policies = list(channels_pb2.ShortagePolicy.keys())[1:]
    return {
        "channel": found,
        "id": channel,
        "policy": policy,
        "limit": plain(policy.refund_limit, found.currency) if policy else "",
        "checks": checks,
        "known": known,
        "before": before,
        "who": desk.who(*(one.set_by for one in before)),
        "hours": HOURS,
        "limits": LIMITS,
        "policies": [(one, desk.t(f"ShortagePolicy.{one}")) for one in policies],
        "policy_now": channels_pb2.ShortagePolicy.Name(found.shortage_policy),
    }


ROUTES = (
    get("/channels", channels, needs=READ),
    get("/channels/<channel>", channel, needs=READ),
    post(
        "/channels/<channel>",
        act,
        needs=("orders.channels.update", "orders.service_policies.update", "orders.checks.set"),
    ),
)
