"""Drops what has served its time: request keys whose callers will not come back."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.tables import request_keys

KEYS_KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Tidy:
    """The timer `tidy`."""

    database: Database

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002 - every timer is handed one
        """Drops keys of two days ago."""
        with self.database.engine.begin() as connection:
            old = request_keys.c.created_at < self.database.clock() - KEYS_KEPT
            connection.execute(sa.delete(request_keys).where(old))
