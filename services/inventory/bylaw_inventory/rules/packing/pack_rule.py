"""Where parcels are handed over only once their goods were checked: as it is set, day by day (WHS-12)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.ledger.movement import PaperKind

PACK_RULES = "packRules"
SETTABLE = frozenset({PaperKind.SALES_ORDER, PaperKind.REQUISITION})
"""The papers by which goods are issued (WHS-3)."""


class PackNeed(IntEnum):
    """Whether a check is needed; the numbers are those of the contract."""

    REQUIRED = 1
    NOT_REQUIRED = 2
    AS_ABOVE = 3


@dataclass(frozen=True, slots=True)
class PackRuleWish:
    """What somebody wants to hold: for a warehouse, or everywhere without one; from today without a day."""

    warehouse: UUID | None
    paper: PaperKind
    need: PackNeed
    first_day: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PackRule:
    """A rule on record; nothing of it ever changes."""

    identifier: UUID
    warehouse: UUID | None
    paper: PaperKind
    need: PackNeed
    first_day: date
    reason: str
    set_at: datetime
    set_by: str

    @property
    def name(self) -> str:
        """`packRules/{pack_rule}`."""
        return resource_name(PACK_RULES, self.identifier)


def needs_check(papers: Collection[PaperKind], rules: Iterable[PackRule], day: date) -> bool:
    """Whether parcels of an issue booked on a day, by these papers, need a check: where any of the papers asks for it.

    `rules` are those of the warehouse and of the organisation; its own comes first, and of several the last in force.
    """
    in_force = [rule for rule in rules if rule.first_day <= day]
    return any(_needs(paper, in_force) for paper in SETTABLE.intersection(papers))


def _needs(paper: PaperKind, in_force: Collection[PackRule]) -> bool:
    for own in (True, False):
        of_paper = [rule for rule in in_force if rule.paper is paper and (rule.warehouse is not None) is own]
        last = max(of_paper, key=lambda rule: (rule.first_day, rule.set_at, rule.identifier), default=None)
        if last and last.need is not PackNeed.AS_ABOVE:
            return last.need is PackNeed.REQUIRED
    return False
