"""The channels within reach by their codes, and the order that is meant, as people type it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import click

from bylaw_cli.looking_up import Names
from bylaw_cli.reaching import rest_of
from bylaw_cli.rest import Parameters, Rest, Told
from bylaw_cli.things import WHOLE_ID, given_of
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
Command = Callable[..., Any]
ALL: Parameters = {"pageSize": 1000}
CHANNEL = Wording("Code of the channel.", "渠道编码。")
WHICH_CHANNEL = Wording(
    "Code of the channel; not needed where the number is one order's alone.",
    "渠道编码；订单号唯一时无需填写。",
)
NO_CHANNEL = Wording("There is no channel {code} within your reach.", "没有找到渠道 {code}，或不在您的权限范围内。")
NO_ORDER = Wording("There is no order {typed} within your reach.", "没有找到订单 {typed}，或不在您的权限范围内。")
SEVERAL = Wording(
    "Say which {typed}: --channel, one of {codes}.", "请注明订单 {typed} 的渠道：--channel，可为 {codes}。"
)


def channel_option(language: Language, about: Wording = CHANNEL) -> Callable[[Command], Command]:
    """Return the option `--channel`."""
    told = about.show(language)
    return click.option("--channel", envvar="BYLAW_CHANNEL", metavar="CODE", default="", help=told)


def shops_of(given: dict[str, Any], language: Language, places: Mapping[str, str] | None = None) -> "Shops":
    """Return the channels of whoever is signed in by the options; `places`: see `rest_of`."""
    return Shops(rest_of(given, language, places), language)


@dataclass
class Shops:
    """Channels are read once; orders are asked for by their number on the platform, or by their name."""

    rest: Rest
    language: Language

    @cached_property
    def channels(self) -> Mapping[str, Tree]:
        """Those within reach, by the name that the interface gives them."""
        return {one["name"]: one for one in self.rest.pages("/v1/channels", "channels", ALL)}

    @cached_property
    def people(self) -> Names:
        """What people are called."""
        return Names(self.rest, self.language)

    def channel(self, code: str) -> Tree:
        """The channel with a code, or by its name; refuses one that there is not."""
        for name, channel in self.channels.items():
            if code == name or channel["code"].lower() == code.lower():
                return channel
        raise Told(NO_CHANNEL.show(self.language).format(code=code), self.language)

    def code(self, channel: str) -> str:
        """A channel's code."""
        return str(self.channels.get(channel, {}).get("code", channel))

    def orders(self, query: Parameters) -> list[Any]:
        """All orders that are so."""
        return list(self.rest.pages("/v1/orders", "orders", {**ALL, **query}))

    def order(self, typed: str, channel: str = "") -> Tree:
        """The order with a number or a name; refuses one that there is not, and a number that several have."""
        identifier = typed.removeprefix("orders/")
        if identifier != typed or (len(typed) == WHOLE_ID and typed.count("-") == len("----")):
            return dict(self.rest.get(f"/v1/orders/{identifier}"))
        within = self.channel(channel)["name"] if channel else ""
        found: Sequence[Tree] = self.orders(given_of({"number": typed, "channel": within}))
        if len(found) == 1:
            return found[0]
        codes = ", ".join(self.code(one["channel"]) for one in found)
        told = SEVERAL if found else NO_ORDER
        raise Told(told.show(self.language).format(typed=typed, codes=codes), self.language)

    def number(self, name: str) -> str:
        """An order's number by its name; of one out of reach its name."""
        try:
            return str(self.rest.get(f"/v1/{name}")["number"])
        except Told:
            return name
