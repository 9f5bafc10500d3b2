"""What a check of the doctor is given, and what it finds, in words of both languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bylaw_chassis.audit.heads import ExportedHead
from bylaw_chassis.database import Database
from bylaw_chassis.migrate import Migrations


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: whether it holds, what was seen, and what to do where it does not hold."""

    check: str
    holds: bool
    seen: Words
    cure: Words


@dataclass(frozen=True, slots=True)
class Examined:
    """A service's database. Where it is not `running`, nothing that is only due counts against it.

    `heads` are the heads of its audit that were kept outside the database; nothing where there is no such file.
    """

    database: Database
    migrations: Migrations
    running: bool = True
    request_key_hours: int = 48
    heads: Sequence[ExportedHead] | None = None


Check = Callable[[sa.Connection, Examined], Finding]
NO_CURE = Words("", "")
