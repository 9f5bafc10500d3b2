"""The month report: opening, in and out by kind, closing, of each item at each place and in the house (WHS-5)."""

import calendar
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.rules.quantity import ZERO, written

MONTHS = "stockMonths"


class MonthFormat(IntEnum):
    """What a report is written as; the numbers are those of the contract."""

    CSV = 1
    XLSX = 2


class Flow(NamedTuple):
    """What came and what went in one kind of movement; both are zero or more."""

    kind: MovementKind
    came: Decimal
    went: Decimal


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What became of an item at a place; `place` is nothing, and its code empty, for the whole house."""

    item: UUID
    item_code: str
    display_name: str
    unit: str
    place: UUID | None
    place_code: str
    opening: Decimal
    flows: tuple[Flow, ...]

    @property
    def came(self) -> Decimal:
        """All that came."""
        return sum((flow.came for flow in self.flows), ZERO)

    @property
    def went(self) -> Decimal:
        """All that went."""
        return sum((flow.went for flow in self.flows), ZERO)

    @property
    def closing(self) -> Decimal:
        """On hand at the end: it follows from the rest."""
        return self.opening + self.came - self.went

    @property
    def order(self) -> tuple[str | UUID, ...]:
        """Where it stands in the report: an item's lines one behind the other, at places or in the house."""
        goods = (self.item_code, self.item)
        return (*goods, self.place_code, self.place) if self.place else goods


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """Which days of which warehouse a report tells of: from the month's first to a last."""

    warehouse: UUID
    month: date
    last: date

    @property
    def name(self) -> str:
        """`warehouses/{warehouse}/stockMonths/{YYYY-MM}`."""
        return month_name(self.warehouse, self.month)


@dataclass(frozen=True, slots=True)
class HandOver:
    """A report that was handed over; `version` counts those of its month from 1."""

    span: MonthSpan
    version: int
    lines: int
    digest: bytes
    remark: str
    at: datetime
    by: str


def month_name(warehouse: UUID, month: date) -> str:
    """`warehouses/018f.../stockMonths/2026-11`."""
    return f"{resource_name(WAREHOUSES, warehouse)}/{MONTHS}/{month:%Y-%m}"


def last_of(month: date) -> date:
    """The last day of the month that begins so."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def in_the_house(lines: Iterable[MonthLine]) -> Iterator[MonthLine]:
    """The lines of each item together, which come one behind the other; what moved within the house is left out."""
    for _, own in groupby(lines, attrgetter("item")):
        yield _together(list(own))


def digest_of(lines: Iterable[MonthLine]) -> bytes:
    """The SHA-256 of a report's lines by item and place: two reports are the same where it is.

    Goods and places by the codes that people know them by, which stay for ever, and in an order of its own.
    """
    found = hashlib.sha256()
    for line in sorted(lines, key=attrgetter("item_code", "place_code")):
        flows = [f"{int(flow.kind)} {written(flow.came)} {written(flow.went)}" for flow in line.flows]
        said = (line.item_code, line.place_code, written(line.opening), *flows)
        found.update("\t".join(said).encode() + b"\n")
    return found.digest()


def _together(lines: Sequence[MonthLine]) -> MonthLine:
    first = lines[0]
    kinds: dict[MovementKind, Flow] = {}
    for flow in (flow for line in lines for flow in line.flows if flow.kind is not MovementKind.TRANSFER):
        known = kinds.get(flow.kind, Flow(flow.kind, ZERO, ZERO))
        kinds[flow.kind] = Flow(flow.kind, known.came + flow.came, known.went + flow.went)
    flows = tuple(kinds[kind] for kind in sorted(kinds))
    opening = sum((line.opening for line in lines), ZERO)
    return MonthLine(first.item, first.item_code, first.display_name, first.unit, None, "", opening, flows)
