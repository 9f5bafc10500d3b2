"""Lines of many orders, written as COPY takes them; what orders share is put into words once."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_orders.rules.orders.order import Line
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.same_lines import OnceEach

_COPY = (
    "copy order_lines (of_order, line, kind, code, title, item, unit, quantity, unit_price, discount, amount,"
    " cancelled, issued, returned) from stdin"
)
_SENT_AT_ONCE = 200
"""Orders; the server reads while the next are put into words."""
_NULL = "\\N"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_lines(connection: sa.Connection, placed: Sequence[Placed], copied: OnceEach[Line, str]) -> None:
    """Puts the lines of orders on record that are there already; in the order of their ids it costs a third less."""
    ordered = sorted(placed, key=lambda one: one.identifier.int)
    with driver_within_deadline(connection).cursor() as cursor, cursor.copy(_COPY) as copy:
        for first in range(0, len(ordered), _SENT_AT_ONCE):
            copy.write("".join(_rows(ordered[first : first + _SENT_AT_ONCE], copied)))


def _rows(placed: Sequence[Placed], copied: OnceEach[Line, str]) -> Iterator[str]:
    for one in placed:
        order = one.identifier.hex
        for number, rest in enumerate(copied.of(one.lines, _rest), 1):
            yield f"{order}\t{number}{rest}"


def _rest(line: Line) -> str:
    code, title, unit = _escaped(line.code), _escaped(line.title), _escaped(line.unit)
    amounts = f"{line.quantity!s}\t{line.unit_price!s}\t{line.discount}\t{line.amount}"
    became = f"{line.cancelled!s}\t{line.issued!s}\t{line.returned!s}"
    return f"\t{int(line.kind)}\t{code}\t{title}\t{line.item or _NULL}\t{unit}\t{amounts}\t{became}\n"


def _escaped(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPED)
