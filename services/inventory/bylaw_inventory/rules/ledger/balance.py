"""What is on hand and reserved of an item, of one lot of it, at a place; and what a change makes of it (WHS-4)."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.ledger.chain import FIRST, Entry, link
from bylaw_inventory.rules.quantity import ZERO

BALANCES = "stockBalances"
NO_LOT = UUID(int=0)


class BalanceKey(NamedTuple):
    """Which balance: an item, a place, and a lot or serial number (`NO_LOT`: the item is not tracked)."""

    item: UUID
    place: UUID
    lot: UUID

    @property
    def identifier(self) -> UUID:
        """Its id: made of what it is, so that everybody locks balances in one and the same order of ids."""
        said = self.item.bytes + self.place.bytes + self.lot.bytes
        return UUID(bytes=hashlib.blake2b(said, digest_size=16).digest())


def lot_id(item: UUID, code: str) -> UUID:
    """The id of an item's lot or serial number; `NO_LOT` for an empty code."""
    if not code:
        return NO_LOT
    return UUID(bytes=hashlib.blake2b(item.bytes + code.encode(), digest_size=16).digest())


@dataclass(frozen=True, slots=True)
class Limits:
    """What a balance may come to: below zero beyond the door and where the item may; a serial number is one piece."""

    below_zero: bool
    one_piece: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance as it stands, with the number and hash of its card's last entry.

    `frozen_by` is the stocktake that has its place frozen, where a movement asks (WHS-6).
    """

    key: BalanceKey
    limits: Limits
    on_hand: Decimal = ZERO
    reserved: Decimal = ZERO
    entries: int = 0
    head: bytes = FIRST
    frozen_by: UUID | None = None
    identifier: UUID = field(init=False, compare=False, repr=False)
    """The balance's id, worked out once: whoever sorts and changes balances asks for it again and again."""

    def __post_init__(self) -> None:
        """Works the id out."""
        object.__setattr__(self, "identifier", self.key.identifier)

    @property
    def name(self) -> str:
        """`stockBalances/{stock_balance}`."""
        return resource_name(BALANCES, self.identifier)

    @property
    def free(self) -> Decimal:
        """On hand and not reserved."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a balance changes, of what, on which day, when; `said` in a further unit, if it was."""

    on_hand: Decimal
    reserved: Decimal
    day: date
    at: datetime
    movement: UUID | None = None
    reservation: UUID | None = None
    said: str = ""


class ShortError(ValueError):
    """The balance does not hold so much; `free` is what it does."""

    def __init__(self, free: Decimal) -> None:
        super().__init__(f"only {free} is free")
        self.free = free


class NotOnePieceError(ValueError):
    """A serial number would be at a place twice, or leave it twice."""


def entered(balance: Balance, change: Change) -> Entry:
    """The entry that a change makes on the card; ShortError and NotOnePieceError where the balance cannot bear it.

    What is reserved is not free: only a change that takes it off the reserved too may take it (WHS-4).
    """
    on_hand, reserved = balance.on_hand + change.on_hand, balance.reserved + change.reserved
    if reserved < ZERO:
        raise ShortError(balance.reserved)
    lessens = change.on_hand < ZERO or change.reserved > ZERO
    if lessens and not balance.limits.below_zero and on_hand < reserved:
        raise ShortError(max(balance.free, ZERO))
    if balance.limits.one_piece and abs(on_hand) > 1:
        raise NotOnePieceError
    made = Entry(
        balance.identifier,
        balance.entries + 1,
        change.on_hand,
        change.reserved,
        change.movement,
        change.reservation,
        change.day,
        change.at,
        balance.head,
        said=change.said,
    )
    object.__setattr__(made, "hash", link(made))  # nobody has seen it yet, and a copy of it costs as much again
    return made


def advanced(balance: Balance, entry: Entry) -> Balance:
    """The balance behind an entry of its own, which the next one follows."""
    on_hand, reserved = balance.on_hand + entry.on_hand, balance.reserved + entry.reserved
    return replace(balance, on_hand=on_hand, reserved=reserved, entries=entry.number, head=entry.hash)
