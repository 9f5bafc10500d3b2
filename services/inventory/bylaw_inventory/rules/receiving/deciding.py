"""What may be accepted of a delivery, what a refusal takes, and what becomes of the note (WHS-1, WHS-2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid, Violation

from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.receiving.count import CountedLine, keyed
from bylaw_inventory.rules.receiving.delivery import Decision
from bylaw_inventory.rules.receiving.note import GoodsKey, NoteState
from bylaw_inventory.rules.receiving.refusals import (
    AcceptedBeyondCount,
    DeliveryEmpty,
    DeliveryNotFit,
    NoteOutcomeRefused,
    RefusalUnexplained,
    RefusalUnproven,
)
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.units.converting import stated_of
from bylaw_inventory.rules.units.unit import Said

FIELD = "lines"


class NoteOutcome(IntEnum):
    """What becomes of the note by a decision; the numbers are those of the contract."""

    FOLLOWS = 0
    STAYS_OPEN = 1
    CLOSES = 2
    GOES_BACK = 3


@dataclass(frozen=True, slots=True)
class AcceptedWish:
    """So much is to be taken in of some goods; `place` is nothing for the place of the decision."""

    item: UUID
    lot: str
    value: str
    unit: str
    place: UUID | None


@dataclass(frozen=True, slots=True)
class DecisionWish:
    """A decision as it was asked for; `day` is nothing for today."""

    delivery: UUID
    decision: Decision
    lines: tuple[AcceptedWish, ...]
    reason: str
    over_reason: str
    outcome: NoteOutcome
    place: UUID | None
    put_away: bool
    day: date | None


class TakenIn(NamedTuple):
    """So much of some goods is taken in, and where to, if that was said; `said` as stated in a further unit."""

    key: GoodsKey
    quantity: Decimal
    place: UUID | None = None
    said: Said | None = None


class NoteStanding(NamedTuple):
    """How a note stands once a decision has its effect."""

    is_met: bool
    """Everything announced is there within its tolerance."""
    nothing_accepted: bool
    others_wait: bool
    """Another delivery of it is not decided."""


def taken_in(wish: DecisionWish, counted: Sequence[CountedLine], goods: Mapping[UUID, Counted]) -> list[TakenIn]:
    """How much of what is accepted; refuses what the contract says of it. Only what is fit is ever accepted."""
    if wish.decision is Decision.ACCEPTED_IN_PART:
        return _parts(wish.lines, keyed(counted), goods)
    if wish.lines:
        raise FieldInvalid(
            field="lines", zh="只有部分接收才逐行填写数量", en="lines are for a delivery that is accepted in part"
        )
    if wish.decision is Decision.REFUSED:
        return []
    if any(line.total > line.fit for line in counted):
        raise DeliveryNotFit
    if not counted:
        raise DeliveryEmpty
    return [TakenIn(line.key, line.fit, said=line.fit_said) for line in counted]


def totals(taken: Iterable[TakenIn]) -> dict[GoodsKey, Decimal]:
    """The same goods as one."""
    found: dict[GoodsKey, Decimal] = {}
    for one in taken:
        found[one.key] = found.get(one.key, ZERO) + one.quantity
    return found


def check_refusal(
    wish: DecisionWish, counted: Sequence[CountedLine], accepted: Mapping[GoodsKey, Decimal], *, photos: int
) -> bool:
    """Whether anything is refused; that takes a reason and a photo (WHS-2)."""
    refused = wish.decision is Decision.REFUSED or any(line.total > accepted.get(line.key, ZERO) for line in counted)
    if refused and not wish.reason:
        raise RefusalUnexplained
    if refused and not photos:
        raise RefusalUnproven
    return refused


def expired(taken: Sequence[TakenIn], counted: Sequence[CountedLine], today: date) -> list[Violation]:
    """Lots that would be taken in though they are past their date, line by line."""
    known = keyed(counted)
    return [
        Fault("LOT_EXPIRED", f"该批次已于 {day} 过期，不得入库", f"the lot expired on {day}: refuse it").at(
            f"{FIELD}[{number}].lot"
        )
        for number, one in enumerate(taken)
        if (day := known[one.key].expires) and known[one.key].has_expired(today)
    ]


def line_of(key: GoodsKey, taken: Sequence[TakenIn]) -> int:
    """Which line takes some goods in, by their lot or, where none is said, by their item alone."""
    item, lot = key
    return next(number for number, one in enumerate(taken) if one.key == key or (not lot and one.key[0] == item))


def standing_after(wish: DecisionWish, standing: NoteStanding) -> NoteState:
    """Where the note stands after the decision: as was asked, where the quantities bear it (WHS-1)."""
    if wish.outcome is NoteOutcome.FOLLOWS:
        return NoteState.CLOSED if standing.is_met and not standing.others_wait else NoteState.OPEN
    if wish.outcome is NoteOutcome.STAYS_OPEN:
        if standing.is_met:
            raise NoteOutcomeRefused("全部货物已到齐，送货单应当关闭", "all of it is there, and the note closes")
        return NoteState.OPEN
    if standing.others_wait:
        raise NoteOutcomeRefused("该送货单还有未处理的到货", "another delivery of the note is not decided yet")
    if wish.outcome is NoteOutcome.GOES_BACK:
        if not standing.nothing_accepted:
            raise NoteOutcomeRefused("已有货物入库，只能关闭", "some of it was accepted, and it can only be closed")
        return NoteState.RETURNED
    if standing.nothing_accepted:
        raise NoteOutcomeRefused("没有任何货物入库，应作退回", "nothing of it was accepted, and it goes back")
    if not (standing.is_met or wish.reason):
        raise RefusalUnexplained
    return NoteState.CLOSED


def _parts(
    lines: Sequence[AcceptedWish], counted: Mapping[GoodsKey, CountedLine], goods: Mapping[UUID, Counted]
) -> list[TakenIn]:
    found: list[TakenIn] = []
    faults: list[Violation] = []
    for number, line in enumerate(lines):
        item, key = goods.get(line.item), (line.item, line.lot)
        if item is None or key not in counted:
            missing = Fault("ITEM_NOT_FOUND", "本次到货没有点到", "it was not counted in this delivery")
            faults.append(missing.at(f"{FIELD}[{number}].item"))
            continue
        said = (line.value, line.unit)
        stated = stated_of(*said, item)
        if isinstance(stated, Fault):
            faults.append(stated.at(f"{FIELD}[{number}].quantity"))
        else:
            found.append(TakenIn(key, stated.quantity, line.place, stated.said))
    if faults:
        raise LinesRefused(faults)
    total = totals(found)
    beyond = [_beyond(line_of(key, found), counted[key]) for key in total if total[key] > counted[key].fit]
    if beyond:
        raise AcceptedBeyondCount(beyond)
    return found


def _beyond(number: int, line: CountedLine) -> Violation:
    fit = written(line.fit)
    fault = Fault("ACCEPTED_BEYOND_COUNT", f"完好的只有 {fit}", f"only {fit} of it is fit")
    return fault.at(f"{FIELD}[{number}].quantity")
