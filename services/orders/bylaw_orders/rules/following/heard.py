"""What orders hears from inventory of what was reserved for it: issued, reversed, handed over, back (ORD-2, WHS-3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID


class HeardKind(IntEnum):
    """Kinds of what is heard, as they are kept."""

    ISSUED = 1
    ISSUE_REVERSED = 2
    RESERVATION_ENDED = 3
    PARCEL_HANDED_OVER = 4
    RETURNED = 5
    RETURN_REVERSED = 6


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
    """A parcel with what an issue took from a reservation was handed to a carrier."""

    parcel: UUID
    warehouse: UUID
    reservation: UUID
    movement: UUID
    carrier: str
    number: str
    at: datetime


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


Heard = Issued | IssueReversed | ReservationEnded | ParcelHandedOver | Returned | ReturnReversed


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
    """A parcel, as inventory tells it: by which issue it was made, and not for whom."""

    parcel: UUID
    warehouse: UUID
    movement: UUID
    carrier: str
    number: str
    at: datetime


Told = Issued | Returned | ReservationEnded | Reversed | ParcelTold
Movements = Mapping[UUID, Issued | Returned]
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
                found.add(one.movement)
    return found


def understood(told: Iterable[Told], before: Movements) -> list[Heard]:
    """What was told, in its order, with what it is about; what concerns no order is left out.

    `before`: the movements heard of before.
    """
    known, found = dict(before), list[Heard]()
    for one in told:
        if isinstance(one, Issued | Returned):
            known[one.movement] = one
        heard = _understood(one, known)
        if heard:
            found.append(heard)
    return found


def _understood(one: Told, known: Movements) -> Heard | None:
    if isinstance(one, Reversed):
        return _reversal(one, known.get(one.reverses))
    if isinstance(one, ParcelTold):
        issue = known.get(one.movement)
        if not isinstance(issue, Issued):
            return None
        of = (one.parcel, one.warehouse, issue.reservation, one.movement)
        return ParcelHandedOver(*of, one.carrier, one.number, one.at)
    return one


def _reversal(one: Reversed, first: Issued | Returned | None) -> Heard | None:
    of = (one.movement, one.reverses, one.warehouse)
    match first:
        case Issued():
            return IssueReversed(*of, first.reservation, one.goods, one.at)
        case Returned():
            return ReturnReversed(*of, first.slips, one.goods, one.at)
        case None:
            return None
