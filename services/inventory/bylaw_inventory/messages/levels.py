"""Stock levels, proposals and outcomes as messages of the contract."""

from typing import Any
from uuid import UUID

from bylaw.inventory.v1 import stock_levels_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.levels.level import Figures, Outcome, Proposal
from bylaw_inventory.rules.quantity import written


def level_message(warehouse: UUID, figures: Figures) -> Any:
    """What a warehouse keeps of an item."""
    seen, level = figures.seen, figures.seen.level
    point, order = figures.point, figures.quantity
    return stock_levels_pb2.StockLevel(
        warehouse=resource_name(WAREHOUSES, warehouse),
        item=resource_name(ITEMS, seen.item),
        code=seen.code,
        on_hand=quantity(seen.on_hand, seen.unit),
        available=quantity(figures.available, seen.unit),
        issued=quantity(seen.issued, seen.unit),
        daily_demand=written(figures.daily),
        last_issue_date=seen.last_issue.isoformat() if seen.last_issue else "",
        days_of_cover="" if figures.cover is None else written(figures.cover),
        turnover="" if figures.turnover is None else written(figures.turnover),
        reorder_point=None if point is None else quantity(point, seen.unit),
        reorder_quantity=None if order is None else quantity(order, seen.unit),
        lead_days=level.lead_days if level else 0,
        safety_days=level.safety_days if level else 0,
        cover_days=level.cover_days if level else 0,
        expiring=quantity(seen.expiring, seen.unit),
    )


def proposal_message(warehouse: UUID, proposal: Proposal) -> Any:
    """Something that is proposed."""
    return stock_levels_pb2.StockProposal(
        kind=stock_levels_pb2.StockProposalKind.ValueType(proposal.kind),
        level=level_message(warehouse, proposal.figures),
        quantity=quantity(proposal.quantity, proposal.figures.seen.unit),
    )


def outcome_message(made: Outcome) -> Any:
    """What became of a proposal."""
    return stock_levels_pb2.StockProposalOutcome(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        item=resource_name(ITEMS, made.item),
        kind=stock_levels_pb2.StockProposalKind.ValueType(made.kind),
        result=stock_levels_pb2.StockProposalResult.ValueType(made.result),
        reason=made.reason,
        quiet_until_date=made.quiet_until.isoformat(),
        record_time=timestamp(made.recorded_at),
        recorded_by=resource_name("people", caller_by_key(made.recorded_by).person),
    )
