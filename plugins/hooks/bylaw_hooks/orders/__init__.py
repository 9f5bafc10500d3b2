"""What an order importer is written with: tables of texts in; whole orders, and rows that are refused, out."""

from bylaw_hooks.orders.cells import CellRefused, amount, currency, identifier, moment, needed, plain, text, within
from bylaw_hooks.orders.columns import Cells, Columns, Named, Reader, maybe, named
from bylaw_hooks.orders.facts import (
    GoodsKind,
    OrderKind,
    OrderState,
    ReadFault,
    ReadGoods,
    ReadOrder,
    ReadRecipient,
    place_of,
)
from bylaw_hooks.orders.gathering import Gathered, Gathering, fault_of
from bylaw_hooks.orders.importers import Header, OrderImporter, OrderTable, Row, Shop

__all__ = ["CellRefused", "Cells", "Columns", "Gathered", "Gathering", "GoodsKind", "Header", "Named"]
__all__ += ["OrderImporter", "OrderKind", "OrderState", "OrderTable", "ReadFault", "ReadGoods", "ReadOrder"]
__all__ += [
    "ReadRecipient",
    "Reader",
    "Row",
    "Shop",
    "amount",
    "currency",
    "fault_of",
    "identifier",
    "maybe",
    "moment",
    "named",
]
__all__ += ["needed", "place_of", "plain", "text", "within"]
