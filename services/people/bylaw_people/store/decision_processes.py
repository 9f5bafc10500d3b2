"""Processes as the store keeps them: nothing is changed, the newest of the latest date counts."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.decisions.process import Process
from bylaw_people.store.decision_rows import process_body, process_of
from bylaw_people.store.decision_tables import processes
from bylaw_people.store.rows import Stamp


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, process: Process) -> None:
        """One more, from its date on."""
        row = {
            "id": process.id,
            "kind": process.kind,
            "unit": process.unit,
            "valid_from": process.effective_date,
            "retired": process.retired,
            "body": process_body(process),
            **self.stamp.recorded,
        }
        self.connection.execute(processes.insert(), [row])

    def on(self, day: date, *, kind: str = "") -> list[Process]:
        """Those that hold on a day, one a kind and unit, retired ones among them."""
        columns = processes.c
        latest = (columns.kind, columns.unit, columns.valid_from.desc(), columns.id.desc())
        statement = sa.select(processes).where(columns.valid_from <= day)
        if kind:
            statement = statement.where(columns.kind == kind)
        newest = statement.order_by(*latest).ext(pg.distinct_on(columns.kind, columns.unit))
        return [process_of(row) for row in self.connection.execute(newest)]
