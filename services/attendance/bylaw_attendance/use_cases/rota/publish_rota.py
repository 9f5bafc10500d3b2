"""Publishes cells of a unit's rota: all of a batch or none, every fault named; shows them and takes them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.ports.rota import RotaStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.rota.rota import Bounds, Place, Published, PublishedCell, RotaCell, changed_among
from bylaw_attendance.rules.rota.rota_refusals import RotaCellNotFound
from bylaw_attendance.use_cases.rota.check_rota import CheckRota
from bylaw_attendance.use_cases.rota.load_rota import RotaFacts
from bylaw_attendance.use_cases.rota.put_rota import Put, PutRota
from bylaw_attendance.use_cases.rota.read_rota import AskedCells
from bylaw_attendance.use_cases.sheets.finding import Finding

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class PublishRota:
    """Publishes and takes back; who works where is as people tells it, each on the cell's own day."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    putting: PutRota

    def publish(
        self, unit: UUID, asked: AskedCells, caller: Caller, reach: Reach, *, only_tried: bool = False
    ) -> Published:
        """Refuses UNIT_NOT_FOUND, MONTH_CLOSED, and ROTA_REFUSED with the faults of reading too.

        Where it is only tried nothing is published, and its faults are answered beside what it would come to.
        """
        self.finding.refresher.refresh()
        days = _days(asked, self.finding.today)
        self.finding.unit(reach, unit, days[1])
        facts = self.putting.loader.load({wish.person for wish in asked.wishes.values()}, days)
        cells = self.checked(Bounds(unit, facts.tree, reach), asked, facts)
        if only_tried:
            return self._tried(asked, cells, facts)
        asked.faults.check()
        return self.put(unit, cells, caller, facts=facts)

    def _tried(self, asked: AskedCells, cells: Mapping[int, RotaCell], facts: RotaFacts) -> Published:
        with self.database.read() as connection:
            self.putting.check_open(connection, {cell.person_month for cell in cells.values()})
        noticed_from = self.putting.noticed_from()
        changed = [
            PublishedCell(facts.numbers[cell.person], cell, None, cell.work_date < noticed_from)
            for cell in changed_among(cells, facts.cells).values()
        ]
        gone = sum(one.cell.says_nothing for one in changed)
        counts = (len(changed) - gone, len(cells) - len(changed), sum(one.short_notice for one in changed), gone)
        return Published(*counts, changed, asked.faults.found())

    def checked(self, bounds: Bounds, asked: AskedCells, facts: RotaFacts) -> dict[int, RotaCell]:
        """The cells that have no fault of their own; what is wrong with them and with their months is gathered."""
        checking = CheckRota(bounds, facts, facts.resolver({}), self.putting.book, asked.faults)
        checked = {number: checking.cell(number, wish) for number, wish in asked.wishes.items()}
        cells = {number: cell for number, cell in checked.items() if cell}
        self.putting.check(facts, cells, facts.cells, asked.faults)
        return cells

    def put(self, unit: UUID, cells: Mapping[int, RotaCell], caller: Caller, *, facts: RotaFacts) -> Published:
        """Publishes what was checked; refuses MONTH_CLOSED, and what came in between."""
        with self.database.work() as work:
            put = self.putting.put(work, cells, caller, facts=facts, unit=unit) if cells else Put(())
        came = len(put.changed) - put.taken_back
        return Published(came, len(cells) - len(put.changed), put.short_notice, put.taken_back)

    def withdraw(self, person: UUID, work_date: date, reach: Reach) -> PublishedCell:
        """Refuses ROTA_CELL_NOT_FOUND, also for what is out of reach."""
        with self.database.read() as connection:
            held = self.organisation.person_between(connection, reach, (work_date, work_date), person=person)
        if not held:
            raise RotaCellNotFound
        with self.database.work() as work:
            self.putting.hold(work, {(person, work_date.replace(day=1))})  # before the cell, as who publishes does
            found = self.putting.rota.withdraw(work.connection, person, work_date)
            if found is None:
                raise RotaCellNotFound
            self.putting.tell(work, [found.cell], {person: {work_date: found.cell}}, unit=None)
        return found._replace(number=held[0].number)


def _days(asked: AskedCells, today: date) -> Days:
    """From the first day that is asked for to the last; today, where none is."""
    days = [wish.work_date for wish in asked.wishes.values()] or [today]
    return min(days), max(days)


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
