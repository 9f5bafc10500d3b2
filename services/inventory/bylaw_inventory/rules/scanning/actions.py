"""What can be done with what was scanned, and which permission it takes."""

from collections.abc import Collection, Mapping
from enum import IntEnum

from bylaw_inventory.rules.scanning.barcode import CodeKind


class Action(IntEnum):
    """What can be done; the numbers are those of the contract."""

    SHOW_STOCK = 1
    RECEIVE = 2
    PUT_AWAY = 3
    MOVE = 4
    COUNT = 5
    RESERVE = 6
    CREATE_ITEM = 7


PERMISSIONS: Mapping[Action, str] = {
    Action.SHOW_STOCK: "inventory.stock.read",
    Action.RECEIVE: "inventory.deliveries.count",
    Action.PUT_AWAY: "inventory.put_aways.create",
    Action.MOVE: "inventory.stock.post",
    Action.COUNT: "inventory.stocktakes.count",
    Action.RESERVE: "inventory.reservations.create",
    Action.CREATE_ITEM: "inventory.items.create",
}
"""What each takes over the warehouse; an item is put on record for the whole organisation."""

MOVES = frozenset({Action.PUT_AWAY, Action.MOVE})
"""Of special goods for their keepers alone (WHS-9)."""

_OF_PLACE = (Action.SHOW_STOCK, Action.PUT_AWAY, Action.MOVE, Action.COUNT)
_OF_ITEM = (*_OF_PLACE[:1], Action.RECEIVE, *_OF_PLACE[1:], Action.RESERVE)


def possible(kind: CodeKind, *, known: bool, kept_by_others: bool) -> Collection[Action]:
    """What can be done with a place, or with goods that are on record or not, or that others alone move."""
    if kind is CodeKind.PLACE:
        return _OF_PLACE
    if known:
        return [one for one in _OF_ITEM if not (kept_by_others and one in MOVES)]
    return (Action.RECEIVE,) if kind is CodeKind.SSCC else (Action.CREATE_ITEM,)
