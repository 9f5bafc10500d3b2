"""Which papers a kind of movement needs: the rulebook's least, or what was set from a day on (WHS-1, WHS-3, WHS-12)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.ledger.movement import MovementKind, Paper, PaperKind

PAPER_RULES = "paperRules"
Need = frozenset[PaperKind]
"""Papers of which one is needed."""

ANY_ORDER = frozenset({PaperKind.SALES_ORDER, PaperKind.REQUISITION})
LEAST: Mapping[MovementKind, tuple[Need, str]] = {
    MovementKind.RECEIPT: (frozenset({PaperKind.DELIVERY_NOTE}), "WHS-1"),
    MovementKind.ISSUE: (ANY_ORDER, "WHS-3"),
    MovementKind.CUSTOMER_RETURN: (frozenset({PaperKind.RETURN_SLIP}), "WHS-3"),
    MovementKind.SUPPLIER_RETURN: (frozenset({PaperKind.RETURN_SLIP}), "WHS-3"),
    MovementKind.DELIVERY: (frozenset({PaperKind.CARRIER_RECEIPT}), "WHS-12"),
}
"""What the rulebook asks of a kind of movement at the least, and by which clause; a transfer needs nothing."""

SETTABLE = frozenset(LEAST) - {MovementKind.RECEIPT}
"""Of these more may be asked; goods come in by their delivery note, which `receiving` holds to (WHS-1)."""


@dataclass(frozen=True, slots=True)
class PaperRuleWish:
    """What somebody wants to be needed: for a warehouse, or everywhere without one; from today without a day."""

    warehouse: UUID | None
    kind: MovementKind
    first_day: date | None
    needs: tuple[Need, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PaperRule:
    """A rule on record; nothing of it ever changes. Without needs it ends what was set for the same before."""

    identifier: UUID
    warehouse: UUID | None
    kind: MovementKind
    first_day: date
    needs: tuple[Need, ...]
    reason: str
    set_at: datetime
    set_by: str

    @property
    def name(self) -> str:
        """`paperRules/{paper_rule}`."""
        return resource_name(PAPER_RULES, self.identifier)


def covers_least(kind: MovementKind, needs: Collection[Need]) -> bool:
    """Whether as much is asked for as the rulebook does: a paper that meets one of these meets its own."""
    return not needs or any(need <= LEAST[kind][0] for need in needs)


def clause_of(kind: MovementKind) -> str:
    """By which clause a kind of movement needs papers."""
    return LEAST[kind][1]


def needs_of(kind: MovementKind, rules: Iterable[PaperRule], day: date) -> tuple[Need, ...]:
    """What a movement booked on a day needs: by its warehouse's rule, else the organisation's, else the rulebook.

    `rules` are those of the warehouse and of the organisation; of several that are in force the last one counts.
    """
    if kind not in LEAST:
        return ()
    in_force = [rule for rule in rules if rule.kind is kind and rule.first_day <= day]
    for own in (True, False):
        last = max((rule for rule in in_force if (rule.warehouse is not None) is own), key=_order, default=None)
        if last and last.needs:
            return last.needs
    return (LEAST[kind][0],)


def lacking(needs: Sequence[Need], papers: Iterable[Paper]) -> tuple[Need, ...]:
    """What is needed and not there; a paper counts with its number."""
    there = {paper.kind for paper in papers if paper.number.strip()}
    return tuple(need for need in needs if not need & there)


def _order(rule: PaperRule) -> tuple[date, datetime, UUID]:
    return rule.first_day, rule.set_at, rule.identifier
