"""Lists a person's punches to those whose reach holds the person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports import PunchStore
from bylaw_attendance.rules.punch_facts import Punch
from bylaw_attendance.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class ListPunches:
    """Reads straight from the store once the person is within reach."""

    database: Database
    finding: Finding
    punches: PunchStore

    def page(
        self,
        person: UUID,
        days: tuple[date | None, date | None],
        reach: Reach,
        *,
        after: tuple[datetime, UUID] | None,
        limit: int,
    ) -> list[Punch]:
        """Punches behind a place; refuses PERSON_NOT_FOUND, in the same words whether unknown or out of reach."""
        self.finding.person(reach, person)
        with self.database.read() as connection:
            return self.punches.listed(connection, person, days, after=after, limit=limit)
