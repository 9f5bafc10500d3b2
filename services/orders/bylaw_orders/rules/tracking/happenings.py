"""What of a parcel and of a promise is worth a row in an order's timeline (ORD-2, ORD-3)."""

from bylaw_orders.rules.orders.timeline import Happened
from bylaw_orders.rules.tracking.promises import Promised
from bylaw_orders.rules.tracking.states import State

OF_STATES = {
    State.PICKED_UP: Happened.PARCEL_UNDER_WAY,
    State.IN_TRANSIT: Happened.PARCEL_UNDER_WAY,
    State.FORWARDED: Happened.PARCEL_UNDER_WAY,
    State.CUSTOMS: Happened.PARCEL_UNDER_WAY,
    State.OUT_FOR_DELIVERY: Happened.PARCEL_OUT_FOR_DELIVERY,
    State.IN_LOCKER: Happened.PARCEL_IN_LOCKER,
    State.PROBLEM: Happened.PARCEL_IN_TROUBLE,
    State.REFUSED: Happened.PARCEL_REFUSED,
    State.SIGNED: Happened.PARCEL_SIGNED,
    State.RETURNING: Happened.PARCEL_RETURNING,
    State.RETURN_SIGNED: Happened.PARCEL_RETURNED,
}
OF_PROMISES = {
    Promised.ON_TIME: Happened.PROMISE_ON_TIME,
    Promised.AT_RISK: Happened.PROMISE_AT_RISK,
    Promised.OVERDUE: Happened.PROMISE_OVERDUE,
}
