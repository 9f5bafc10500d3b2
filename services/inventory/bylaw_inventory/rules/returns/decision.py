"""What becomes of returned goods: so much of what waits of a return, to sale, to scrap, or to the supplier (WHS-6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.ledger.balance import BalanceKey, lot_id
from bylaw_inventory.rules.ledger.movement import MovedLine
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.units.converting import quantity_of

RETURN_DECISIONS, FIELD = "returnDecisions", "lines"
NO_SUCH_GOODS = Fault("RETURN_LINE_NOT_FOUND", "该退货中没有此商品或批次", "the return has no such goods")


class ReturnOutcome(IntEnum):
    """What becomes of goods; the numbers are those of the contract."""

    SALE = 1
    SCRAP = 2
    SUPPLIER = 3


class ScrapState(IntEnum):
    """Where the scrap of a decision stands; the numbers are those of the contract."""

    NONE = 0
    WAITING = 1
    BOOKED = 2
    REFUSED = 3
    WITHDRAWN = 4
    LAPSED = 5


class LineWish(NamedTuple):
    """Goods as somebody wants to decide on them; the quantity as it was written, `place` nothing for the fixed one."""

    item: UUID
    lot: str
    value: str
    unit: str
    outcome: ReturnOutcome
    place: UUID | None
    cause: str
    responsible: UUID | None


class ReturnWish(NamedTuple):
    """What is to be decided on a return; `slip` is the paper by which goods go back to the supplier."""

    movement: UUID
    lines: tuple[LineWish, ...]
    slip: str

    @property
    def scraps(self) -> bool:
        """Whether it is scrap: all of it is, or none."""
        return any(line.outcome is ReturnOutcome.SCRAP for line in self.lines)


class DecidedLine(NamedTuple):
    """So much of what waits at a place, and what becomes of it; `wished` is the line of the wish that it is of."""

    key: BalanceKey
    lot_code: str
    quantity: Decimal
    unit: str
    outcome: ReturnOutcome
    target: UUID | None
    cause: str
    responsible: UUID | None
    booked: UUID | None = None
    wished: int = 0

    def moved(self, target: UUID) -> MovedLine:
        """Its way to a place."""
        return MovedLine(self.key.item, self.key.lot, self.key.place, target, self.quantity, self.unit, self.lot_code)


@dataclass(frozen=True, slots=True)
class ReturnDecision:
    """A decision on record; of what waits for people, `decision` is theirs."""

    identifier: UUID
    warehouse: UUID
    movement: UUID
    slip: str
    decided_at: datetime
    decided_by: str
    lines: tuple[DecidedLine, ...]
    scrap: ScrapState = ScrapState.NONE
    decision: UUID | None = None
    photos: tuple[UUID, ...] = ()

    @property
    def name(self) -> str:
        """`returnDecisions/{return_decision}`."""
        return resource_name(RETURN_DECISIONS, self.identifier)

    @property
    def booked(self) -> tuple[UUID, ...]:
        """The movements that it made, each once."""
        return tuple(dict.fromkeys(line.booked for line in self.lines if line.booked))

    @property
    def outcomes(self) -> dict[tuple[UUID, ReturnOutcome], dict[tuple[UUID, str], Decimal]]:
        """How much of which item, in its unit, each movement that it made brought where."""
        found: dict[tuple[UUID, ReturnOutcome], dict[tuple[UUID, str], Decimal]] = {}
        for line in self.lines:
            if line.booked:
                goods, item = found.setdefault((line.booked, line.outcome), {}), (line.key.item, line.unit)
                goods[item] = goods.get(item, ZERO) + line.quantity
        return found

    def ended(self, state: ScrapState, movement: UUID | None = None) -> "ReturnDecision":
        """The same behind the end of its scrap."""
        return replace(self, scrap=state, lines=tuple(line._replace(booked=movement) for line in self.lines))


def left_of(returned: Iterable[MovedLine], decided: Mapping[BalanceKey, Decimal]) -> dict[BalanceKey, Decimal]:
    """What of a return nobody has decided on, by what it is and where it was put."""
    left: dict[BalanceKey, Decimal] = {}
    for line in returned:
        key = BalanceKey(line.item, line.to_place, line.lot)
        left[key] = left.get(key, ZERO) + line.quantity
    return {key: quantity - decided.get(key, ZERO) for key, quantity in left.items()}


def decided_lines(
    lines: Sequence[LineWish], left: Mapping[BalanceKey, Decimal], goods: Mapping[UUID, Item]
) -> list[DecidedLine]:
    """The lines in the ledger's terms, from where the goods lie; LinesRefused with every fault of every line.

    Never more than waits of the return: the lines before count.
    """
    rest, made, faults = dict(left), list[DecidedLine](), list[Violation]()
    for number, line in enumerate(lines):
        found = _taken(line, rest, goods.get(line.item))
        if isinstance(found, tuple):
            field, fault = found
            faults.append(fault.at(f"{FIELD}[{number}].{field}"))
            continue
        for key, quantity in found.items():
            rest[key] -= quantity
            said = (quantity, goods[line.item].wish.unit, line.outcome, line.place, line.cause, line.responsible)
            made.append(DecidedLine(key, line.lot, *said, wished=number))
    if faults:
        raise LinesRefused(faults)
    return made


def sale_faults(lines: Iterable[DecidedLine], expires: Mapping[UUID, date | None], today: date) -> list[Violation]:
    """Lots past their date are sold to nobody."""
    return [
        Fault("LOT_EXPIRED", f"该批次已于 {day} 过期，不得再销售", f"the lot expired on {day} and is not sold").at(
            f"{FIELD}[{line.wished}].lot"
        )
        for line in lines
        if line.outcome is ReturnOutcome.SALE and (day := expires.get(line.key.lot)) and day < today
    ]


def _taken(
    line: LineWish, rest: Mapping[BalanceKey, Decimal], item: Item | None
) -> dict[BalanceKey, Decimal] | tuple[str, Fault]:
    """From which places how much is taken; or which field is at fault."""
    own = {
        key: quantity
        for key, quantity in rest.items()
        if (key.item, key.lot) == (line.item, lot_id(line.item, line.lot))
    }
    if item is None or not own:
        return "item", NO_SUCH_GOODS
    quantity = quantity_of(line.value, line.unit, item.wish.counted)
    if isinstance(quantity, Fault):
        return "quantity", quantity
    waiting = sum(own.values(), ZERO)
    if quantity > waiting:
        text = written(waiting)
        return "quantity", Fault("RETURN_OVER_WAITING", f"该退货只剩 {text} 待处理", f"only {text} of the return wait")
    taken = {}
    for key, there in own.items():
        part = min(there, quantity)
        if part > ZERO:
            taken[key] = part
            quantity -= part
    return taken
