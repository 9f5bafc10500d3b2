"""Stocktakes, counts, lines and differences as messages of the contract; no quantities while counting goes on."""

from typing import Any
from uuid import UUID

from bylaw.inventory.v1 import stocktakes_pb2
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.stocktake.counting import Count, Line
from bylaw_inventory.rules.stocktake.explaining import Explained
from bylaw_inventory.rules.stocktake.stocktake import Block, Stocktake, Tolerance


def stocktake_message(made: Stocktake) -> Any:
    """A stocktake as it stands."""
    wish = made.wish
    return stocktakes_pb2.Stocktake(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, wish.warehouse),
        places=[resource_name(PLACES, one) for one in wish.places],
        items=[resource_name(ITEMS, one) for one in wish.items],
        tolerance=_tolerance(wish.tolerance),
        freeze=wish.freeze,
        state=_state(made),
        keeper=resource_name("people", made.keeper),
        finance=resource_name("people", made.finance),
        create_time=timestamp(made.opened_at),
        start_time=timestamp(made.started_at),
        report=made.report,
        keeper_signature=_signature(made, made.keeper),
        finance_signature=_signature(made, made.finance),
        decision=resource_name("decisions", made.decision),
        decision_outcome=made.outcome,
        movements=[resource_name(MOVEMENTS, one) for one in made.movements],
        blocks=[_block(made, one) for one in made.blocks],
        end_time=timestamp(made.ended_at),
        cancel_reason=made.cancel_reason,
        etag=str(made.revision),
    )


def stocktake_changed_message(made: Stocktake) -> Any:
    """That it stands where it does now."""
    return stocktakes_pb2.StocktakeChanged(
        name=made.name, warehouse=resource_name(WAREHOUSES, made.wish.warehouse), state=_state(made)
    )


def count_message(made: Count) -> Any:
    """A count."""
    return stocktakes_pb2.StocktakeCount(
        number=made.number,
        **_goods(made.key, made.lot_code),
        expiry_date=made.expires.isoformat() if made.expires else "",
        quantity=quantity(made.sound, made.unit),
        damaged=quantity(made.damaged, made.unit) if made.damaged else None,
        count_time=timestamp(made.counted_at),
        record_time=timestamp(made.recorded_at),
        counted_by=resource_name("people", made.counted_by),
    )


def line_message(made: Stocktake, line: Line) -> Any:
    """What there is to count; what came of it once counting is over."""
    found = line.standing
    shown = stocktakes_pb2.StocktakeLine(
        **_goods(line.key, line.lot_code),
        state=stocktakes_pb2.StocktakeLineState.ValueType(line.state(made.wish.tolerance)),
        count=found.number if found else 0,
    )
    if found and made.counted:
        shown.quantity.CopyFrom(quantity(found.sound, line.unit))
        shown.damaged.CopyFrom(quantity(found.damaged, line.unit))
        shown.book.CopyFrom(quantity(found.book, line.unit))
    return shown


def difference_message(made: Stocktake, one: Explained) -> Any:
    """What differs, with its explanation."""
    difference, said = one.difference, one.explanation
    shown = stocktakes_pb2.StocktakeDifference(
        name=f"{made.name}/differences/{one.number}",
        kind=stocktakes_pb2.StocktakeDifferenceKind.ValueType(difference.kind),
        **_goods(difference.key, one.lot_code),
        quantity=quantity(difference.quantity, one.unit),
        book=quantity(difference.book, one.unit),
        movement=resource_name(MOVEMENTS, one.movement),
    )
    if said:
        shown.cause, shown.report = said.cause, said.report
        shown.responsible = resource_name("people", said.responsible)
        shown.proposal = stocktakes_pb2.StocktakeProposal.ValueType(said.proposal)
    return shown


def _goods(key: BalanceKey, lot: str) -> dict[str, Any]:
    return {"place": resource_name(PLACES, key.place), "item": resource_name(ITEMS, key.item), "lot": lot}


def _state(made: Stocktake) -> Any:
    return stocktakes_pb2.StocktakeState.ValueType(made.state)


def _tolerance(tolerance: Tolerance) -> Any:
    if tolerance.percent is not None:
        return stocktakes_pb2.StocktakeTolerance(percent=written(tolerance.percent))
    if tolerance.pieces is not None:
        return stocktakes_pb2.StocktakeTolerance(quantity=written(tolerance.pieces))
    return None


def _signature(made: Stocktake, person: UUID | None) -> Any:
    signed_at = made.signatures.get(person) if person else None
    if signed_at is None:
        return None
    return stocktakes_pb2.StocktakeSignature(person=resource_name("people", person), sign_time=timestamp(signed_at))


def _block(made: Stocktake, one: Block) -> Any:
    said = LocalizedText(zh=one.zh, en=one.en)
    return stocktakes_pb2.StocktakeBlock(
        difference=f"{made.name}/differences/{one.difference}", reason=one.reason, message=said
    )
