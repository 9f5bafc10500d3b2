"""Movements in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.ledger.movement import Paper, PaperKind
from bylaw_inventory.rules.ledger.posting import FIELD, PostedLine, PostingWish
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS
from bylaw_inventory.use_cases.forms import LONGEST_REASON, check_count, known, line_of_text, optional_day

MOST_LINES, MOST_PAPERS = 500, 20
PAPERS = "stock_movement.papers"


def posting_wish(wished: Any) -> PostingWish:
    """A movement as it is asked for."""
    check_count(len(wished.lines), field=FIELD, most=MOST_LINES)
    if wished.papers:
        check_count(len(wished.papers), field=PAPERS, most=MOST_PAPERS)
    return PostingWish(
        resource_id(wished.warehouse, WAREHOUSES, field="stock_movement.warehouse"),
        optional_day(wished.book_date, field="stock_movement.book_date"),
        tuple(_line(line, f"{FIELD}[{number}]") for number, line in enumerate(wished.lines)),
        tuple(_paper(paper, f"{PAPERS}[{number}]") for number, paper in enumerate(wished.papers)),
        optional_id(wished.reservation, RESERVATIONS, field="stock_movement.reservation"),
        line_of_text(wished.reason, field="stock_movement.reason", longest=LONGEST_REASON, needed=False),
    )


def _line(line: Any, field: str) -> PostedLine:
    return PostedLine(
        resource_id(line.item, ITEMS, field=f"{field}.item"),
        resource_id(line.from_place, PLACES, field=f"{field}.from_place"),
        resource_id(line.to_place, PLACES, field=f"{field}.to_place"),
        line.quantity.value,
        line.quantity.unit,
        line_of_text(line.lot, field=f"{field}.lot", longest=64, needed=False),
        optional_day(line.expiry_date, field=f"{field}.expiry_date"),
    )


def _paper(paper: Any, field: str) -> Paper:
    number = line_of_text(paper.number, field=f"{field}.number", longest=100)
    return Paper(known(paper.kind, PaperKind, field=f"{field}.kind"), number)
