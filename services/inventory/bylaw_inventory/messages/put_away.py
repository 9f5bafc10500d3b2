"""Fixed places and what waits to be put away as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import put_away_pb2
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.put_away.fixed_place import FixedPlace, Waiting


def fixed_place_message(made: FixedPlace) -> Any:
    """An item's fixed place."""
    return put_away_pb2.FixedPlace(
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        item=resource_name(ITEMS, made.item),
        place=resource_name(PLACES, made.place),
        change_time=timestamp(made.changed_at),
    )


def put_away_message(waiting: Waiting) -> Any:
    """Goods that wait."""
    return put_away_pb2.PutAway(
        item=resource_name(ITEMS, waiting.item),
        lot=waiting.lot,
        expiry_date=waiting.expires.isoformat() if waiting.expires else "",
        from_place=resource_name(PLACES, waiting.place),
        to_place=resource_name(PLACES, waiting.fixed),
        quantity=quantity(waiting.quantity, waiting.unit),
    )
