"""Rules of papers and refused movements as messages of the contract."""

from collections.abc import Iterable
from typing import Any

from bylaw.inventory.v1 import papers_pb2, stock_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.stock import line_message, paper_message
from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.papers.paper_rule import Need, PaperRule
from bylaw_inventory.rules.papers.refused import RefusedMovement


def paper_rule_message(made: PaperRule) -> Any:
    """What was set."""
    return papers_pb2.PaperRule(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        kind=stock_pb2.StockMovementKind.ValueType(made.kind),
        effective_date=made.first_day.isoformat(),
        needs=_needs(made.needs),
        reason=made.reason,
        set_time=timestamp(made.set_at),
        set_by=resource_name("people", caller_by_key(made.set_by).person),
    )


def refused_movement_message(made: RefusedMovement) -> Any:
    """What was refused, with what was lacking."""
    return papers_pb2.RefusedMovement(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        kind=stock_pb2.StockMovementKind.ValueType(made.kind),
        book_date=made.day.isoformat(),
        lines=map(line_message, made.lines),
        papers=map(paper_message, made.papers),
        missing=_needs(made.missing),
        clause=made.clause,
        refuse_time=timestamp(made.refused_at),
        tried_by=resource_name("people", caller_by_key(made.tried_by).person),
    )


def movement_refused_message(made: RefusedMovement) -> Any:
    """What others are told of it: neither what would have moved nor who tried is among it."""
    return papers_pb2.MovementRefused(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        kind=stock_pb2.StockMovementKind.ValueType(made.kind),
        book_date=made.day.isoformat(),
        papers=map(paper_message, made.papers),
        missing=_needs(made.missing),
        clause=made.clause,
    )


def _needs(needs: Iterable[Need]) -> list[Any]:
    return [
        papers_pb2.PaperNeed(one_of=[stock_pb2.PaperKind.ValueType(kind) for kind in sorted(need)]) for need in needs
    ]
