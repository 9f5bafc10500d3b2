"""Instants and quantities as messages of the contract."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from bylaw.types.v1 import amount_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.units.unit import Said


def timestamp(instant: datetime | None) -> Timestamp | None:
    """An instant; nothing for nothing."""
    if instant is None:
        return None
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def stated(said: Said | None) -> Any:
    """How a quantity was stated in a further unit; nothing for nothing."""
    return quantity(said.quantity, said.name) if said else None


def quantity(amount: Decimal, unit: str) -> Any:
    """So much of something."""
    return amount_pb2.Quantity(value=written(amount), unit=unit)
