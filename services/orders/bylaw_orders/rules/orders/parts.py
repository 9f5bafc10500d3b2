"""The parts that an order is split into: what each takes of which item, and none more than is left (ORD-1)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.refusals import Violation

from bylaw_orders.rules.orders.order import ZERO, Line
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.refusals import LinesRefused


def parts_of(placed: Placed, parts: Sequence[Mapping[int, Decimal]]) -> list[dict[UUID, Decimal]]:
    """By item what each part takes, by line (1 is the first), and what no part names; refuses LINES_REFUSED."""
    left = {number: line.left for number, line in enumerate(placed.lines, 1)}
    faults = list[Violation]()
    made = [_part(placed.lines, part, left, f"parts[{place}].lines", faults) for place, part in enumerate(parts)]
    if faults:
        raise LinesRefused(faults)
    rest = {number: quantity for number, quantity in left.items() if quantity > ZERO}
    made.append(_summed(placed.lines, rest))
    return [part for part in made if part]


def _part(
    lines: Sequence[Line], part: Mapping[int, Decimal], left: dict[int, Decimal], field: str, faults: list[Violation]
) -> dict[UUID, Decimal]:
    for place, (number, quantity) in enumerate(part.items()):
        if number not in left or lines[number - 1].item is None:
            faults.append(
                Violation(
                    f"{field}[{place}].line",
                    "LINE_NOT_FOUND",
                    f"没有可发货的第 {number} 行",
                    f"no line {number} that ships",
                )
            )
        elif not ZERO < quantity <= left[number]:
            zh, en = f"第 {number} 行只剩 {left[number]:f}", f"only {left[number]:f} of line {number} is left"
            faults.append(Violation(f"{field}[{place}].quantity", "LINE_TAKEN", zh, en))
        else:
            left[number] -= quantity
    return _summed(lines, part) if not faults else {}


def _summed(lines: Sequence[Line], part: Mapping[int, Decimal]) -> dict[UUID, Decimal]:
    found: dict[UUID, Decimal] = {}
    for number, quantity in part.items():
        item = lines[number - 1].item
        if item:
            found[item] = found.get(item, ZERO) + quantity
    return found
