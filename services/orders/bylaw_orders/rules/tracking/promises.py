"""Whether what was promised of an order is kept: on time, at risk or overdue, and why (ORD-2, ORD-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.rules.tracking.states import TROUBLED, WORDS, State

SHIP_WARNING, DELIVER_WARNING, SILENCE = timedelta(hours=12), timedelta(hours=24), timedelta(hours=72)
"""So long before its time it is at risk, and after so long without any news of a parcel that is under way."""


class Promised(IntEnum):
    """How a promise stands; the numbers are those of the contract."""

    ON_TIME = 1
    AT_RISK = 2
    OVERDUE = 3


class Why(IntEnum):
    """Why it is not on time, the gravest first; the numbers are those of the contract."""

    NOTHING = 0
    NOT_SHIPPED = 1
    NOT_DELIVERED = 2
    PARCEL_IN_TROUBLE = 3
    PARCEL_SILENT = 4
    SHIP_SOON = 5
    DELIVER_SOON = 6


CLAUSES = {
    Why.NOTHING: "",
    Why.NOT_SHIPPED: "ORD-3",
    Why.NOT_DELIVERED: "ORD-3",
    Why.PARCEL_IN_TROUBLE: "ORD-2",
    Why.PARCEL_SILENT: "ORD-2",
    Why.SHIP_SOON: "ORD-3",
    Why.DELIVER_SOON: "ORD-3",
}
_SAID = {
    Why.NOT_SHIPPED: ("应于承诺时间前发货，至今未交承运商", "it was to be shipped by then, and no carrier has it yet"),
    Why.NOT_DELIVERED: (
        "应于承诺时间前送达，至今未签收",
        "it was to have arrived by then, and nobody has signed for it",
    ),
    Why.PARCEL_SILENT: ("包裹超过 72 小时没有新的物流信息", "nothing was heard of a parcel for more than 72 hours"),
    Why.SHIP_SOON: (
        "距承诺发货时间不足 12 小时，尚未交承运商",
        "less than 12 hours are left, and no carrier has it yet",
    ),
    Why.DELIVER_SOON: (
        "距承诺送达时间不足 24 小时，尚未签收",
        "less than 24 hours are left, and nobody has signed for it",
    ),
}


@dataclass(frozen=True, slots=True)
class ParcelNews:
    """What of a parcel counts here: where it is, and when it was last heard of, or handed over."""

    state: State
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """Of an order: how far it is, what was promised (none: nothing), and its parcels."""

    fulfilment: Fulfilment
    ship_by: datetime | None
    deliver_by: datetime | None
    parcels: Sequence[ParcelNews] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How the promise stands and why; of a parcel in trouble which trouble it is."""

    promised: Promised
    why: Why = Why.NOTHING
    trouble: State | None = None

    @property
    def clause(self) -> str:
        """The clause, "" where nothing is wrong."""
        return CLAUSES[self.why]

    @property
    def explained(self) -> tuple[str, str]:
        """In Chinese and English, empty where nothing is wrong."""
        if self.trouble:
            zh, en = WORDS[self.trouble]
            return f"有包裹{zh}，需要处理", f"a parcel needs looking after: {en}"
        return _SAID.get(self.why, ("", ""))


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """How the promise of an order stands, since when, for which stage, and when time alone may change it."""

    order: UUID
    standing: Standing
    since: datetime
    fulfilment: int
    check_at: datetime | None


ON_TIME = Standing(Promised.ON_TIME)
OPEN = range(Fulfilment.WAITING, Fulfilment.SIGNED)


def promise(facts: PromiseFacts, now: datetime) -> Standing:
    """How it stands at an instant (ORD-3). What is done, cancelled or was never promised is on time."""
    troubles = [one.state for one in facts.parcels if one.state in TROUBLED]
    if facts.fulfilment not in OPEN and not troubles:
        return ON_TIME
    overdue = _late(facts, now)
    if overdue:
        return Standing(Promised.OVERDUE, overdue)
    if troubles:
        return Standing(Promised.AT_RISK, Why.PARCEL_IN_TROUBLE, max(troubles))
    return _warned(facts, now)


def _late(facts: PromiseFacts, now: datetime) -> Why:
    if facts.fulfilment not in OPEN:
        return Why.NOTHING
    if facts.deliver_by and facts.deliver_by < now:
        return Why.NOT_DELIVERED
    if facts.ship_by and facts.ship_by < now and facts.fulfilment < Fulfilment.HANDED_OVER:
        return Why.NOT_SHIPPED
    return Why.NOTHING


def _warned(facts: PromiseFacts, now: datetime) -> Standing:
    if any(one.heard_at + SILENCE < now and one.state is not State.SIGNED for one in facts.parcels):
        return Standing(Promised.AT_RISK, Why.PARCEL_SILENT)
    if facts.ship_by and facts.fulfilment < Fulfilment.HANDED_OVER and facts.ship_by < now + SHIP_WARNING:
        return Standing(Promised.AT_RISK, Why.SHIP_SOON)
    if facts.deliver_by and facts.deliver_by < now + DELIVER_WARNING:
        return Standing(Promised.AT_RISK, Why.DELIVER_SOON)
    return ON_TIME


def changes_at(facts: PromiseFacts, now: datetime) -> datetime | None:
    """The next instant at which it may stand otherwise though nothing happens; none where time changes nothing."""
    if facts.fulfilment not in OPEN:
        return None
    instants = [one.heard_at + SILENCE for one in facts.parcels if one.state is not State.SIGNED]
    if facts.deliver_by:
        instants += [facts.deliver_by - DELIVER_WARNING, facts.deliver_by]
    if facts.ship_by and facts.fulfilment < Fulfilment.HANDED_OVER:
        instants += [facts.ship_by - SHIP_WARNING, facts.ship_by]
    return min((one for one in instants if one >= now), default=None)
