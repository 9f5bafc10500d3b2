"""What an export layout is asked and what it answers, as JSON: the same whether it runs inside or in a worker."""

from math import isfinite
from typing import Any, NamedTuple

from bylaw_hooks.exporting import ExportedMonth, ExportTable
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from bylaw_plugin_host.leave_questions import NoSuchShape

Tables = tuple[ExportTable, ...]
_MONTH, _TABLES = TypeAdapter(ExportedMonth), TypeAdapter(Tables)


class LayoutQuestion(NamedTuple):
    """A month, as JSON, for one version of a layout; `people` is how many sheets it holds."""

    identity: str
    month: bytes
    people: int


def say_month(month: ExportedMonth) -> bytes:
    """A month as JSON."""
    return _MONTH.dump_json(month)


def hear_month(told: bytes) -> ExportedMonth:
    """A month as the surface has it."""
    return _MONTH.validate_json(told, strict=True)


def say_tables(tables: Tables) -> bytes:
    """Tables as JSON; NoSuchShape where they are none."""
    try:
        said = _TABLES.dump_json(tables, warnings="error")
    except (PydanticSerializationError, UnicodeEncodeError):
        raise NoSuchShape from None
    if any(map(_changes, (cell for table in tables for row in table.rows for cell in row))):
        raise NoSuchShape
    return said


def _changes(cell: Any) -> bool:
    """Whether JSON would make something else of it: an empty cell of an infinity, a number of a truth."""
    return type(cell) is bool or (type(cell) is float and not isfinite(cell))


def hear_tables(told: bytes) -> Tables:
    """Tables as the surface has them; NoSuchShape where they are none."""
    try:
        return _TABLES.validate_json(told, strict=True)
    except (ValidationError, ValueError):
        raise NoSuchShape from None
