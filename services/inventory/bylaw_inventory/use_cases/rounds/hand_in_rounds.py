"""Takes rounds in, tells of what is unusual at once, and shows what is missing (WHS-11)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.ports.rounds import RoundStore
from bylaw_inventory.rules.books.duty import DutyDone
from bylaw_inventory.rules.rounds.house_round import (
    MOST_DAYS,
    ROUNDS,
    Checks,
    HouseRound,
    MissingRound,
    RoundSide,
    missing_rounds,
    round_duty,
    unusual_notice,
)
from bylaw_inventory.rules.rounds.refusals import RoundHandedIn, RoundNotFound
from bylaw_inventory.use_cases.books.keep_duties import note_done
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class HandInRounds:
    """A round stays as it was handed in."""

    database: Database
    finding: Finding
    rounds: RoundStore

    def hand_in(self, warehouse: UUID, side: RoundSide, checks: Checks, caller: Caller, reach: Reach) -> HouseRound:
        """Refuses WAREHOUSE_NOT_FOUND and ROUND_HANDED_IN."""
        with self.database.work() as work:
            known = self.finding.warehouse(work.connection, warehouse, reach)
            day = known.day_at(work.now)
            made = HouseRound(new_id(), warehouse, day, side, caller.key, work.now, checks)
            if first := self.rounds.add(work.connection, made):
                raise RoundHandedIn(round=resource_name(ROUNDS, first))
            have_told(work, unusual_notice(made, known))
            note_done(work, DutyDone(round_duty(warehouse, side), (day,), made.name, caller.person))
        return made

    def one(self, identifier: UUID, reach: Reach) -> HouseRound:
        """Refuses ROUND_NOT_FOUND."""
        with self.database.read() as connection:
            return self.found(connection, identifier, reach)

    def found(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> HouseRound:
        """A round within reach; refuses ROUND_NOT_FOUND."""
        found = self.rounds.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise RoundNotFound
        return found

    def listed(
        self, warehouse: UUID, reach: Reach, *, day: date | None, unusual: bool, page: tuple[UUID | None, int]
    ) -> list[HouseRound]:
        """Newest first; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.rounds.listed(connection, warehouse, day=day, unusual=unusual, page=page)

    def missing(self, warehouse: UUID, first: date | None, last: date | None, reach: Reach) -> list[MissingRound]:
        """Refuses WAREHOUSE_NOT_FOUND, and FIELD_INVALID for days to come or too many of them."""
        with self.database.read() as connection:
            known = self.finding.warehouse(connection, warehouse, reach)
            today = known.day_at(self.database.clock())
            begins = first or today
            ends = last or begins
            if not begins <= ends <= min(today, begins + timedelta(days=MOST_DAYS - 1)):
                raise FieldInvalid(
                    field="last_date",
                    zh=f"应不早于首日、不晚于今日，至多 {MOST_DAYS} 天",
                    en=f"expected no day before the first or to come, and at most {MOST_DAYS} of them",
                )
            return missing_rounds(self.rounds.within(connection, warehouse, begins, ends), begins, ends, today)
