"""Orders that are shipped together, in one parcel: which may be, and when one goes by itself again (ORD-1, ORD-2).

What is reserved for each stays its own, and so nothing of the stock hangs on it: it is a word to those who pack.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation

from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.privacy.phone import normalised
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.stocking.claim import Claim

MOST_TOGETHER, LONGEST_MARK = 20, 500


class Fault(NamedTuple):
    """Why an order cannot go with others."""

    reason: str
    zh: str
    en: str

    def at(self, place: int, number: str = "") -> Violation:
        """The fault, at its place among those that were named."""
        return Violation(f"names[{place}]", self.reason, self.zh.format(number=number), self.en.format(number=number))


NOT_FOUND = Fault("ORDER_NOT_FOUND", "没有找到该订单，或不在您的权限范围内", "no such order within your reach")
CANCELLED = Fault("ORDER_CANCELLED", "订单 {number} 已取消", "order {number} was cancelled")
SHIPPED = Fault("ORDER_SHIPPED", "订单 {number} 的货物已出库", "goods of order {number} have left")
HELD = Fault("ORDER_HELD", "订单 {number} 待人工处理，请先放行", "order {number} is held; release it first")
NOT_READY = Fault(
    "ORDER_NOT_READY",
    "订单 {number} 未付款、属历史订单，或不由本仓发货",
    "order {number} is unpaid, of the past, or not shipped by our warehouse",
)
MERGED = Fault(
    "ORDER_MERGED",
    "订单 {number} 已与其他订单合并，请一并列出，或先取消合并",
    "order {number} goes with others that are not named; name them too, or take it out first",
)
OTHER_WAREHOUSE = Fault(
    "WAREHOUSE_DIFFERS",
    "订单 {number} 由另一仓库发货",
    "order {number} is shipped by another warehouse than the first",
)
OTHER_CUSTOMER = Fault(
    "CUSTOMER_DIFFERS",
    "订单 {number} 属于另一位顾客",
    "order {number} is of another customer than the first",
)
OTHER_RECIPIENT = Fault(
    "RECIPIENT_DIFFERS",
    "订单 {number} 的收件人或地址与首单不同，或无法核对",
    "order {number} goes to another recipient than the first, or to none that can be read",
)


@dataclass(frozen=True, slots=True)
class Mergeable:
    """An order as it is looked at. `ships`: it may leave our warehouse now; `others`: which it goes with already.

    `warehouse`: where its goods are reserved, or will be; none where that is more than one.
    """

    placed: Placed
    ships: bool
    warehouse: UUID | None
    customer: UUID | None
    to: Recipient | None
    others: Collection[UUID] = ()


def faults_of(wanted: Sequence[UUID], found: Mapping[UUID, Mergeable]) -> list[Violation]:
    """Why orders cannot go together, each at its place; nothing: they can."""
    named = set(wanted)
    said = [(place, found[one], _fault(found[one], found[wanted[0]], named)) for place, one in enumerate(wanted)]
    return [fault.at(place, own.placed.number) for place, own, fault in said if fault]


def missing_of(wanted: Sequence[UUID], found: Collection[UUID]) -> list[Violation]:
    """Those that there are not, each at its place."""
    return [NOT_FOUND.at(place) for place, one in enumerate(wanted) if one not in found]


def are_together(found: Collection[Mergeable]) -> bool:
    """Whether they go together already, and with no other."""
    groups = {one.placed.standing.together for one in found}
    return len(groups) == 1 and None not in groups


def parted(placed: Placed, at: datetime, by: str, *, apart: bool = False) -> tuple[Placed, list[Event]]:
    """The order by itself, where it is to be so (`apart`) or does not go for now; where goods have left, as it is."""
    if placed.standing.together is None or any(line.issued for line in placed.lines):
        return placed, []
    if not (apart or placed.holds or placed.standing.cancelled_at):
        return placed, []
    alone = replace(placed, standing=replace(placed.standing, together=None))
    return alone, [Event(placed.identifier, at, Happened.UNMERGED, by)]


def same_recipient(one: Recipient | None, other: Recipient | None) -> bool:
    """Whether a parcel for the one reaches the other: name, telephone and address, however they are written.

    What its platform hands out with stars, or without an address, could be anybody's.
    """
    if one is None or other is None:
        return False
    *_, address = door = _door(one)
    if not address or "*" in "".join(door):
        return False
    return door == _door(other) and all(
        not (mine and theirs) or mine == theirs for mine, theirs in zip(_around(one), _around(other), strict=True)
    )


def alike(orders: Sequence[Mergeable]) -> Iterator[list[Mergeable]]:
    """Of open orders of one customer, those that could go together, in the order given; none that is alone."""
    groups = list[list[Mergeable]]()
    for one in orders:
        for group in groups:
            if one.warehouse and group[0].warehouse == one.warehouse and same_recipient(group[0].to, one.to):
                group.append(one)
                break
        else:
            groups.append([one])
    yield from (group for group in groups if len(group) > 1)


def warehouse_of(claims: Iterable[Claim], channel: Channel) -> UUID | None:
    """Where an order's goods are reserved, else where its channel has them; none where that is more than one."""
    found = {claim.warehouse for claim in claims if claim.live}
    if not found:
        return channel.wish.warehouse
    return found.pop() if len(found) == 1 else None


def packed_with(others: Sequence[str]) -> str:
    """What else goes in the parcel, as those who pack read it; where that is too much, so many as fit."""
    shown = list[str]()
    for place, one in enumerate(others):
        rest = len(others) - place - 1
        more = f", +{rest}" if rest else ""
        if len(", ".join([*shown, one])) + len(more) > LONGEST_MARK:
            return f"{', '.join(shown)}, +{rest + 1}"
        shown.append(one)
    return ", ".join(shown)


def _fault(own: Mergeable, first: Mergeable, wanted: Collection[UUID]) -> Fault | None:
    placed = own.placed
    wrong = {
        CANCELLED: placed.standing.cancelled_at is not None,
        SHIPPED: any(line.issued for line in placed.lines),
        HELD: bool(placed.holds),
        NOT_READY: not own.ships,
        MERGED: not set(own.others) <= set(wanted),
        OTHER_WAREHOUSE: own.warehouse is None or own.warehouse != first.warehouse,
        OTHER_CUSTOMER: own.customer is None or own.customer != first.customer,
        OTHER_RECIPIENT: not same_recipient(own.to, first.to),
    }
    return next((fault for fault, is_so in wrong.items() if is_so), None)


def _door(to: Recipient) -> tuple[str, ...]:
    return _plain(to.name), normalised(to.phone) or _plain(to.phone), _plain(to.address)


def _around(to: Recipient) -> tuple[str, ...]:
    return _plain(to.region), _plain(to.postcode)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
