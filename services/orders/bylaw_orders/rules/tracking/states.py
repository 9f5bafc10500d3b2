"""Where a parcel is, in the same words for every courier (ORD-2)."""

from enum import IntEnum

from bylaw_orders.rules.orders.standing import Fulfilment


class State(IntEnum):
    """Of a parcel; the numbers are those of the contract."""

    NO_TRACE = 1
    PICKED_UP = 2
    IN_TRANSIT = 3
    FORWARDED = 4
    CUSTOMS = 5
    OUT_FOR_DELIVERY = 6
    IN_LOCKER = 7
    PROBLEM = 8
    REFUSED = 9
    SIGNED = 10
    RETURNING = 11
    RETURN_SIGNED = 12


class SignedBy(IntEnum):
    """Who took it; a locker is not the customer, but whoever takes it out of one has it. The contract's numbers."""

    CUSTOMER = 1
    PROXY = 2
    LOCKER = 3


WORDS: dict[State, tuple[str, str]] = {
    State.NO_TRACE: ("暂无物流信息", "no trace yet"),
    State.PICKED_UP: ("已揽收", "picked up"),
    State.IN_TRANSIT: ("运输中", "in transit"),
    State.FORWARDED: ("已转投", "forwarded"),
    State.CUSTOMS: ("清关中", "at customs"),
    State.OUT_FOR_DELIVERY: ("派送中", "out for delivery"),
    State.IN_LOCKER: ("已放入快递柜或驿站", "in a locker or at a station"),
    State.PROBLEM: ("疑难件", "a problem"),
    State.REFUSED: ("拒收", "refused"),
    State.SIGNED: ("已签收", "signed for"),
    State.RETURNING: ("退回中", "on its way back"),
    State.RETURN_SIGNED: ("退回已签收", "back, and signed for"),
}
ENDED = frozenset({State.SIGNED, State.RETURN_SIGNED})
"""Nothing more is expected of it."""
TROUBLED = frozenset({State.PROBLEM, State.REFUSED, State.RETURNING, State.RETURN_SIGNED})
"""Somebody has to look after it."""
WAY_BACK = frozenset({State.REFUSED, State.RETURNING, State.RETURN_SIGNED})


def stage(state: State, *, was_signed: bool) -> Fulfilment:
    """How far an order's goods are by this parcel: what the customer had once has arrived, whatever became of it."""
    if was_signed or state is State.SIGNED:
        return Fulfilment.SIGNED
    return Fulfilment.HANDED_OVER if state is State.NO_TRACE else Fulfilment.IN_TRANSIT
