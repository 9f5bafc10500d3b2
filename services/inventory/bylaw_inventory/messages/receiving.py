"""Delivery notes, deliveries and tolerances as messages of the contract."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bylaw.inventory.v1 import deliveries_pb2, delivery_notes_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity, stated, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.receiving.comparing import Compared, by_announcement
from bylaw_inventory.rules.receiving.count import CountedLine
from bylaw_inventory.rules.receiving.delivery import DELIVERIES, PHOTOS, Delivery, DeliveryPhoto, DeliveryState
from bylaw_inventory.rules.receiving.note import NOTES, DeliveryNote, GoodsKey, NoteLine
from bylaw_inventory.rules.receiving.tolerance import ReceivingRule


def note_message(made: DeliveryNote) -> Any:
    """A note with its lines; of a blind one that is open, without how much is announced."""
    accepted = by_announcement(made.accepted, made.lines)
    message = delivery_notes_pb2.DeliveryNote(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        supplier=made.supplier,
        number=made.number,
        expected_date=made.expected.isoformat() if made.expected else "",
        blind=made.blind,
        lines=[_note_line(line, accepted, hidden=made.hides_quantities) for line in made.lines],
        state=delivery_notes_pb2.DeliveryNoteState.ValueType(made.state),
        create_time=timestamp(made.created_at),
        created_by=_person(made.created_by),
        reopen_reason=made.reopen_reason,
    )
    if ending := made.ending:
        message.end_time.FromDatetime(ending.at)
        message.ended_by = _person(ending.by)
        message.end_reason = ending.reason
    return message


def rule_message(made: ReceivingRule) -> Any:
    """A tolerance."""
    return delivery_notes_pb2.ReceivingRule(
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        item=resource_name(ITEMS, made.item),
        over_percent=written(made.tolerance.over),
        under_percent=written(made.tolerance.under),
        change_time=timestamp(made.changed_at),
    )


def delivery_message(made: Delivery) -> Any:
    """A delivery with what was counted, and with what was announced where that is shown."""
    decided = made.state is DeliveryState.DECIDED
    message = deliveries_pb2.Delivery(
        name=made.name,
        delivery_note=resource_name(NOTES, made.note),
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        number=made.number,
        reference=made.reference,
        partial=made.partial,
        state=deliveries_pb2.DeliveryState.ValueType(made.state),
        lines=[_counted_line(line, made.accepted, decided=decided) for line in made.lines],
        compared_lines=map(_compared_line, made.compared),
        photos=[resource_name(PHOTOS, photo) for photo in made.photos],
        start_time=timestamp(made.started_at),
        count_time=timestamp(made.counted_at),
        counted_by=_person(made.counted_by),
        remark=made.remark,
    )
    if ending := made.ending:
        message.decision = deliveries_pb2.DeliveryDecision.ValueType(ending.decision or 0)
        message.reason, message.over_reason = ending.reason, ending.over_reason
        message.stock_movement = resource_name(MOVEMENTS, ending.movement)
        message.end_time.FromDatetime(ending.at)
        message.ended_by = _person(ending.by)
    return message


def photo_message(made: DeliveryPhoto) -> Any:
    """What is on record of a photo."""
    return deliveries_pb2.DeliveryPhoto(
        name=made.name,
        delivery=resource_name(DELIVERIES, made.delivery),
        content_type=made.content_type,
        size_bytes=made.size_bytes,
        create_time=timestamp(made.taken_at),
    )


def _note_line(line: NoteLine, accepted: Mapping[GoodsKey, Decimal], *, hidden: bool) -> Any:
    message = delivery_notes_pb2.DeliveryNoteLine(
        item=resource_name(ITEMS, line.item),
        lot=line.lot,
        expiry_date=line.expires.isoformat() if line.expires else "",
    )
    if not hidden:
        message.quantity.CopyFrom(quantity(line.quantity, line.unit))
        message.accepted.CopyFrom(quantity(accepted.get(line.key, ZERO), line.unit))
        if line.said:
            message.stated_quantity.CopyFrom(stated(line.said))
    return message


def _counted_line(line: CountedLine, accepted: Mapping[GoodsKey, Decimal], *, decided: bool) -> Any:
    message = deliveries_pb2.CountedLine(
        item=resource_name(ITEMS, line.item),
        lot=line.lot,
        expiry_date=line.expires.isoformat() if line.expires else "",
        fit=quantity(line.fit, line.unit),
        damaged=quantity(line.damaged, line.unit),
        other_variety=quantity(line.other_variety, line.unit),
        stated_fit=stated(line.fit_said),
    )
    if decided:
        message.accepted.CopyFrom(quantity(accepted.get(line.key, ZERO), line.unit))
    return message


def _compared_line(line: Compared) -> Any:
    return deliveries_pb2.ComparedLine(
        item=resource_name(ITEMS, line.item),
        lot=line.lot,
        announced=quantity(line.announced, line.unit),
        accepted_before=quantity(line.accepted_before, line.unit),
        counted=quantity(line.counted, line.unit),
        differences=[deliveries_pb2.DeliveryDifference.ValueType(kind) for kind in line.differences],
    )


def _person(key: str) -> str:
    return resource_name("people", caller_by_key(key).person)
