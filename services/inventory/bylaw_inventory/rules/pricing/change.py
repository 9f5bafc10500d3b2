"""A change of prices: what is asked, where it stands, and when an answer comes too late (GDS-2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.rules.pricing.refusals import TAKEN, PriceChangeNotOwn, price_refusal
from bylaw_inventory.rules.pricing.timeline import Amount, Goods, Price, percent_between
from bylaw_inventory.rules.refusals import Fault

CHANGES = "priceChanges"
FIELD = "price_change.lines"
_PAST = Fault(
    "PRICE_TIME_PAST",
    "生效时间已过；请写将来的时间，或留空以在批准时生效",
    "this time has passed; say a later one, or none, to have it take effect with the decision",
)
_NOT_FOUND = Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")
_NOT_POSITIVE = Fault("PRICE_INVALID", "价格须大于零", "a price is more than zero")


class ChangeState(IntEnum):
    """Where it stands; the numbers are those of the contract."""

    WAITING = 1
    AGREED = 2
    REFUSED = 3
    WITHDRAWN = 4
    LAPSED = 5


class PriceLine(NamedTuple):
    """A price that is asked for; `since` is nothing for the moment of the decision. `old` was in force there then."""

    goods: Goods
    amount: Amount
    since: datetime | None
    old: Amount | None = None


class ChangeWish(NamedTuple):
    """What somebody asks for."""

    lines: tuple[PriceLine, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A change on record; `decision` is nothing while it is being asked for.

    `withdrawn_at`: agreed to, and taken back as far as it had not taken effect by then.
    """

    identifier: UUID
    wish: ChangeWish
    largest_percent: Decimal
    asked_at: datetime
    asked_by: str
    state: ChangeState = ChangeState.WAITING
    decision: UUID | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""

    @property
    def name(self) -> str:
        """`priceChanges/{price_change}`."""
        return resource_name(CHANGES, self.identifier)


def checked_change(
    wish: ChangeWish, known: frozenset[UUID], in_force: Mapping[int, Amount], *, now: datetime, by: str
) -> PriceChange:
    """The change as it goes to people, each line with the price in force at its time (by its place).

    Refuses ITEM_NOT_FOUND, PRICE_INVALID, PRICE_TIME_PAST and PRICE_TIME_TAKEN, each line named (GDS-2).
    """
    faults, seen = list[Violation](), set[tuple[Goods, datetime | None]]()
    for number, line in enumerate(wish.lines):
        place = f"{FIELD}[{number}]"
        if line.goods.item not in known:
            faults.append(_NOT_FOUND.at(f"{place}.item"))
        if line.amount.minor_units <= 0:
            faults.append(_NOT_POSITIVE.at(f"{place}.price"))
        if line.since and line.since <= now:
            faults.append(_PAST.at(f"{place}.effective_time"))
        if (line.goods, line.since) in seen:
            faults.append(TAKEN.at(f"{place}.effective_time"))
        seen.add((line.goods, line.since))
    if faults:
        raise price_refusal(faults)
    lines = tuple(line._replace(old=in_force.get(number)) for number, line in enumerate(wish.lines))
    largest = max(percent_between(line.old, line.amount) for line in lines)
    return PriceChange(new_id(), wish._replace(lines=lines), largest, now, by)


def taken_at(numbers: Sequence[int]) -> list[Violation]:
    """Lines whose instant is another change's already."""
    return [TAKEN.at(f"{FIELD}[{number}].effective_time") for number in numbers]


def has_lapsed(change: PriceChange, now: datetime) -> bool:
    """Whether a set time of it has passed: what was agreed to is not what would happen any more (GDS-2)."""
    return any(line.since and line.since < now for line in change.wish.lines)


def agreed_prices(change: PriceChange, decision: UUID, now: datetime) -> tuple[Price, ...]:
    """The prices that an agreed change puts on record, each from its set time on, or from now (GDS-2)."""
    return tuple(
        Price(new_id(), line.goods, line.amount, line.since or now, change.identifier, decision, now)
        for line in change.wish.lines
    )


def check_own(change: PriceChange, by: str) -> None:
    """Refuses PRICE_CHANGE_NOT_OWN: whoever asked takes a change back, and once it is agreed who agreed may too."""
    if by != change.asked_by and (change.state is not ChangeState.AGREED or by != change.ended_by):
        raise PriceChangeNotOwn


def ended(change: PriceChange, state: ChangeState, at: datetime, by: str) -> PriceChange:
    """The change as it ended."""
    return replace(change, state=state, ended_at=at, ended_by=by)
