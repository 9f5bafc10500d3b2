"""Parcels as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import parcels_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.packing.check import PACK_CHECKS
from bylaw_inventory.rules.parcels.open_hand_over import OpenHandOver
from bylaw_inventory.rules.parcels.parcel import PARCELS, Parcel
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS


def parcel_message(made: Parcel) -> Any:
    """A parcel, with its receipt where that has come."""
    message = parcels_pb2.Parcel(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        carrier=made.carrier,
        number=made.number,
        stock_movement=resource_name(MOVEMENTS, made.movement),
        hand_over_time=timestamp(made.handed_at),
        handed_over_by=resource_name("people", caller_by_key(made.handed_by).person),
        more_stock_movements=[resource_name(MOVEMENTS, one) for one in made.more],
    )
    if receipt := made.receipt:
        message.receipt = receipt.number
        message.receipt_time.FromDatetime(receipt.at)
        message.receipt_by = resource_name("people", caller_by_key(receipt.by).person)
    return message


def parcel_changed_message(made: Parcel) -> Any:
    """What others are told of it: who did what is not among it."""
    return parcels_pb2.ParcelChanged(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        carrier=made.carrier,
        number=made.number,
        stock_movement=resource_name(MOVEMENTS, made.movement),
        receipt=made.receipt.number if made.receipt else "",
        more_stock_movements=[resource_name(MOVEMENTS, one) for one in made.more],
    )


def open_hand_over_message(found: OpenHandOver) -> Any:
    """Something on its way to a carrier."""
    return parcels_pb2.OpenHandOver(
        stage=parcels_pb2.HandOverStage.ValueType(found.stage),
        since_time=timestamp(found.since),
        pack_check=resource_name(PACK_CHECKS, found.check),
        stock_movement=resource_name(MOVEMENTS, found.movement),
        reservation=resource_name(RESERVATIONS, found.reservation),
        parcel=resource_name(PARCELS, found.parcel),
        carrier=found.carrier,
        reference=found.reference,
    )
