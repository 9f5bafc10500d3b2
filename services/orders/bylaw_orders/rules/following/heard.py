"""What orders hears from inventory of what was reserved for it: issued, reversed, handed over, back (ORD-2, WHS-3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_orders.rules.orders.order import derived_id


class HeardKind(IntEnum):
    """Kinds of what is heard, as they are kept."""

    ISSUED = 1
    ISSUE_REVERSED = 2
    RESERVATION_ENDED = 3
    PARCEL_HANDED_OVER = 4
    RETURNED = 5
    RETURN_REVERSED = 6
    INSPECTED = 7
    INSPECTION_REVERSED = 8


class Outcome(IntEnum):
    """What became of returned goods; the numbers are those of inventory's contract."""

    SALE = 1
    SCRAP = 2
    SUPPLIER = 3


class ReservationEnd(IntEnum):
    """How a reservation ended; the numbers are those of inventory's contract."""

    USED = 3
    RELEASED = 4
    EXPIRED = 5


class MovedGoods(NamedTuple):
    """So much of an item, in its own unit."""

    item: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Issued:
    """Goods left the house against a reservation; `goods` has each item once."""

    movement: UUID
    warehouse: UUID
    reservation: UUID
    goods: tuple[MovedGoods, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class IssueReversed:
    """An issue was a mistake: its goods never left. The reservation is not what it was: it holds them no more."""

    movement: UUID
    reverses: UUID
    warehouse: UUID
    reservation: UUID
    goods: tuple[MovedGoods, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ReservationEnded:
    """A reservation holds no more: it was used up, released, or nobody confirmed it in time."""

    reservation: UUID
    warehouse: UUID
    end: ReservationEnd
    at: datetime


@dataclass(frozen=True, slots=True)
class ParcelHandedOver:
    """A parcel with what an issue took from a reservation was handed to a carrier.

    Where it holds goods of several issues each is told of by itself; but of the first (`packed_with`: it is another)
    `parcel` is an id of its own.
    """

    parcel: UUID
    warehouse: UUID
    reservation: UUID
    movement: UUID
    carrier: str
    number: str
    at: datetime
    packed_with: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """Goods came back from a customer, by the slips of their return, and wait to be looked at."""

    movement: UUID
    warehouse: UUID
    slips: tuple[str, ...]
    goods: tuple[MovedGoods, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ReturnReversed:
    """Goods that were booked as back had not come back."""

    movement: UUID
    reverses: UUID
    warehouse: UUID
    slips: tuple[str, ...]
    goods: tuple[MovedGoods, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Inspected:
    """Goods that came back by these slips were looked at, and are what was decided; `movement` booked it."""

    movement: UUID
    warehouse: UUID
    slips: tuple[str, ...]
    outcome: Outcome
    goods: tuple[MovedGoods, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class InspectionReversed:
    """What became of them was booked by mistake: they wait to be looked at again."""

    movement: UUID
    reverses: UUID
    warehouse: UUID
    slips: tuple[str, ...]
    outcome: Outcome
    goods: tuple[MovedGoods, ...]
    at: datetime


Back = Returned | ReturnReversed
Looked = Inspected | InspectionReversed
Heard = Issued | IssueReversed | ReservationEnded | ParcelHandedOver | Back | Looked


@dataclass(frozen=True, slots=True)
class Reversed:
    """A movement was reversed, as inventory tells it: which, and not what it was."""

    movement: UUID
    reverses: UUID
    warehouse: UUID
    goods: tuple[MovedGoods, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ParcelTold:
    """A parcel, as inventory tells it: by which issue it was made, which others it holds too, and not for whom."""

    parcel: UUID
    warehouse: UUID
    movement: UUID
    carrier: str
    number: str
    at: datetime
    more: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class InspectedTold:
    """What became of returned goods, as inventory tells it: by which return they came, and not by which slips."""

    movement: UUID
    warehouse: UUID
    returned: UUID
    outcome: Outcome
    goods: tuple[MovedGoods, ...]
    at: datetime


Told = Issued | Returned | ReservationEnded | Reversed | ParcelTold | InspectedTold
Movement = Issued | Returned | Inspected
Movements = Mapping[UUID, Movement]
"""Movements by their ids, of those that concern orders."""


def summed(goods: Iterable[MovedGoods]) -> tuple[MovedGoods, ...]:
    """Each item once, by item: lots and places are the warehouse's own affair."""
    found: dict[UUID, Decimal] = {}
    for one in goods:
        found[one.item] = found.get(one.item, Decimal(0)) + one.quantity
    return tuple(MovedGoods(item, found[item]) for item in sorted(found))


def asked_about(told: Iterable[Told]) -> set[UUID]:
    """The movements that one has to know to understand what was told."""
    found = set[UUID]()
    for one in told:
        match one:
            case Reversed():
                found.add(one.reverses)
            case ParcelTold():
                found |= {one.movement, *one.more}
            case InspectedTold():
                found.add(one.returned)
    return found


def understood(told: Iterable[Told], before: Movements) -> list[Heard]:
    """What was told, in its order, with what it is about; what concerns no order is left out.

    `before`: the movements heard of before.
    """
    known, found = dict(before), list[Heard]()
    for one in told:
        if isinstance(one, Issued | Returned):
            known[one.movement] = one
        match one:
            case Reversed():
                reversal = _reversal(one, known.get(one.reverses))
                found += [reversal] if reversal else []
            case ParcelTold():
                found += _parcels(one, known)
            case InspectedTold():
                looked = _looked(one, known.get(one.returned))
                found += [looked] if looked else []
                known |= {one.movement: looked} if looked else {}
            case _:
                found.append(one)
    return found


def _parcels(one: ParcelTold, known: Movements) -> list[Heard]:
    """A parcel as each of the orders has it whose goods are in it."""
    found = list[Heard]()
    for movement in (one.movement, *one.more):
        issue, first = known.get(movement), movement == one.movement
        if isinstance(issue, Issued):
            identifier = one.parcel if first else derived_id(b"packed with", one.parcel, movement.bytes)
            of = (identifier, one.warehouse, issue.reservation, movement)
            found.append(ParcelHandedOver(*of, one.carrier, one.number, one.at, packed_with=not first))
    return found


def _looked(one: InspectedTold, returned: Movement | None) -> Inspected | None:
    if not isinstance(returned, Returned):
        return None
    return Inspected(one.movement, one.warehouse, returned.slips, one.outcome, one.goods, one.at)


def _reversal(one: Reversed, first: Movement | None) -> Heard | None:
    of = (one.movement, one.reverses, one.warehouse)
    match first:
        case Issued():
            return IssueReversed(*of, first.reservation, one.goods, one.at)
        case Returned():
            return ReturnReversed(*of, first.slips, one.goods, one.at)
        case Inspected():
            return InspectionReversed(*of, first.slips, first.outcome, one.goods, one.at)
        case None:
            return None
