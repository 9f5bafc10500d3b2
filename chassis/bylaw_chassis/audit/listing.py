"""Reads the trail, newest first, by what somebody asks: who, which thing, under which grant, when, how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bylaw_chassis.audit.tables import audit


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; what is empty or nothing does not narrow. `refused` is nothing for either outcome."""

    actor: str = ""
    target: str = ""
    source: str = ""
    method: str = ""
    clause: str = ""
    refused: bool | None = None
    since: datetime | None = None
    before: datetime | None = None


def entries(connection: sa.Connection, wanted: Wanted, *, below: int | None, limit: int) -> Sequence[sa.Row[Any]]:
    """Rows with an id below one, newest first."""
    columns = audit.c
    asked = [
        columns.actor == wanted.actor if wanted.actor else None,
        columns.targets.contains([wanted.target]) if wanted.target else None,
        columns.sources.contains([wanted.source]) if wanted.source else None,
        columns.method == wanted.method if wanted.method else None,
        columns.clause == wanted.clause if wanted.clause else None,
        (columns.reason != "") == wanted.refused if wanted.refused is not None else None,
        columns.recorded_at >= wanted.since if wanted.since else None,
        columns.recorded_at < wanted.before if wanted.before else None,
        columns.id < below if below is not None else None,
    ]
    narrowed = [condition for condition in asked if condition is not None]
    return connection.execute(sa.select(audit).where(*narrowed).order_by(columns.id.desc()).limit(limit)).all()
