"""Movements in the form that rules take; what has another form is refused, naming the field."""

from typing import Any
from uuid import UUID

from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.ledger.movement import Paper, PaperKind
from bylaw_inventory.rules.ledger.posting import FIELD, PostedLine, PostingWish
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS
from bylaw_inventory.use_cases.forms import LONGEST_REASON, optional_day

MOST_LINES, MOST_PAPERS = 500, 20
PAPERS, MANY = "stock_movement.papers", "stock_movements"
MOST_MOVEMENTS, MOST_BATCH_LINES = 1_000, 5_000


def posting_wishes(asked: Any) -> tuple[UUID, list[PostingWish]]:
    """A warehouse and many movements of it; what has another form is named with the index of its movement."""
    warehouse = resource_id(asked.parent, WAREHOUSES, field="parent")
    check_count(len(asked.stock_movements), field=MANY, most=MOST_MOVEMENTS)
    check_count(sum(len(wished.lines) for wished in asked.stock_movements), field=MANY, most=MOST_BATCH_LINES)
    found = []
    for number, wished in enumerate(asked.stock_movements):
        try:
            found.append(_of_many(wished, warehouse))
        except FieldInvalid as refused:
            (one,) = refused.violations
            field = one.field.replace("stock_movement", f"{MANY}[{number}]", 1)
            raise FieldInvalid(field=field, zh=one.zh, en=one.en) from None
    return warehouse, found


def posting_wish(wished: Any, warehouse: UUID | None = None) -> PostingWish:
    """A movement as it is asked for; of a warehouse that is known, where it names none itself."""
    check_count(len(wished.lines), field=FIELD, most=MOST_LINES)
    if wished.papers:
        check_count(len(wished.papers), field=PAPERS, most=MOST_PAPERS)
    named = warehouse if warehouse and not wished.warehouse else None
    return PostingWish(
        named or resource_id(wished.warehouse, WAREHOUSES, field="stock_movement.warehouse"),
        optional_day(wished.book_date, field="stock_movement.book_date"),
        tuple(_line(line, f"{FIELD}[{number}]") for number, line in enumerate(wished.lines)),
        tuple(_paper(paper, f"{PAPERS}[{number}]") for number, paper in enumerate(wished.papers)),
        optional_id(wished.reservation, RESERVATIONS, field="stock_movement.reservation"),
        line_of_text(wished.reason, field="stock_movement.reason", longest=LONGEST_REASON, needed=False),
    )


def _of_many(wished: Any, warehouse: UUID) -> PostingWish:
    found = posting_wish(wished, warehouse)
    if found.warehouse != warehouse:
        raise FieldInvalid(
            field="stock_movement.warehouse", zh="与本批所在仓库不同", en="is another than the warehouse of all"
        )
    if found.reservation:
        raise FieldInvalid(
            field="stock_movement.reservation",
            zh="批量过账不使用预留，请逐笔过账",
            en="many at once take from no reservation; post it by itself",
        )
    return found


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
