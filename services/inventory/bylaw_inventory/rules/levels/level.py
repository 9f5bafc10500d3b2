"""What the ledger says of an item in a warehouse, when it is reordered, and what is proposed (WHS-7)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.quantity import ZERO

OUTCOMES = "stockProposalOutcomes"
DEMAND_DIGITS, COVER_DIGITS, TURNOVER_DIGITS = 6, 1, 2


class ProposalKind(IntEnum):
    """What is proposed; the numbers are those of the contract."""

    REORDER = 1
    SLOW = 2
    DEAD = 3
    EXPIRING = 4


class Result(IntEnum):
    """What became of a proposal; the numbers are those of the contract."""

    DONE = 1
    DECLINED = 2


class LevelDays(NamedTuple):
    """Over how many days demand is taken; without an issue for how many something is slow, or dead; expiring within."""

    demand: int
    slow: int
    dead: int
    expiring: int
    quiet: int


class Level(NamedTuple):
    """When an item is reordered: by hand, or from demand where `lead_days` is not 0."""

    point: Decimal | None
    quantity: Decimal | None
    lead_days: int
    safety_days: int
    cover_days: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What the ledger says of an item; `before`, `at_slow`, `at_dead`: on hand before days of demand, slow, dead."""

    item: UUID
    code: str
    unit: str
    fraction_digits: int
    on_hand: Decimal
    reserved: Decimal
    expiring: Decimal
    issued: Decimal
    last_issue: date | None
    before: Decimal
    at_slow: Decimal
    at_dead: Decimal
    level: Level | None
    quiet: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What follows from it."""

    seen: Seen
    daily: Decimal
    cover: Decimal | None
    turnover: Decimal | None
    point: Decimal | None
    quantity: Decimal | None

    @property
    def available(self) -> Decimal:
        """What is not reserved."""
        return self.seen.on_hand - self.seen.reserved


class Proposal(NamedTuple):
    """What is proposed, why, and about how much."""

    kind: ProposalKind
    figures: Figures
    quantity: Decimal


class Outcome(NamedTuple):
    """What became of a proposal; not proposed again up to a day."""

    identifier: UUID
    warehouse: UUID
    item: UUID
    kind: ProposalKind
    result: Result
    reason: str
    quiet_until: date
    recorded_at: datetime
    recorded_by: str

    @property
    def name(self) -> str:
        """`stockProposalOutcomes/{stock_proposal_outcome}`."""
        return resource_name(OUTCOMES, self.identifier)


def unseen(item: Item) -> Seen:
    """An item of which the warehouse has nothing, had nothing lately, and keeps no level."""
    nothing = (ZERO,) * 4
    said = item.identifier, item.wish.code, item.wish.unit, item.wish.fraction_digits
    return Seen(*said, *nothing, None, ZERO, ZERO, ZERO, None)


def figures_of(seen: Seen, days: LevelDays) -> Figures:
    """Demand, days of cover, turnover, and at which quantity how much is ordered (WHS-7).

    From demand the point covers the days until more arrives and those of safety, the quantity the days an order is to
    last; both are rounded up to what the item is counted in.
    """
    issued = max(seen.issued, ZERO)
    mean = (max(seen.before, ZERO) + max(seen.on_hand, ZERO)) / 2
    cover = max(seen.on_hand, ZERO) * days.demand / issued if issued else None
    point, quantity = seen.level[:2] if seen.level else (None, None)
    if seen.level and seen.level.lead_days:
        ahead = seen.level.lead_days + seen.level.safety_days
        point, quantity = (
            _rounded_up(issued * span / days.demand, seen.fraction_digits) for span in (ahead, seen.level.cover_days)
        )
    return Figures(
        seen,
        round(issued / days.demand, DEMAND_DIGITS),
        None if cover is None else round(cover, COVER_DIGITS),
        round(issued / mean, TURNOVER_DIGITS) if mean else None,
        point,
        quantity,
    )


def proposals_of(figures: Figures, days: LevelDays, today: date) -> list[Proposal]:
    """What is proposed of an item, without what had its outcome lately (WHS-7).

    Slow or dead is what lay there throughout the days and was not issued in any of them; dead is not slow besides.
    """
    seen, found = figures.seen, list[Proposal]()
    if figures.point is not None and figures.quantity and figures.available <= figures.point:
        found.append(Proposal(ProposalKind.REORDER, figures, figures.quantity))
    idle = (today - seen.last_issue).days if seen.last_issue else days.dead
    if idle >= days.dead and seen.at_dead > ZERO and seen.on_hand > ZERO:
        found.append(Proposal(ProposalKind.DEAD, figures, seen.on_hand))
    elif idle >= days.slow and seen.at_slow > ZERO and seen.on_hand > ZERO:
        found.append(Proposal(ProposalKind.SLOW, figures, seen.on_hand))
    if seen.expiring > ZERO:
        found.append(Proposal(ProposalKind.EXPIRING, figures, seen.expiring))
    return [one for one in found if int(one.kind) not in seen.quiet]


def _rounded_up(quantity: Decimal, digits: int) -> Decimal:
    return quantity.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_CEILING)
