"""Returns and decisions on them as messages of the contract."""

from datetime import date
from typing import Any

from bylaw.inventory.v1 import returns_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.returns.decision import DecidedLine, ReturnDecision
from bylaw_inventory.rules.returns.waiting import RETURN_PHOTOS, ReturnPhoto, WaitingLine, WaitingReturn


def return_decision_message(made: ReturnDecision) -> Any:
    """A decision with its lines."""
    return returns_pb2.ReturnDecision(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        stock_movement=resource_name(MOVEMENTS, made.movement),
        lines=map(_decided_message, made.lines),
        supplier_slip=made.slip,
        booked=[resource_name(MOVEMENTS, one) for one in made.booked],
        scrap_state=returns_pb2.ReturnScrapState.ValueType(made.scrap),
        decision=resource_name("decisions", made.decision),
        decide_time=timestamp(made.decided_at),
        decided_by=resource_name("people", caller_by_key(made.decided_by).person),
        photos=[resource_name(RETURN_PHOTOS, one) for one in made.photos],
    )


def return_inspected_messages(made: ReturnDecision) -> list[Any]:
    """What became of goods, by each movement that booked it; each item once: lots are the warehouse's own affair."""
    return [
        returns_pb2.ReturnInspected(
            return_decision=made.name,
            warehouse=resource_name(WAREHOUSES, made.warehouse),
            stock_movement=resource_name(MOVEMENTS, made.movement),
            booked=resource_name(MOVEMENTS, booked),
            outcome=returns_pb2.ReturnOutcome.ValueType(outcome),
            lines=[
                returns_pb2.ReturnInspectedLine(item=resource_name(ITEMS, item), quantity=quantity(number, unit))
                for (item, unit), number in goods.items()
            ],
        )
        for (booked, outcome), goods in made.outcomes.items()
    ]


def waiting_return_message(found: WaitingReturn, today: date) -> Any:
    """A return with what waits of it."""
    return returns_pb2.WaitingReturn(
        stock_movement=resource_name(MOVEMENTS, found.movement),
        slips=found.slips,
        return_time=timestamp(found.posted_at),
        waiting_days=found.days(today),
        lines=map(_waiting_message, found.lines),
    )


def return_photo_message(made: ReturnPhoto) -> Any:
    """What is on record of a photo."""
    return returns_pb2.ReturnPhoto(
        name=made.name,
        stock_movement=resource_name(MOVEMENTS, made.movement),
        content_type=made.content_type,
        size_bytes=made.size_bytes,
        create_time=timestamp(made.taken_at),
    )


def _decided_message(line: DecidedLine) -> Any:
    return returns_pb2.ReturnDecisionLine(
        item=resource_name(ITEMS, line.key.item),
        lot=line.lot_code,
        quantity=quantity(line.quantity, line.unit),
        outcome=returns_pb2.ReturnOutcome.ValueType(line.outcome),
        to_place=resource_name(PLACES, line.target),
        cause=line.cause,
        responsible=resource_name("people", line.responsible),
    )


def _waiting_message(line: WaitingLine) -> Any:
    return returns_pb2.WaitingReturnLine(
        item=resource_name(ITEMS, line.item),
        item_code=line.item_code,
        lot=line.lot,
        place=resource_name(PLACES, line.place),
        returned=quantity(line.returned, line.unit),
        waiting=quantity(line.waiting, line.unit),
    )
