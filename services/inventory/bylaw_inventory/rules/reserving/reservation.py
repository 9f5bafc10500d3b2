"""Reservations: what is free goes to whoever asks first, what expires first goes first, all or nothing unless asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.ledger.balance import Balance
from bylaw_inventory.rules.quantity import ZERO

RESERVATIONS = "stockReservations"


class ReservationState(IntEnum):
    """Where a reservation stands; the numbers are those of the contract."""

    HELD = 1
    CONFIRMED = 2
    USED = 3
    RELEASED = 4
    EXPIRED = 5


LIVE = frozenset({ReservationState.HELD, ReservationState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class ReservationWish:
    """What is wanted: so much of each item, in a warehouse; `partial`: as much as is free will do."""

    warehouse: UUID
    purpose: str
    wanted: tuple[tuple[UUID, Decimal], ...]
    partial: bool
    hold_minutes: int


class ReservedLine(NamedTuple):
    """How much of an item was wanted, is reserved, and of that was issued."""

    item: UUID
    wanted: Decimal
    reserved: Decimal
    unit: str
    issued: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What a live reservation still holds."""
        return self.reserved - self.issued


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation on record. `expires_at` is nothing once it is confirmed or ended.

    `packed_with`: what goes in the same parcel, for those who pack; it moves nothing.
    """

    identifier: UUID
    wish: ReservationWish
    state: ReservationState
    lines: tuple[ReservedLine, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    ended_at: datetime | None = None
    packed_with: str = ""

    @property
    def name(self) -> str:
        """`stockReservations/{stock_reservation}`."""
        return resource_name(RESERVATIONS, self.identifier)

    @property
    def live(self) -> bool:
        """Whether it holds anything for anybody."""
        return self.state in LIVE


class FreeBalance(NamedTuple):
    """A bin's balance that may be reserved from, and when its lot expires (None: never)."""

    balance: Balance
    expires: date | None


class Claimed(NamedTuple):
    """What reservations may be made of: which of their ids are on record, how each item is counted, its bins, locked.

    `time_zone` is that of the warehouse; there is none where it is out of reach, or not at all.
    """

    time_zone: str | None
    taken: frozenset[UUID]
    goods: Mapping[UUID, Counted]
    bins: list[FreeBalance]


class Allocation(NamedTuple):
    """So much of a balance."""

    balance: Balance
    quantity: Decimal


def allocated(
    wanted: Mapping[UUID, Decimal], bins: Iterable[FreeBalance], today: date
) -> tuple[list[Allocation], dict[UUID, Decimal]]:
    """What of each balance is taken for what is wanted, and what is free of each item that is short.

    Expired lots are not taken; of the others those that expire first go first, then the fuller bin, so that goods are
    picked in few places (WHS-7). A bin that may go below zero gives what is asked when nothing else is left.
    """
    usable = [one for one in bins if one.expires is None or one.expires >= today]
    usable.sort(key=lambda one: (one.expires or date.max, -one.balance.free, one.balance.identifier))
    by_item = defaultdict[UUID, list[Balance]](list)
    for one in usable:
        by_item[one.balance.key.item].append(one.balance)
    taken: list[Allocation] = []
    short: dict[UUID, Decimal] = {}
    for item, quantity in wanted.items():
        own, left = by_item[item], quantity
        for balance in own:
            part = min(balance.free, left)
            if part > ZERO:
                taken.append(Allocation(balance, part))
                left -= part
        if left > ZERO and (endless := next((one for one in own if one.limits.below_zero), None)):
            taken = _added(taken, endless, left)
        elif left > ZERO:
            short[item] = quantity - left
    return taken, short


def _added(taken: list[Allocation], balance: Balance, quantity: Decimal) -> list[Allocation]:
    """The same with so much more of a balance, which is named once."""
    before = sum((one.quantity for one in taken if one.balance is balance), ZERO)
    return [*(one for one in taken if one.balance is not balance), Allocation(balance, before + quantity)]
