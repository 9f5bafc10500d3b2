"""Statements that only read, asked of a database several in one go: what each says, and what its rows come to."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.time_bounds import driver_within_deadline

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Query(Generic[Found]):
    """One of them; `Database.look` asks it."""

    said: Said
    read: Callable[[Sequence[Row]], Found]


def ask(connection: sa.Connection, query: Query[Found]) -> Found:
    """Asks one by itself, in a transaction that is open."""
    return query.read(driver_within_deadline(connection).execute(query.said.text, query.said.values).fetchall())


def text_of(query: sa.Select[Any], **values: object) -> tuple[str, Mapping[str, object]]:
    """A query as it is said to the driver itself, and the values in it; `values` are those of its named places.

    What SQLAlchemy does around a small statement costs more than the statement.
    """
    dialect = pg.psycopg.dialect()  # type: ignore[no-untyped-call]
    made = query.compile(dialect=dialect).construct_expanded_state(values)
    return made.statement, made.parameters


def named_row(query: sa.Select[Any]) -> Any:
    """The type of a query's rows as `Database.look` reads them: a tuple whose places have the columns' names."""
    made: Any = namedtuple  # noqa: PYI024 - its places are known when it runs
    return made("NamedRow", [column.key for column in query.selected_columns])
