"""Levels in the form that rules take; what has another form is refused, naming the field."""

from typing import Any, NamedTuple
from uuid import UUID

from bylaw_chassis.forms import known, line_of_text, number_within, optional_known
from bylaw_chassis.refusals import FieldInvalid, Violation
from bylaw_chassis.values import resource_id

from bylaw_inventory.rules.goods.item import ITEMS, Item
from bylaw_inventory.rules.levels.level import Level, ProposalKind, Result
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.units.converting import counted_of, quantity_of
from bylaw_inventory.use_cases.forms import LONGEST_REASON

MOST_DAYS, COVER_DAYS = 366, 30


ByHand = tuple[tuple[str, str], tuple[str, str]]
"""At which quantity, and how much: each as it was written, with its unit."""


class LevelWish(NamedTuple):
    """A level as it is asked for."""

    item: UUID
    by_hand: ByHand | None
    lead_days: int
    safety_days: int
    cover_days: int


class OutcomeWish(NamedTuple):
    """What became of a proposal, as it is asked for."""

    item: UUID
    kind: ProposalKind
    result: Result
    reason: str


def level_wish(request: Any) -> LevelWish:
    """By hand, from demand, or none."""
    point, quantity = request.HasField("reorder_point"), request.HasField("reorder_quantity")
    lead = number_within(request.lead_days, field="lead_days", first=0, last=MOST_DAYS)
    safety = number_within(request.safety_days, field="safety_days", first=0, last=MOST_DAYS)
    cover = number_within(request.cover_days, field="cover_days", first=0, last=MOST_DAYS)
    if point != quantity:
        raise FieldInvalid(
            field="reorder_quantity", zh="订货点与订货量须同时填写", en="expected both a point and a quantity"
        )
    if (point and (lead or safety or cover)) or (not lead and (safety or cover)):
        raise FieldInvalid(
            field="lead_days",
            zh="手工设定不填天数；按需求推算须填到货天数",
            en="days go with a level from demand, which needs days until more arrives, and not with one by hand",
        )
    at, much = request.reorder_point, request.reorder_quantity
    return LevelWish(
        resource_id(request.item, ITEMS, field="item"),
        ((at.value, at.unit), (much.value, much.unit)) if point else None,
        lead,
        safety,
        (cover or COVER_DAYS) if lead else 0,
    )


def level_of(wish: LevelWish, item: Item) -> Level | None:
    """The level; refuses QUANTITY_INVALID."""
    if wish.by_hand is None:
        return Level(None, None, wish.lead_days, wish.safety_days, wish.cover_days) if wish.lead_days else None
    at, much = wish.by_hand
    point, quantity = counted_of(*at, item.wish.counted), quantity_of(*much, item.wish.counted)
    faults = list[Violation]()
    if isinstance(point, Fault):
        faults.append(point.at("reorder_point"))
    if isinstance(quantity, Fault):
        faults.append(quantity.at("reorder_quantity"))
    if isinstance(point, Fault) or isinstance(quantity, Fault):
        raise LinesRefused(faults)
    return Level(point, quantity, 0, 0, 0)


def outcome_wish(request: Any) -> OutcomeWish:
    """What became of a proposal; a declined one says why."""
    result = known(request.result, Result, field="result")
    declined = result is Result.DECLINED
    return OutcomeWish(
        resource_id(request.item, ITEMS, field="item"),
        known(request.kind, ProposalKind, field="kind"),
        result,
        line_of_text(request.reason, field="reason", longest=LONGEST_REASON, needed=declined),
    )


def kind_asked(number: int) -> ProposalKind | None:
    """Of which kind; nothing where any will do."""
    return optional_known(number, ProposalKind, field="kind")


def proposal_place(position: list[str] | None) -> tuple[str, UUID, int] | None:
    """The place in a page token of proposals: the item's code and id, and the kind."""
    return (position[0], UUID(position[1]), int(position[2])) if position else None
