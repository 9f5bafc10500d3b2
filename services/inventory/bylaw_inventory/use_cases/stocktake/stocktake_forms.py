"""Stocktakes in the form that rules take; what has another form is refused, naming the field."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.stocktake.counting import LineState
from bylaw_inventory.rules.stocktake.explaining import Explanation, Proposal
from bylaw_inventory.rules.stocktake.recording import FIELD, CountWish
from bylaw_inventory.rules.stocktake.stocktake import STOCKTAKES, StocktakeWish, Tolerance
from bylaw_inventory.use_cases.forms import FIRST_YEAR, LAST_YEAR, optional_day

MOST_NAMED, MOST_COUNTS = 1_000, 500
LONGEST_CAUSE, LONGEST_REPORT = 200, 2_000
DIFFERENCES, EXPLANATIONS = "differences", "explanations"
_PER_CENT = re.compile(r"\d{1,3}(\.\d{1,6})?", re.ASCII)
_PIECES = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)


def stocktake_wish(wished: Any) -> StocktakeWish:
    """What is to be counted."""
    return StocktakeWish(
        resource_id(wished.warehouse, WAREHOUSES, field="stocktake.warehouse"),
        _named(wished.places, PLACES),
        _named(wished.items, ITEMS),
        _tolerance(wished.tolerance),
        wished.freeze,
    )


def count_wishes(wished: Sequence[Any]) -> list[CountWish]:
    """Counts as they are to be recorded."""
    check_count(len(wished), field=FIELD, most=MOST_COUNTS)
    return [_count(one, f"{FIELD}[{position}]") for position, one in enumerate(wished)]


def explanations(wished: Sequence[Any], stocktake: UUID) -> dict[int, Explanation]:
    """What is said of each difference, by its number; each once."""
    if wished:
        check_count(len(wished), field=EXPLANATIONS, most=MOST_COUNTS)
    found: dict[int, Explanation] = {}
    for position, one in enumerate(wished):
        field = f"{EXPLANATIONS}[{position}]"
        number = _number(one.difference, stocktake, f"{field}.difference")
        if number in found:
            raise FieldInvalid(field=f"{field}.difference", zh="同一项差异写了两次", en="the same difference twice")
        found[number] = _explanation(one, field)
    return found


def report(text: str) -> str:
    """What is said of a result as a whole."""
    return several_lines(text, field="report")


def several_lines(text: str, *, field: str) -> str:
    """A text that may have several lines."""
    if len(text) > LONGEST_REPORT or not text.replace("\n", "").isprintable() or text != text.strip():
        raise FieldInvalid(
            field=field,
            zh=f"应为至多 {LONGEST_REPORT} 个可见字符，可以换行，首尾不留空格",
            en=f"expected at most {LONGEST_REPORT} visible characters, in lines, without blanks at the ends",
        )
    return text


def line_state(number: int) -> LineState | None:
    """Which lines are asked for; nothing: all."""
    return known(number, LineState, field="state") if number else None


def _named(names: Sequence[str], collection: str) -> tuple[UUID, ...]:
    field = f"stocktake.{collection}"
    if names:
        check_count(len(names), field=field, most=MOST_NAMED)
    found = [resource_id(name, collection, field=f"{field}[{position}]") for position, name in enumerate(names)]
    return tuple(dict.fromkeys(found))


def _tolerance(wished: Any) -> Tolerance:
    said = wished.WhichOneof("tolerance")
    if said is None:
        return Tolerance()
    text, form = getattr(wished, said), _PER_CENT if said == "percent" else _PIECES
    amount = Decimal(text) if form.fullmatch(text) else None
    if amount is None or (said == "percent" and amount > 100):
        raise FieldInvalid(
            field=f"stocktake.tolerance.{said}",
            zh="应为不小于零的小数，如 0.5；百分比不超过 100",
            en="expected a decimal of zero or more, such as 0.5; per cent up to 100",
        )
    return Tolerance(percent=amount) if said == "percent" else Tolerance(pieces=amount)


def _count(one: Any, field: str) -> CountWish:
    return CountWish(
        resource_id(one.item, ITEMS, field=f"{field}.item"),
        resource_id(one.place, PLACES, field=f"{field}.place"),
        (one.quantity.value, one.quantity.unit),
        (one.damaged.value, one.damaged.unit) if one.HasField("damaged") else None,
        line_of_text(one.lot, field=f"{field}.lot", longest=64, needed=False),
        optional_day(one.expiry_date, field=f"{field}.expiry_date"),
        _instant(one, f"{field}.count_time"),
    )


def _instant(one: Any, field: str) -> datetime | None:
    if not one.HasField("count_time"):
        return None
    try:
        instant: datetime = one.count_time.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        instant = datetime.min.replace(tzinfo=UTC)
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"应为 {FIRST_YEAR} 至 {LAST_YEAR} 年间的时刻",
            en=f"expected an instant of the years {FIRST_YEAR} to {LAST_YEAR}",
        )
    return instant


def _number(name: str, stocktake: UUID, field: str) -> int:
    """The number in `stocktakes/{stocktake}/differences/{difference}`, of this stocktake."""
    own, _, number = name.rpartition(f"/{DIFFERENCES}/")
    if own != f"{STOCKTAKES}/{stocktake}" or not re.fullmatch(r"[1-9]\d{0,8}", number, re.ASCII):
        raise FieldInvalid(
            field=field,
            zh=f"应为本盘点的差异，如 {STOCKTAKES}/{stocktake}/{DIFFERENCES}/1",
            en=f"expected a difference of this stocktake, such as {STOCKTAKES}/{stocktake}/{DIFFERENCES}/1",
        )
    return int(number)


def _explanation(one: Any, field: str) -> Explanation:
    return Explanation(
        line_of_text(one.cause, field=f"{field}.cause", longest=LONGEST_CAUSE),
        resource_id(one.responsible, "people", field=f"{field}.responsible"),
        known(one.proposal, Proposal, field=f"{field}.proposal"),
        several_lines(one.report, field=f"{field}.report"),
    )
