"""Counts how often clauses spoke, within what a caller may see."""

from dataclasses import dataclass

from bylaw_chassis.caller import Reach
from bylaw_chassis.clause_use import ClauseUse, Place, UseWish
from bylaw_chassis.database import Database

from bylaw_attendance.ports.records import ClauseUseStore
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class CountClauses:
    """Counts findings of kept sheets and refused calls; `time_zone` decides on which day a call was refused."""

    database: Database
    finding: Finding
    store: ClauseUseStore
    time_zone: str

    def page(self, wish: UseWish, reach: Reach, *, after: Place | None, limit: int) -> list[ClauseUse]:
        """Counts behind a place; refuses UNIT_NOT_FOUND."""
        day = min(wish.last, max(wish.first, self.finding.today))
        if wish.unit:
            self.finding.unit(reach, wish.unit, day)
        with self.database.read() as connection:
            page = (after, limit)
            return list(self.store.clause_use(connection, wish, reach, day=day, zone=self.time_zone, page=page))
