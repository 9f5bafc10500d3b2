"""Finds stocktakes for a caller, or refuses; keeps what becomes of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Work

from bylaw_inventory.events import stocktake_changed
from bylaw_inventory.ports.stocktake import StocktakeStore
from bylaw_inventory.rules.books.duty import DutyDone
from bylaw_inventory.rules.stocktake.duty import quarter_end, stocktake_duty
from bylaw_inventory.rules.stocktake.refusals import StocktakeNeedsPerson, StocktakeNotFound, StocktakeNotInState
from bylaw_inventory.rules.stocktake.stocktake import Stocktake, StocktakeState
from bylaw_inventory.use_cases.books.keep_duties import note_done
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class Stocktakes:
    """What is out of reach is answered like what there is not."""

    finding: Finding
    kept: StocktakeStore

    def one(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> Stocktake:
        """Refuses STOCKTAKE_NOT_FOUND."""
        found = self.kept.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise StocktakeNotFound
        return found

    def locked(self, work: Work, identifier: UUID, reach: Reach, *states: StocktakeState) -> Stocktake:
        """One that stands so, locked; refuses STOCKTAKE_NOT_FOUND and STOCKTAKE_NOT_IN_STATE."""
        found = self.kept.lock(work.connection, identifier, reach, self.finding.today)
        if found is None:
            raise StocktakeNotFound
        if states and found.state not in states:
            raise StocktakeNotInState(found)
        return found

    def write(self, work: Work, made: Stocktake, *, before: Stocktake) -> Stocktake:
        """Keeps where it stands, and tells of it where that has changed."""
        return keep(work, self.kept, made, before=before)


def keep(work: Work, kept: StocktakeStore, made: Stocktake, *, before: Stocktake) -> Stocktake:
    """Keeps where a stocktake stands, and tells of it where that has changed; its row is locked."""
    kept.write(work.connection, made)
    if made.state is not before.state:
        work.publish(stocktake_changed(made))
    return kept.find(work.connection, made.identifier, Reach(everyone=True), work.now.date()) or made


def note_counted(work: Work, made: Stocktake, started_on: date) -> None:
    """A whole warehouse was counted, and is for the quarter: people is told behind the commit."""
    if not made.wish.places and not made.wish.items:
        due = (quarter_end(started_on),)
        note_done(work, DutyDone(stocktake_duty(made.wish.warehouse), due, made.name, made.keeper))


def person_of(caller: Caller) -> UUID:
    """Who counts; refuses STOCKTAKE_NEEDS_PERSON."""
    if caller.person is None:
        raise StocktakeNeedsPerson
    return caller.person
