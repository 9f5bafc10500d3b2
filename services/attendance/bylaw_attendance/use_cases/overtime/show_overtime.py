"""Shows requests for overtime with what was found of each, to whose reach holds the person (HRS-7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports.overtime import OvertimeStore, OvertimeWishes
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, OvertimeState
from bylaw_attendance.rules.overtime.overtime_refusals import OvertimeNotFound
from bylaw_attendance.use_cases.overtime.overtime_days import FoundOvertime, OvertimeDays
from bylaw_attendance.use_cases.sheets.finding import Finding

ANYBODY = Reach(everyone=True)
NOTHING = FoundOvertime()


class ShownOvertime(NamedTuple):
    """A request, and what was found of it."""

    request: OvertimeRequest
    found: FoundOvertime


@dataclass(frozen=True, slots=True)
class ShowOvertime:
    """One, or a page of them; who is within reach is taken as of today. Only what was agreed is looked for."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    requests: OvertimeStore
    days: OvertimeDays

    def request(self, identifier: UUID, reach: Reach) -> OvertimeRequest:
        """A request alone; refuses OVERTIME_NOT_FOUND, also for what is out of reach."""
        with self.database.read() as connection:
            found = self.requests.find(connection, identifier)
        if found is None or not self.finding.people(reach, ids=[found.person]):
            raise OvertimeNotFound
        return found

    def one(self, identifier: UUID, reach: Reach) -> ShownOvertime:
        """A request with what was found."""
        return self.shown([self.request(identifier, reach)])[0]

    def page(self, wish: OvertimeWishes, reach: Reach, *, page: tuple[UUID | None, int]) -> list[OvertimeRequest]:
        """Requests behind a place; refuses UNIT_NOT_FOUND and PERSON_NOT_FOUND."""
        today = self.finding.today
        if wish.unit:
            self.finding.unit(reach, wish.unit, today)
        if wish.person:
            self.finding.person(reach, wish.person)
        with self.database.read() as connection:
            return self.requests.listed(connection, wish, reach, day=today, page=page)

    def shown(self, requests: Sequence[OvertimeRequest]) -> list[ShownOvertime]:
        """These requests with what was found of each: a month is judged once for all whose overtime is in it."""
        agreed = [one for one in requests if one.state is OvertimeState.AGREED]
        found: dict[UUID, FoundOvertime] = {}
        for month in {one.month for one in agreed}:
            found.update(self._of_month(month, [one for one in agreed if one.month == month]))
        return [ShownOvertime(one, found.get(one.identifier, NOTHING)) for one in requests]

    def _of_month(self, month: date, agreed: Iterable[OvertimeRequest]) -> Mapping[UUID, FoundOvertime]:
        of_person: dict[UUID, list[OvertimeRequest]] = {}
        for one in agreed:
            of_person.setdefault(one.person, []).append(one)
        with self.database.read() as connection:
            people = self.organisation.find_people(connection, ANYBODY, last_day(month), ids=[*of_person])
        found: dict[UUID, FoundOvertime] = {}
        for days in self.days.judged(month, people):
            if not days.refusal:
                found |= {one.identifier: days.found(one) for one in of_person[days.person.person]}
        return found
