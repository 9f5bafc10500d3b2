"""Notes, counts and decisions in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.receiving import count, deciding, note
from bylaw_inventory.rules.receiving.count import PARTS, Condition, FormLine, Scan
from bylaw_inventory.rules.receiving.deciding import AcceptedWish, DecisionWish, NoteOutcome
from bylaw_inventory.rules.receiving.delivery import DELIVERIES, Decision
from bylaw_inventory.rules.receiving.note import AnnouncedLine, NoteState, NoteWish
from bylaw_inventory.rules.receiving.tolerance import MOST_OVER, MOST_UNDER, Tolerance, per_cent
from bylaw_inventory.use_cases.forms import LONGEST_REASON, optional_day

MOST_LINES, LONGEST_NAME, LONGEST_LOT = 500, 100, 64


def note_wish(wished: Any) -> NoteWish:
    """A note as it is asked for."""
    check_count(len(wished.lines), field=note.FIELD, most=MOST_LINES)
    return NoteWish(
        resource_id(wished.warehouse, WAREHOUSES, field="delivery_note.warehouse"),
        line_of_text(wished.supplier, field="delivery_note.supplier", longest=LONGEST_NAME),
        line_of_text(wished.number, field="delivery_note.number", longest=LONGEST_NAME),
        optional_day(wished.expected_date, field="delivery_note.expected_date"),
        wished.blind,
        tuple(_announced(line, f"{note.FIELD}[{number}]") for number, line in enumerate(wished.lines)),
    )


def state_asked(number: int) -> NoteState | None:
    """A state of notes; nothing where any will do."""
    return known(number, NoteState, field="state") if number else None


def reason_asked(text: str, *, field: str = "reason", needed: bool = True) -> str:
    """Why somebody does something."""
    return line_of_text(text, field=field, longest=LONGEST_REASON, needed=needed)


def reference_asked(text: str) -> str:
    """A delivery's own reference, such as its waybill; empty: none."""
    return line_of_text(text, field="reference", longest=LONGEST_NAME, needed=False)


def tolerance_asked(request: Any) -> Tolerance:
    """How much more and less, in per cent."""
    over, under = per_cent(request.over_percent, MOST_OVER), per_cent(request.under_percent, MOST_UNDER)
    if over is None:
        raise _no_per_cent("over_percent", f"{MOST_OVER}")
    if under is None:
        raise _no_per_cent("under_percent", f"{MOST_UNDER}")
    return Tolerance(over, under)


def form_lines(lines: Any) -> tuple[FormLine, ...]:
    """A form as it was filled in."""
    check_count(len(lines), field=count.FIELD, most=MOST_LINES)
    return tuple(_form_line(line, f"{count.FIELD}[{number}]") for number, line in enumerate(lines))


def scan_asked(request: Any) -> Scan:
    """One scan; refuses where neither an item nor a barcode is said, or both."""
    if bool(request.item) == bool(request.barcode):
        raise FieldInvalid(field="item", zh="商品与条码请填其一", en="expected an item or a barcode, and not both")
    quantity = request.quantity
    return Scan(
        optional_id(request.item, ITEMS, field="item"),
        request.barcode,
        quantity.value if request.HasField("quantity") else "1",
        quantity.unit,
        line_of_text(request.lot, field="lot", longest=LONGEST_LOT, needed=False),
        optional_day(request.expiry_date, field="expiry_date"),
        known(request.condition or Condition.FIT, Condition, field="condition"),
        request.take_off,
    )


def decision_asked(request: Any) -> DecisionWish:
    """A decision as it is asked for."""
    decision = known(request.decision, Decision, field="decision")
    if decision is Decision.ACCEPTED_IN_PART:
        check_count(len(request.lines), field=deciding.FIELD, most=MOST_LINES)
    if request.put_away and request.to_place:
        raise FieldInvalid(
            field="to_place", zh="直接上架时不填货位", en="goods that are put away go to their own places"
        )
    return DecisionWish(
        resource_id(request.name, DELIVERIES),
        decision,
        tuple(_accepted(line, f"{deciding.FIELD}[{number}]") for number, line in enumerate(request.lines)),
        reason_asked(request.reason, needed=False),
        reason_asked(request.over_reason, field="over_reason", needed=False),
        known(request.note_outcome, NoteOutcome, field="note_outcome"),
        optional_id(request.to_place, PLACES, field="to_place"),
        request.put_away,
        optional_day(request.book_date, field="book_date"),
    )


def _announced(line: Any, field: str) -> AnnouncedLine:
    return AnnouncedLine(
        resource_id(line.item, ITEMS, field=f"{field}.item"),
        line.quantity.value,
        line.quantity.unit,
        line_of_text(line.lot, field=f"{field}.lot", longest=LONGEST_LOT, needed=False),
        optional_day(line.expiry_date, field=f"{field}.expiry_date"),
    )


def _form_line(line: Any, field: str) -> FormLine:
    said = {part: getattr(line, part) for part in PARTS if line.HasField(part)}
    return FormLine(
        resource_id(line.item, ITEMS, field=f"{field}.item"),
        line_of_text(line.lot, field=f"{field}.lot", longest=LONGEST_LOT, needed=False),
        optional_day(line.expiry_date, field=f"{field}.expiry_date"),
        {part: (quantity.value, quantity.unit) for part, quantity in said.items()},
    )


def _accepted(line: Any, field: str) -> AcceptedWish:
    return AcceptedWish(
        resource_id(line.item, ITEMS, field=f"{field}.item"),
        line_of_text(line.lot, field=f"{field}.lot", longest=LONGEST_LOT, needed=False),
        line.quantity.value,
        line.quantity.unit,
        optional_id(line.to_place, PLACES, field=f"{field}.to_place"),
    )


def _no_per_cent(field: str, most: str) -> FieldInvalid:
    return FieldInvalid(
        field=field,
        zh=f"应为 {ZERO} 至 {most} 的百分数，小数至多 4 位",
        en=f"expected a percentage from {ZERO} to {most}, of at most 4 digits behind the point",
    )
