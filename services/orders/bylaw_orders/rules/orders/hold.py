"""Why an order waits for a person: a check that failed, with its clause and what to do (ORD-1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bylaw_chassis.values import new_id, resource_name


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: its name, clause, words, and the line at fault, 1 is the first; 0: the whole order."""

    check: str
    clause: str
    zh: str
    en: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """A finding that keeps an order waiting."""

    identifier: UUID
    order: UUID
    finding: Finding
    opened_at: datetime

    @property
    def name(self) -> str:
        """`orders/{order}/holds/{hold}`."""
        return f"{resource_name('orders', self.order)}/holds/{self.identifier}"


def held(order: UUID, findings: tuple[Finding, ...], now: datetime) -> tuple[Hold, ...]:
    """The holds that findings put on an order."""
    return tuple(Hold(new_id(), order, one, now) for one in findings)
