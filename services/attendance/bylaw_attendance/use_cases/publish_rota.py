"""Publishes cells of a unit's rota: all of a batch or none, each faulty one named; shows them and takes them back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import Stay, Tree
from bylaw_chassis.refusals import Refusal, Violation

from bylaw_attendance.ports import AssignmentStore, OrganisationStore, PatternBook, RotaStore
from bylaw_attendance.rules.assignment import Resolver
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.refusals import (
    BatchTooLarge,
    PersonNotFound,
    RotaCellNotFound,
    RotaRefused,
    refusal_violation,
)
from bylaw_attendance.rules.rota import CellWish, Place, PublishedCell, RotaCell
from bylaw_attendance.use_cases.check_rota import CheckRota
from bylaw_attendance.use_cases.finding import Finding

LARGEST_BATCH = 10_000


class Published(NamedTuple):
    """What became of a batch."""

    published: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class PublishRota:
    """Publishes and takes back; who works where is as people tells it, each on the cell's own day."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    rota: RotaStore
    assignments: AssignmentStore
    book: PatternBook

    def publish(self, unit: UUID, wishes: Sequence[CellWish], caller: Caller, reach: Reach) -> Published:
        """Refuses UNIT_NOT_FOUND, BATCH_TOO_LARGE and ROTA_REFUSED."""
        if len(wishes) > LARGEST_BATCH:
            raise BatchTooLarge(limit=LARGEST_BATCH, count=len(wishes))
        self.finding.refresher.refresh()
        days = [wish.work_date for wish in wishes] or [self.finding.today]
        self.finding.unit(reach, unit, max(days))
        cells = self._cells(self._checking(unit, reach, wishes, days=(min(days), max(days))), wishes)
        with self.database.work() as work:
            count = self.rota.publish(work.connection, cells, now=work.now, by=caller.key) if cells else 0
        return Published(count, len(cells) - count)

    def withdraw(self, person: UUID, work_date: date, reach: Reach) -> PublishedCell:
        """Refuses ROTA_CELL_NOT_FOUND, also for what is out of reach."""
        with self.database.read() as connection:
            held = self.organisation.person_between(connection, reach, (work_date, work_date), person=person)
        if not held:
            raise RotaCellNotFound
        with self.database.work() as work:
            found = self.rota.withdraw(work.connection, person, work_date)
            if found is None:
                raise RotaCellNotFound
        return found

    def _checking(self, unit: UUID, reach: Reach, wishes: Sequence[CellWish], *, days: tuple[date, date]) -> CheckRota:
        people = {wish.person for wish in wishes}
        with self.database.read() as connection:
            stays = self.organisation.stays_between(connection, people, *days)
            tree = Tree.of(self.organisation.unit_versions(connection, *days))
            held = Resolver.of(tree, self.assignments.between(connection, people, *days))
        by_person: dict[UUID, list[Stay]] = {}
        for stay in stays:
            by_person.setdefault(stay.person, []).append(stay)
        return CheckRota(unit, reach, held, by_person, self.book)

    def _cells(self, checking: CheckRota, wishes: Sequence[CellWish]) -> list[RotaCell]:
        cells, faults = [], list[Violation]()
        for number, wish in enumerate(wishes):
            try:
                cells.append(checking.cell(wish))
            except Refusal as refusal:
                faults += _violations(f"rota_cells[{number}]", refusal)
        if faults:
            raise RotaRefused(faults)
        return cells


def _violations(cell: str, refusal: Refusal) -> Iterator[Violation]:
    """What is wrong with a cell, by fields of the request; of parameters each field."""
    if refusal.violations:
        for one in refusal.violations:
            yield Violation(f"{cell}.{one.field}", one.reason, one.zh, one.en)
    else:
        yield refusal_violation(f"{cell}.{_FIELDS.get(refusal.reason, 'shift_pattern')}", refusal)


_FIELDS = {"PERSON_NOT_FOUND": "person", "ROTA_WORD_UNKNOWN": "code"}
"""Which field of a cell a refusal without a field of its own is about."""


@dataclass(frozen=True, slots=True)
class ListRota:
    """Lists cells of a month within reach, which is taken as of the month, as that of its sheets."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    rota: RotaStore

    def page(
        self,
        month: date,
        reach: Reach,
        *,
        unit: UUID | None,
        person: UUID | None,
        page: tuple[Place | None, int],
    ) -> list[PublishedCell]:
        """Cells behind a place; refuses UNIT_NOT_FOUND and PERSON_NOT_FOUND."""
        days = (month, last_day(month))
        if unit:
            self.finding.unit(reach, unit, min(days[1], max(days[0], self.finding.today)))
        if person:
            self._check_person(person, days, reach)
        with self.database.read() as connection:
            return self.rota.listed(connection, month, reach, unit=unit, person=person, page=page)

    def _check_person(self, person: UUID, days: tuple[date, date], reach: Reach) -> None:
        for last_try in (False, True):
            with self.database.read() as connection:
                if self.organisation.person_between(connection, reach, days, person=person):
                    return
            if not last_try:
                self.finding.refresher.catch_up()
        raise PersonNotFound(person=f"people/{person}")
