"""Pack checks, their scans and rules as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import pack_checks_pb2, stock_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.packing.check import PackCheck, PackLine
from bylaw_inventory.rules.packing.pack_rule import PackRule
from bylaw_inventory.rules.packing.scan import PackScan
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS


def pack_check_message(made: PackCheck) -> Any:
    """A check with its lines."""
    message = pack_checks_pb2.PackCheck(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        reservation=resource_name(RESERVATIONS, made.subject.reservation),
        stock_movement=resource_name(MOVEMENTS, made.subject.movement),
        state=pack_checks_pb2.PackCheckState.ValueType(made.state),
        lines=map(_line_message, made.lines),
        start_time=timestamp(made.started_at),
        started_by=_person(made.started_by),
        refused_scans=made.refused,
    )
    if ending := made.ending:
        message.end_time.FromDatetime(ending.at)
        message.ended_by = _person(ending.by)
        message.reason = ending.reason
    return message


def pack_scan_message(made: PackScan) -> Any:
    """A scan, with why it was refused if it was."""
    return pack_checks_pb2.PackScan(
        name=made.name,
        key=made.key,
        code=made.code,
        line=made.line,
        quantity=quantity(made.quantity, made.unit),
        reason=made.reason,
        clause=made.clause,
        message_zh=made.words[0],
        message_en=made.words[1],
        scan_time=timestamp(made.at),
        scanned_by=_person(made.by),
    )


def pack_rule_message(made: PackRule) -> Any:
    """What was set."""
    return pack_checks_pb2.PackRule(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        paper=stock_pb2.PaperKind.ValueType(made.paper),
        need=pack_checks_pb2.PackNeed.ValueType(made.need),
        effective_date=made.first_day.isoformat(),
        reason=made.reason,
        set_time=timestamp(made.set_at),
        set_by=_person(made.set_by),
    )


def _line_message(line: PackLine) -> Any:
    return pack_checks_pb2.PackLine(
        number=line.number,
        item=resource_name(ITEMS, line.item),
        item_code=line.item_code,
        lot=line.lot,
        expiry_date=line.expires.isoformat() if line.expires else "",
        wanted=quantity(line.wanted, line.unit),
        packed=quantity(line.packed, line.unit),
    )


def _person(key: str) -> str:
    return resource_name("people", caller_by_key(key).person)
