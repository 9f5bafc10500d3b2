"""Decisions on returns in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.returns.decision import FIELD, LineWish, ReturnOutcome, ReturnWish
from bylaw_inventory.use_cases.forms import LONGEST_REASON

MOST_LINES, LONGEST_LOT, LONGEST_NUMBER = 500, 64, 100


def return_wish(request: Any) -> ReturnWish:
    """What is to be decided."""
    movement = resource_id(request.name, MOVEMENTS)
    check_count(len(request.lines), field=FIELD, most=MOST_LINES)
    lines = tuple(_line(line, f"{FIELD}[{number}]") for number, line in enumerate(request.lines))
    slip = line_of_text(request.supplier_slip, field="supplier_slip", longest=LONGEST_NUMBER, needed=False)
    wish = ReturnWish(movement, lines, slip)
    if wish.scraps and any(line.outcome is not ReturnOutcome.SCRAP for line in lines):
        raise FieldInvalid(
            field=FIELD,
            zh="报废须经批准，请单独提出，不与其他处理放在一起",
            en="scrap waits for its decision; ask for it by itself, apart from what is booked at once",
        )
    return wish


def _line(line: Any, field: str) -> LineWish:
    outcome = known(line.outcome, ReturnOutcome, field=f"{field}.outcome")
    place = optional_id(line.to_place, PLACES, field=f"{field}.to_place")
    if place and outcome is not ReturnOutcome.SALE:
        raise FieldInvalid(
            field=f"{field}.to_place", zh="只有重新销售的货物才写货位", en="goods that are sold again alone go to a bin"
        )
    responsible = optional_id(line.responsible, "people", field=f"{field}.responsible")
    if outcome is ReturnOutcome.SCRAP and responsible is None:
        raise FieldInvalid(
            field=f"{field}.responsible", zh="报废须写明责任人", en="scrap takes a person who is responsible"
        )
    return LineWish(
        resource_id(line.item, ITEMS, field=f"{field}.item"),
        line_of_text(line.lot, field=f"{field}.lot", longest=LONGEST_LOT, needed=False),
        line.quantity.value,
        line.quantity.unit,
        outcome,
        place,
        line_of_text(line.cause, field=f"{field}.cause", longest=LONGEST_REASON),
        responsible,
    )
