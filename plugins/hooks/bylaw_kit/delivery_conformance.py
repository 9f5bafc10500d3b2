"""The conformance kit for delivery channels: every rule of their list, over every channel of a distribution."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bylaw_hooks import DeliveryChannel, DeliveryFailed, NoticeFacts, Parameters

from bylaw_kit.finding import module_of
from bylaw_kit.keeping import keep_rule
from bylaw_kit.listening import listening
from bylaw_kit.outside import Manner, outside
from bylaw_kit.rules import DELIVERY
from bylaw_kit.stated import fault_of_text, fault_of_titles, settings_of
from bylaw_kit.subject import RuleBroken

Channel = DeliveryChannel[Any]
DeliveryRule = Callable[[Channel], None]
REASON = re.compile("[A-Z][A-Z0-9_]{0,63}")
WITHIN_SECONDS, MOST_SECONDS = 1.0, 4.0
"""What a try is told it has, and what it may take on a busy machine."""
ADDRESS = "wang.fang@acme.example"
NOTICE = NoticeFacts("9f1c.77aa", "zh", "停电通知", "周五全天停电。\n请提前保存。", datetime(2026, 3, 2, 4, tzinfo=UTC))
NOTICES = (
    NOTICE,
    replace(NOTICE, language="en", title="No power on Friday", body=""),
    replace(NOTICE, title="停电\r\nBcc: li.na@acme.example", body="\x00\x1b[2J" + "长" * 4_000),
    replace(NOTICE, title="⚡" * 200, body="." + "\r\n.\r\n" * 3),
)
NO_ADDRESSES = (
    "",
    "wang.fang",
    "wang.fang@acme.example, li.na@acme.example",
    "Wang Fang <wang.fang@acme.example>",
    "wang.fang@acme.example\r\nBcc: li.na@acme.example",
)


def _titled(channel: Channel) -> None:
    if fault := fault_of_titles(channel):
        raise RuleBroken("D1", fault)


def _from_text(channel: Channel) -> None:
    if fault := fault_of_text(channel):
        raise RuleBroken("D2", fault)


def _one_address(channel: Channel) -> None:
    for address in NO_ADDRESSES:
        with outside(Manner.ABSENT) as tried:
            failed = _failure(channel, NOTICE, address)
        if tried or failed is None or not failed.for_good:
            raise RuleBroken("D3", f"{address!r} was tried, taken, or not refused for good")


def _failing(channel: Channel) -> None:
    for manner in (Manner.ABSENT, Manner.HANGS_UP):
        for notice in NOTICES:
            with outside(manner):
                failed = _failure(channel, notice, ADDRESS)
            if failed is None or failed.for_good:
                raise RuleBroken("D4", f"{manner.value}: it was taken for delivered, or given up for good")
            if not REASON.fullmatch(str(failed.reason)) or str(failed) != failed.reason:
                raise RuleBroken("D4", f"{manner.value}: {failed.reason!r} is no stable word in capitals")


def _in_time(channel: Channel) -> None:
    with outside(Manner.SILENT):
        begun = time.monotonic()
        failed = _failure(channel, NOTICE, ADDRESS)
        spent = time.monotonic() - begun
    if failed is None or spent > MOST_SECONDS:
        raise RuleBroken(
            "D5", f"told to end within {WITHIN_SECONDS} s it took {spent:.1f}, or took silence for delivered"
        )


def _manners(channel: Channel) -> None:
    reasons = set()
    settings = settings_of(channel)
    for _ in range(2):
        with outside(Manner.ABSENT), listening() as heard:
            failed = _failure(channel, NOTICE, ADDRESS, settings)
        reasons.add(failed.reason if failed else "")
        if read := sorted({what for what in heard if what.startswith("os.environ")}):
            raise RuleBroken("D6", f"it read {', '.join(read)}: its settings are handed in")
    if len(reasons) > 1:
        raise RuleBroken("D6", f"tried twice, it failed differently: {', '.join(sorted(reasons))}")


def _failure(
    channel: Channel, notice: NoticeFacts, address: str, settings: Parameters | None = None
) -> DeliveryFailed | None:
    """How a try failed; None where it was taken for delivered. Whatever else it raises breaks the rule."""
    told = settings or settings_of(channel)
    try:
        channel.deliver(notice, address, settings=told, within_seconds=WITHIN_SECONDS)
    except DeliveryFailed as failed:
        return failed
    return None


_CHECKS: dict[str, DeliveryRule] = {
    "D1": _titled,
    "D2": _from_text,
    "D3": _one_address,
    "D4": _failing,
    "D5": _in_time,
    "D6": _manners,
}
DELIVERY_CHECKS: dict[str, DeliveryRule] = {rule: _CHECKS[rule] for rule in DELIVERY}
"""By id, in the list's order."""


def channels_of(name: str) -> list[Channel]:
    """Every delivery channel that a distribution, or a module, registers."""
    return list(getattr(module_of(name), "register_delivery_channels", list)())


def keep_delivery(channel: Channel, rule: str) -> None:
    """Check one rule; RuleBroken names it, whatever the channel did."""
    keep_rule(rule, lambda: DELIVERY_CHECKS[rule](channel))


def delivery_broken(channel: Channel) -> Iterator[RuleBroken]:
    """Every rule that a channel breaks."""
    for rule in DELIVERY_CHECKS:
        try:
            keep_delivery(channel, rule)
        except RuleBroken as found:
            yield found
