"""Where a fault of a call stands in a form: what the contract calls a field is not always what the form calls it."""

import re
from collections.abc import Mapping, Sequence

from bylaw_console.calls import Refusal

_PLACE = re.compile(r"(?:parts\[(?P<part>\d+)\]\.)?lines\[(?P<line>\d+)\]\.(?P<field>\w+)$")
CELLS = {"code": "code", "title": "title", "quantity": "quantity", "unit_price": "price", "discount": "off"}
"""What the cells of a line are called."""


def renamed(refusal: Refusal, names: Mapping[str, str]) -> Refusal:
    """The same, each fault at the field that the form has for it."""
    for fault in refusal.problem.errors:
        last = fault["field"].rpartition(".")[2]
        fault["field"] = names.get(last, last)
    return refusal


def in_rows(refusal: Refusal, rows: Sequence[int], names: Mapping[str, str] = CELLS) -> Refusal:
    """The same, a fault of a line at the cell of its row; `rows` are those that were sent, in their order."""
    for fault in refusal.problem.errors:
        found = _PLACE.search(fault["field"])
        if found is not None and int(found["line"]) < len(rows):
            fault["field"] = f"{names.get(found['field'], found['field'])}_{rows[int(found['line'])]}"
    return refusal


def in_parts(refusal: Refusal, parts: Sequence[tuple[str, Sequence[int]]]) -> Refusal:
    """The same of parts of lines: each part by its name, with the rows that it had."""
    for fault in refusal.problem.errors:
        found = _PLACE.search(fault["field"])
        if found is not None and found["part"] and int(found["part"]) < len(parts):
            name, rows = parts[int(found["part"])]
            if int(found["line"]) < len(rows):
                fault["field"] = f"{name}_{rows[int(found['line'])]}"
    return refusal
