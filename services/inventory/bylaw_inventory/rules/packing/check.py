"""A check of what is packed: what must go in, what is, and how it ended (WHS-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.packing.refusals import PackCheckEmpty, PackCheckShort, PackNothingLeft
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.refusals import Fault

PACK_CHECKS = "packChecks"


class PackState(IntEnum):
    """Where a check stands; the numbers are those of the contract."""

    OPEN = 1
    COMPLETE = 2
    SHORT = 3
    CALLED_OFF = 4


PACKED = frozenset({PackState.COMPLETE, PackState.SHORT})
"""What a check that ended so has in it was packed."""


class Subject(NamedTuple):
    """What is packed: a reservation, or an issue; one of both."""

    reservation: UUID | None = None
    movement: UUID | None = None


class Wanted(NamedTuple):
    """So much of an item, of one lot of it, that must go in and that no check has seen yet."""

    item: UUID
    lot: UUID
    quantity: Decimal


class PackLine(NamedTuple):
    """Goods that must go in, and how much of them is; `number` counts from 1."""

    number: int
    item: UUID
    item_code: str
    lot: str
    expires: date | None
    unit: str
    wanted: Decimal
    packed: Decimal = ZERO

    @property
    def lacking(self) -> Decimal:
        """How much is not in."""
        return self.wanted - self.packed


class PackEnding(NamedTuple):
    """How a check ended, when, by whom, and why where something is lacking or it was called off."""

    state: PackState
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PackCheck:
    """A check on record; `refused` scans of it were refused."""

    identifier: UUID
    warehouse: UUID
    subject: Subject
    started_at: datetime
    started_by: str
    lines: tuple[PackLine, ...] = ()
    ending: PackEnding | None = None
    refused: int = 0

    @property
    def name(self) -> str:
        """`packChecks/{pack_check}`."""
        return resource_name(PACK_CHECKS, self.identifier)

    @property
    def state(self) -> PackState:
        """Where it stands."""
        return self.ending.state if self.ending else PackState.OPEN


def left_to_check(taken: Sequence[Wanted]) -> list[Wanted]:
    """What must go in, less what other checks have seen; PackNothingLeft where that is nothing."""
    left = [one for one in taken if one.quantity > ZERO]
    if not left:
        raise PackNothingLeft
    return left


def closing_state(check: PackCheck, reason: str) -> PackState:
    """How a check closes; refuses PACK_CHECK_SHORT, naming each line, PACK_CHECK_EMPTY, and a reason for nothing."""
    if not any(line.packed for line in check.lines):
        raise PackCheckEmpty
    short = [line for line in check.lines if line.lacking]
    if short and not reason:
        raise PackCheckShort([_short(line).at(f"lines[{line.number - 1}]") for line in short])
    if reason and not short:
        raise FieldInvalid(
            field="reason", zh="没有缺少的货物，无需说明", en="nothing is lacking, and there is no reason"
        )
    return PackState.SHORT if short else PackState.COMPLETE


def _short(line: PackLine) -> Fault:
    goods = f"{line.item_code} {line.lot}".strip()
    lacking, unit = written(line.lacking), line.unit
    return Fault(
        PackCheckShort.reason,
        f"第 {line.number} 行 {goods} 还缺 {lacking} {unit}",
        f"line {line.number}: {lacking} {unit} of {goods} is lacking",
    )
