"""What an order importer is asked and what it answers, as JSON where it runs in a worker."""

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

import orjson
from bylaw_hooks.orders import Header, OrderTable, ReadFault, ReadOrder, Shop
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from bylaw_plugin_host.leave_questions import NoSuchShape

Headers = tuple[Header, ...]
Read = ReadOrder | ReadFault


class Matched(NamedTuple):
    """Which headings an importer knows, and which columns they lack together for it to read them."""

    known: tuple[bool, ...]
    missing: tuple[str, ...]


class ReadWish(NamedTuple):
    """The tables that a version of an importer is to read, and whose they are."""

    identity: str
    tables: tuple[OrderTable, ...]
    shop: Shop


class _Read(NamedTuple):
    orders: tuple[ReadOrder, ...]
    faults: tuple[ReadFault, ...]


_MATCHED, _READ = TypeAdapter(Matched), TypeAdapter(_Read)
_TABLES = TypeAdapter(list[tuple[Header, list[tuple[int, list[str]]]]])


def say_tables(tables: tuple[OrderTable, ...]) -> tuple[bytes, int]:
    """Tables as JSON with all of their rows, and how many those are."""
    told = [(table.header, list(table.rows())) for table in tables]
    return orjson.dumps(told), sum(len(rows) for _, rows in told)


def hear_tables(told: bytes) -> tuple[OrderTable, ...]:
    """Tables as the surface has them."""
    return tuple(_table(header, rows) for header, rows in _TABLES.validate_json(told))


def _table(header: Header, rows: list[tuple[int, list[str]]]) -> OrderTable:
    return OrderTable(header, lambda: iter(rows))


def hear_shop(zone: str, currency: str) -> Shop:
    """A shop whose zone was told by its name."""
    return Shop(ZoneInfo(zone), currency)


def say_read(found: list[Read]) -> bytes:
    """Orders and faults as JSON; NoSuchShape where they are none."""
    if not all(isinstance(one, ReadOrder | ReadFault) for one in found):
        raise NoSuchShape
    orders = tuple(one for one in found if isinstance(one, ReadOrder))
    faults = tuple(one for one in found if isinstance(one, ReadFault))
    try:
        return _READ.dump_json(_Read(orders, faults), warnings="error")
    except (PydanticSerializationError, UnicodeEncodeError):
        raise NoSuchShape from None


def hear_read(told: bytes) -> Iterator[Read]:
    """Orders and faults as the surface has them; NoSuchShape where they are none."""
    try:
        found = _READ.validate_json(told, strict=True)
    except (ValidationError, ValueError):
        raise NoSuchShape from None
    yield from found.faults
    yield from found.orders


def hear_matched(told: object) -> Matched:
    """What an importer says of headings; NoSuchShape where it is nothing of the kind."""
    try:
        return _MATCHED.validate_json(orjson.dumps(told), strict=True)
    except (ValidationError, TypeError):
        raise NoSuchShape from None
