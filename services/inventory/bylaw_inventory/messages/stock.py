"""Movements, balances, cards and reservations as messages of the contract."""

from decimal import Decimal
from typing import Any

from bylaw.inventory.v1 import reservations_pb2, stock_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity, stated, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.ledger.balance import BALANCES
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.ledger.movement import MOVEMENTS, MovedLine, Movement, Paper
from bylaw_inventory.rules.ledger.shown import ShownBalance
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS, Reservation, ReservedLine


def movement_message(made: Movement) -> Any:
    """A movement with its lines and papers."""
    return stock_pb2.StockMovement(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        kind=stock_pb2.StockMovementKind.ValueType(made.kind),
        book_date=made.day.isoformat(),
        lines=map(line_message, made.lines),
        papers=map(paper_message, made.papers),
        reservation=resource_name(RESERVATIONS, made.reservation),
        reason=made.reason,
        reverses=resource_name(MOVEMENTS, made.reverses),
        reversed_by=resource_name(MOVEMENTS, made.reversed_by),
        post_time=timestamp(made.posted_at),
        posted_by=resource_name("people", caller_by_key(made.posted_by).person),
    )


def balance_message(shown: ShownBalance) -> Any:
    """A balance."""
    return stock_pb2.StockBalance(
        name=resource_name(BALANCES, shown.identifier),
        item=resource_name(ITEMS, shown.item),
        place=resource_name(PLACES, shown.place),
        lot=shown.lot,
        expiry_date=shown.expires.isoformat() if shown.expires else "",
        on_hand=quantity(shown.on_hand, shown.unit),
        reserved=quantity(shown.reserved, shown.unit),
    )


def card_entry_message(shown: tuple[Entry, Decimal, Decimal]) -> Any:
    """An entry with what was on hand and reserved after it."""
    entry, on_hand, reserved = shown
    return stock_pb2.CardEntry(
        number=entry.number,
        book_date=entry.day.isoformat(),
        post_time=timestamp(entry.at),
        stock_movement=resource_name(MOVEMENTS, entry.movement),
        stock_reservation=resource_name(RESERVATIONS, entry.reservation),
        on_hand_difference=written(entry.on_hand),
        reserved_difference=written(entry.reserved),
        on_hand=written(on_hand),
        reserved=written(reserved),
        stated_difference=entry.said,
    )


def reservation_message(made: Reservation) -> Any:
    """A reservation with its lines."""
    wish = made.wish
    return reservations_pb2.StockReservation(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, wish.warehouse),
        purpose=wish.purpose,
        lines=map(_reserved_line, made.lines),
        partial=wish.partial,
        hold_minutes=wish.hold_minutes,
        state=reservations_pb2.StockReservationState.ValueType(made.state),
        expire_time=timestamp(made.expires_at),
        create_time=timestamp(made.created_at),
        end_time=timestamp(made.ended_at),
        packed_with=made.packed_with,
    )


def paper_message(paper: Paper) -> Any:
    """A paper."""
    return stock_pb2.Paper(kind=stock_pb2.PaperKind.ValueType(paper.kind), number=paper.number)


def line_message(line: MovedLine) -> Any:
    """Goods between two places."""
    return stock_pb2.StockMovementLine(
        item=resource_name(ITEMS, line.item),
        from_place=resource_name(PLACES, line.from_place),
        to_place=resource_name(PLACES, line.to_place),
        quantity=quantity(line.quantity, line.unit),
        lot=line.lot_code,
        expiry_date=line.expires.isoformat() if line.expires else "",
        stated_quantity=stated(line.said),
    )


def _reserved_line(line: ReservedLine) -> Any:
    return reservations_pb2.StockReservationLine(
        item=resource_name(ITEMS, line.item),
        quantity=quantity(line.wanted, line.unit),
        reserved=quantity(line.reserved, line.unit),
        issued=quantity(line.issued, line.unit),
    )
