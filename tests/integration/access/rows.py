"""What every table of a service holds, in a form that can be compared: how many rows, and who wrote them last."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from bylaw_chassis.database import Database

TELLS_OF_REFUSALS = frozenset({"audit", "audit_seals", "sign_in_failures", "unknown_clocks"})
"""A refusal is audited, a failed try to sign in is counted, a clock that is turned away is listed: that is all."""

FOLLOWS = frozenset({"cursors"})
"""How far a service has read people's feed: it reads on for a name that it does not know yet, whoever asks."""

State = Mapping[str, tuple[int, int]]


@dataclass
class Rows:
    """The tables of a service."""

    database: Database

    @cached_property
    def _asked(self) -> str:
        tables = sa.inspect(self.database.engine).get_table_names(schema=self.database.schema)
        each = (
            f"select '{table}', count(*), coalesce(sum(xmin::text::bigint), 0) from {table}"  # noqa: S608
            for table in sorted(set(tables) - TELLS_OF_REFUSALS - FOLLOWS)
        )
        return " union all ".join(each)

    def now(self) -> State:
        """Each table with its count and the sum of the transactions that wrote its rows: any write changes one."""
        with self.database.engine.connect() as connection:
            found = connection.execute(sa.text(self._asked))
            return {str(table): (int(count), int(written)) for table, count, written in found}


def different(before: State, after: State) -> list[str]:
    """The tables that are not as they were."""
    return [table for table in after if before[table] != after[table]]
