"""What others may learn from inventory, as facts that leave with their commit."""

from bylaw.inventory.v1 import deliveries_pb2, delivery_notes_pb2, feed_pb2, reservations_pb2
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.books import book_day_closed_message, handed_over_message
from bylaw_inventory.messages.goods import item_message, warehouse_message
from bylaw_inventory.messages.listing import listing_message, sheet_message
from bylaw_inventory.messages.papers import movement_refused_message
from bylaw_inventory.messages.parcels import parcel_changed_message
from bylaw_inventory.messages.pricing import price_change_message
from bylaw_inventory.messages.returns import return_inspected_messages
from bylaw_inventory.messages.stock import movement_message
from bylaw_inventory.messages.stocktake import stocktake_changed_message
from bylaw_inventory.rules.books.day import ClosedDay
from bylaw_inventory.rules.books.month import HandOver
from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.goods.place import WAREHOUSES, Warehouse
from bylaw_inventory.rules.ledger.movement import Movement
from bylaw_inventory.rules.listing.listing import Listing
from bylaw_inventory.rules.listing.sheet import ShownSheet
from bylaw_inventory.rules.papers.refused import RefusedMovement
from bylaw_inventory.rules.parcels.parcel import Parcel
from bylaw_inventory.rules.pricing.change import PriceChange
from bylaw_inventory.rules.receiving.delivery import Delivery
from bylaw_inventory.rules.receiving.note import NOTES, DeliveryNote
from bylaw_inventory.rules.reserving.reservation import Reservation, ReservationState
from bylaw_inventory.rules.returns.decision import ReturnDecision
from bylaw_inventory.rules.stocktake.stocktake import Stocktake


def item_changed(made: Item) -> Fact:
    """An item was put on record or changed."""
    event = feed_pb2.Event(item_changed=item_message(made))
    return Fact("item_changed", str(made.identifier), event.SerializeToString())


def warehouse_changed(made: Warehouse) -> Fact:
    """A warehouse was opened."""
    event = feed_pb2.Event(warehouse_changed=warehouse_message(made))
    return Fact("warehouse_changed", str(made.identifier), event.SerializeToString())


def stocktake_changed(made: Stocktake) -> Fact:
    """A stocktake was opened, joined, counted, submitted, done, blocked or given up."""
    event = feed_pb2.Event(stocktake_changed=stocktake_changed_message(made))
    return Fact("stocktake_changed", str(made.identifier), event.SerializeToString())


def parcel_changed(made: Parcel) -> Fact:
    """A parcel was handed to a carrier, or its receipt was recorded."""
    event = feed_pb2.Event(parcel_changed=parcel_changed_message(made))
    return Fact("parcel_changed", str(made.identifier), event.SerializeToString())


def movement_refused(made: RefusedMovement) -> Fact:
    """A movement was refused for lack of papers."""
    event = feed_pb2.Event(movement_refused=movement_refused_message(made))
    return Fact("movement_refused", str(made.warehouse), event.SerializeToString())


def stock_moved(made: Movement) -> Fact:
    """Goods moved; why is not told."""
    event = feed_pb2.Event(stock_moved=movement_message(made))
    event.stock_moved.ClearField("reason")
    return Fact("stock_moved", str(made.warehouse), event.SerializeToString())


def return_inspected(made: ReturnDecision) -> list[Fact]:
    """Something became of returned goods: by each movement that booked it."""
    told = [feed_pb2.Event(return_inspected=one) for one in return_inspected_messages(made)]
    return [Fact("return_inspected", str(made.warehouse), event.SerializeToString()) for event in told]


def reservation_changed(made: Reservation, state: ReservationState) -> Fact:
    """A reservation was made, confirmed, used up, released, or expired."""
    changed = reservations_pb2.StockReservationChanged(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.wish.warehouse),
        state=reservations_pb2.StockReservationState.ValueType(state),
    )
    event = feed_pb2.Event(reservation_changed=changed)
    return Fact("reservation_changed", str(made.identifier), event.SerializeToString())


def item_sheet_changed(shown: ShownSheet) -> Fact:
    """A sheet or its pictures changed; what is missing of it changes with time, and is asked for."""
    event = feed_pb2.Event(item_sheet_changed=sheet_message(shown))
    event.item_sheet_changed.ClearField("missing")
    return Fact("item_sheet_changed", str(shown.sheet.item), event.SerializeToString())


def listing_changed(made: Listing) -> Fact:
    """An item was listed on a channel or taken off. By the listing: the newest event of an item is of one channel."""
    event = feed_pb2.Event(listing_changed=listing_message(made))
    return Fact("listing_changed", str(made.identifier), event.SerializeToString())


def price_change_changed(made: PriceChange) -> Fact:
    """A change of prices was asked for, or ended; why is not told."""
    event = feed_pb2.Event(price_change_changed=price_change_message(made))
    event.price_change_changed.ClearField("reason")
    return Fact("price_change_changed", str(made.identifier), event.SerializeToString())


def book_day_closed(made: ClosedDay) -> Fact:
    """A day of a warehouse's books was closed."""
    event = feed_pb2.Event(book_day_closed=book_day_closed_message(made))
    return Fact("book_day_closed", str(made.warehouse), event.SerializeToString())


def stock_month_handed_over(made: HandOver) -> Fact:
    """A month report was handed over."""
    event = feed_pb2.Event(stock_month_handed_over=handed_over_message(made))
    return Fact("stock_month_handed_over", str(made.span.warehouse), event.SerializeToString())


def delivery_note_changed(made: DeliveryNote) -> Fact:
    """A delivery note was put on record, or ended."""
    changed = delivery_notes_pb2.DeliveryNoteChanged(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        state=delivery_notes_pb2.DeliveryNoteState.ValueType(made.state),
    )
    event = feed_pb2.Event(delivery_note_changed=changed)
    return Fact("delivery_note_changed", str(made.identifier), event.SerializeToString())


def delivery_changed(made: Delivery) -> Fact:
    """A delivery was begun, counted, decided or called off."""
    decision = made.ending.decision if made.ending else None
    changed = deliveries_pb2.DeliveryChanged(
        name=made.name,
        delivery_note=resource_name(NOTES, made.note),
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        state=deliveries_pb2.DeliveryState.ValueType(made.state),
        decision=deliveries_pb2.DeliveryDecision.ValueType(decision or 0),
    )
    event = feed_pb2.Event(delivery_changed=changed)
    return Fact("delivery_changed", str(made.identifier), event.SerializeToString())
