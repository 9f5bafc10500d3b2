"""Lists a person's punches to those whose reach holds the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports.closing import StrikeStore
from bylaw_attendance.ports.records import PunchStore
from bylaw_attendance.rules.judging.punch_facts import Punch
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class ListPunches:
    """Reads straight from the store once the person is within reach."""

    database: Database
    finding: Finding
    punches: PunchStore
    struck: StrikeStore

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

    def struck_among(self, listed: Sequence[Punch]) -> dict[UUID, datetime]:
        """When those among them were struck that do not count."""
        with self.database.read() as connection:
            return self.struck.struck_among(connection, [one.id for one in listed])
