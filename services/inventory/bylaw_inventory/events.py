"""What others may learn from inventory, as facts that leave with their commit."""

from bylaw.inventory.v1 import feed_pb2, reservations_pb2
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.goods import item_message, warehouse_message
from bylaw_inventory.messages.stock import movement_message
from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.goods.place import WAREHOUSES, Warehouse
from bylaw_inventory.rules.ledger.movement import Movement
from bylaw_inventory.rules.reserving.reservation import Reservation, ReservationState


def item_changed(made: Item) -> Fact:
    """An item was put on record or changed."""
    event = feed_pb2.Event(item_changed=item_message(made))
    return Fact("item_changed", str(made.identifier), event.SerializeToString())


def warehouse_changed(made: Warehouse) -> Fact:
    """A warehouse was opened."""
    event = feed_pb2.Event(warehouse_changed=warehouse_message(made))
    return Fact("warehouse_changed", str(made.identifier), event.SerializeToString())


def stock_moved(made: Movement) -> Fact:
    """Goods moved; why is not told."""
    event = feed_pb2.Event(stock_moved=movement_message(made))
    event.stock_moved.ClearField("reason")
    return Fact("stock_moved", str(made.warehouse), event.SerializeToString())


def reservation_changed(made: Reservation, state: ReservationState) -> Fact:
    """A reservation was made, confirmed, used up, released, or expired."""
    changed = reservations_pb2.StockReservationChanged(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.wish.warehouse),
        state=reservations_pb2.StockReservationState.ValueType(state),
    )
    event = feed_pb2.Event(reservation_changed=changed)
    return Fact("reservation_changed", str(made.identifier), event.SerializeToString())
