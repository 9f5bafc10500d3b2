"""Registers who comes in and leaves, strikes mistakes out, and shows who is inside (WHS-10)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.ports.visits import VisitsAsked, VisitStore
from bylaw_inventory.rules.visits.refusals import PersonNotFound, VisitNotFound, VisitorInside
from bylaw_inventory.rules.visits.visit import VISITS, Side, Visit, VisitEntry, Visitor, check_past, left, without
from bylaw_inventory.use_cases.finding import Finding

OURSELVES = Caller(service="inventory")


@dataclass(frozen=True, slots=True)
class RegisterVisits:
    """Whoever registers waits for whoever registers in the same warehouse."""

    database: Database
    finding: Finding
    visits: VisitStore

    def sign_in(self, warehouse: UUID, who: Visitor, at: datetime | None, *, caller: Caller, reach: Reach) -> Visit:
        """Refuses WAREHOUSE_NOT_FOUND, PERSON_NOT_FOUND, VISITOR_INSIDE and VISIT_NOT_YET."""
        self._check_people(who)
        with self.database.work() as work:
            connection, came = work.connection, at or work.now
            self.finding.warehouse(connection, warehouse, reach)
            check_past(came, work.now)
            self.visits.lock(connection, warehouse)
            entry = VisitEntry(new_id(), Side.IN, came, None, work.now, caller.key)
            registered = who._replace(host=who.host or caller.person)
            made = Visit(new_id(), warehouse, registered, came, entries=(entry,))
            self._check_alone(connection, made)
            self.visits.add(connection, made)
        return made

    def sign_out(self, identifier: UUID, at: datetime | None, *, caller: Caller, reach: Reach) -> Visit:
        """Refuses VISIT_NOT_FOUND, VISIT_OVER, VISIT_STRUCK_OUT, OUT_BEFORE_IN and VISIT_NOT_YET."""
        with self.database.work() as work:
            went = at or work.now
            check_past(went, work.now)
            made = left(self._locked(work, identifier, reach), went)
            entry = VisitEntry(new_id(), Side.OUT, went, None, work.now, caller.key)
            return self._entered(work, made, entry)

    def strike(self, identifier: UUID, side: Side, reason: str, *, caller: Caller, reach: Reach) -> Visit:
        """Refuses as the contract says."""
        with self.database.work() as work:
            found = self._locked(work, identifier, reach)
            made = without(found, side)
            if side is Side.OUT:
                self._check_alone(work.connection, made)
            mistake = found.standing(side)
            entry = VisitEntry(new_id(), side, mistake.at, mistake.identifier, work.now, caller.key, reason)
            return self._entered(work, made, entry)

    def one(self, identifier: UUID, reach: Reach) -> Visit:
        """Refuses VISIT_NOT_FOUND."""
        with self.database.read() as connection:
            return self._found(connection, identifier, reach)

    def listed(
        self, warehouse: UUID, reach: Reach, *, day: date | None, inside_now: bool, page: tuple[UUID | None, int]
    ) -> list[Visit]:
        """Newest first; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            known = self.finding.warehouse(connection, warehouse, reach)
            asked = VisitsAsked(warehouse, inside_now=inside_now)
            if day:
                asked = asked._replace(since=known.end_of(day - timedelta(days=1)), before=known.end_of(day))
            return list(self.visits.listed(connection, asked, page=page))

    def _check_people(self, who: Visitor) -> None:
        """Before any transaction; refuses PERSON_NOT_FOUND."""
        wanted = [one for one in (who.person, who.host) if one]
        there = {one.person for one in self.finding.organisation.people(Reach(everyone=True), ids=wanted)}
        for one in wanted:
            if one not in there:
                raise PersonNotFound(person=resource_name("people", one))

    def _check_alone(self, connection: sa.Connection, made: Visit) -> None:
        if other := self.visits.overlapping(connection, made):
            raise VisitorInside(visit=resource_name(VISITS, other))

    def _found(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> Visit:
        found = self.visits.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise VisitNotFound
        return found

    def _locked(self, work: Work, identifier: UUID, reach: Reach) -> Visit:
        """As it stands once everybody else who registers in its warehouse is done."""
        self.visits.lock(work.connection, self._found(work.connection, identifier, reach).warehouse)
        return self._found(work.connection, identifier, reach)

    def _entered(self, work: Work, made: Visit, entry: VisitEntry) -> Visit:
        self.visits.enter(work.connection, made, entry)
        return replace(made, entries=(*made.entries, entry))


@dataclass(frozen=True, slots=True)
class ForgetVisitors:
    """The timer `forget-visitors`: who it was is forgotten some days after they left (WHS-10)."""

    database: Database
    visits: VisitStore
    kept_days: int

    def __call__(self, lease: Lease) -> None:
        """Forgets what is due; again there is nothing more; raises LeaseLost where another worker does so."""
        with self.database.work() as work:
            lease.hold(work.connection)
            work.act_as(OURSELVES)
            self.visits.forget(work.connection, work.now - timedelta(days=self.kept_days), work.now)
