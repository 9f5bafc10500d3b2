"""What inventory's feed tells of stock, reservations and parcels as facts."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw.inventory.v1 import stock_pb2

from bylaw_orders.messages.goods import told_id
from bylaw_orders.rules.following.heard import (
    InspectedTold,
    Issued,
    MovedGoods,
    Outcome,
    ParcelTold,
    ReservationEnd,
    ReservationEnded,
    Returned,
    Reversed,
    Told,
    summed,
)

LEAVING = frozenset(
    {
        stock_pb2.STOCK_MOVEMENT_KIND_ISSUE,
        stock_pb2.STOCK_MOVEMENT_KIND_SUPPLIER_RETURN,
        stock_pb2.STOCK_MOVEMENT_KIND_DELIVERY,
        stock_pb2.STOCK_MOVEMENT_KIND_SCRAP,
    }
)
MOVED, RESERVATION, PARCEL = "stock_moved", "reservation_changed", "parcel_changed"
INSPECTED = "return_inspected"


def told_facts(event: Any) -> Told | None:
    """What an event says, where it may concern an order at all."""
    at = event.occur_time.ToDatetime(tzinfo=UTC)
    match event.WhichOneof("change"):
        case "stock_moved":
            return _moved(event.stock_moved, at)
        case "reservation_changed":
            return _ended(event.reservation_changed, at)
        case "return_inspected":
            return _inspected(event.return_inspected, at)
        case _:
            return _parcel(event.parcel_changed, at)


def arrived_items(events: Iterable[Any]) -> set[UUID]:
    """The items of which more may be on the shelves than before: what orders are short of may be there now."""
    moved = (event.stock_moved for event in events if event.WhichOneof("change") == MOVED)
    return {told_id(line.item) for told in moved if told.kind not in LEAVING for line in told.lines}


def _moved(told: Any, at: datetime) -> Told | None:
    movement, warehouse = told_id(told.name), told_id(told.warehouse)
    match told.kind:
        case stock_pb2.STOCK_MOVEMENT_KIND_ISSUE if told.reservation:
            return Issued(movement, warehouse, told_id(told.reservation), _goods(told), at)
        case stock_pb2.STOCK_MOVEMENT_KIND_CUSTOMER_RETURN:
            return Returned(movement, warehouse, _slips(told), _goods(told), at)
        case stock_pb2.STOCK_MOVEMENT_KIND_REVERSAL:
            return Reversed(movement, told_id(told.reverses), warehouse, _goods(told), at)
        case _:
            return None


def _ended(told: Any, at: datetime) -> Told | None:
    if told.state not in {int(end) for end in ReservationEnd}:
        return None
    return ReservationEnded(told_id(told.name), told_id(told.warehouse), ReservationEnd(told.state), at)


def _inspected(told: Any, at: datetime) -> Told | None:
    if told.outcome not in {int(outcome) for outcome in Outcome}:
        return None
    of = (told_id(told.booked), told_id(told.warehouse), told_id(told.stock_movement))
    return InspectedTold(*of, Outcome(told.outcome), _goods(told), at)


def _parcel(told: Any, at: datetime) -> Told:
    movement: UUID = told_id(told.stock_movement)
    more = tuple(map(told_id, told.more_stock_movements))
    return ParcelTold(told_id(told.name), told_id(told.warehouse), movement, told.carrier, told.number, at, more)


def _goods(told: Any) -> tuple[MovedGoods, ...]:
    return summed(MovedGoods(told_id(line.item), Decimal(line.quantity.value)) for line in told.lines)


def _slips(told: Any) -> tuple[str, ...]:
    return tuple(paper.number for paper in told.papers if paper.kind == stock_pb2.PAPER_KIND_RETURN_SLIP)
