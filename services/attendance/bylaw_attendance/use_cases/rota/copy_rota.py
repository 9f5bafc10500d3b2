"""Copies a unit's month of the rota into another, or says what would be refused of it: all of it or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import orjson
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid, Violation

from bylaw_attendance.ports.rota import RotaStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.refusals import BatchTooLarge
from bylaw_attendance.rules.rota.rota import Bounds, CellWish, PublishedCell, RotaCell
from bylaw_attendance.rules.rota.rota_copy import LeftOut, LeftOutReason, MonthCopy, same_weekday
from bylaw_attendance.rules.rota.rota_refusals import RotaFaults
from bylaw_attendance.use_cases.rota.load_rota import RotaFacts
from bylaw_attendance.use_cases.rota.publish_rota import PublishRota
from bylaw_attendance.use_cases.rota.read_rota import LARGEST_BATCH, AskedCells


class CopyWish(NamedTuple):
    """Which month of a unit is copied into which; `only_checked`: nothing is published."""

    unit: UUID
    source: date
    target: date
    only_checked: bool


class Copied(NamedTuple):
    """What was copied, or would be; what would be refused."""

    copy: MonthCopy
    faults: Sequence[Violation] = ()
    published: int = 0


@dataclass(frozen=True, slots=True)
class CopyRota:
    """Publishes what a copy comes to as any other cells are."""

    database: Database
    rota: RotaStore
    publishing: PublishRota

    def copy(self, wish: CopyWish, caller: Caller, reach: Reach) -> Copied:
        """Refuses UNIT_NOT_FOUND, BATCH_TOO_LARGE, MONTH_CLOSED, ROTA_REFUSED, FIELD_INVALID."""
        if wish.source == wish.target:
            raise FieldInvalid(field="to_month", zh="须与被复制的月份不同", en="must be another month than that copied")
        finding, loader = self.publishing.finding, self.publishing.putting.loader
        finding.refresher.refresh()
        finding.unit(reach, wish.unit, last_day(wish.target))
        source = self._source(wish, reach)
        people = {one.cell.person for one in source}
        facts = loader.load(people, (wish.target, last_day(wish.target)))
        bounds = Bounds(wish.unit, facts.tree, reach)
        copy = _copy(source, wish.target, bounds, facts)
        asked = AskedCells({number: _wish(one.cell) for number, one in enumerate(copy.cells)}, RotaFaults())
        cells = self.publishing.checked(bounds, asked, facts)
        if wish.only_checked:
            return Copied(copy, asked.faults.found())
        asked.faults.check()
        done = self.publishing.put(wish.unit, cells, caller, facts=facts)
        return Copied(copy, published=done.published)

    def _source(self, wish: CopyWish, reach: Reach) -> list[PublishedCell]:
        with self.database.read() as connection:
            page = (None, LARGEST_BATCH + 1)
            found = self.rota.listed(connection, wish.source, reach, unit=wish.unit, person=None, page=page)
        if len(found) > LARGEST_BATCH:
            raise BatchTooLarge(limit=LARGEST_BATCH, count=len(found))
        return found


def _copy(source: Sequence[PublishedCell], month: date, bounds: Bounds, facts: RotaFacts) -> MonthCopy:
    left_out: list[LeftOut] = []
    return MonthCopy(list(_copied(source, month, bounds, facts=facts, left_out=left_out)), left_out)


def _copied(
    source: Sequence[PublishedCell], month: date, bounds: Bounds, *, facts: RotaFacts, left_out: list[LeftOut]
) -> Iterator[PublishedCell]:
    for one in source:
        day, person = same_weekday(one.cell.work_date, month), one.cell.person
        if day is None:
            left_out.append(LeftOut(one, LeftOutReason.NO_SUCH_DAY))
        elif bounds.stay(facts.stays.get(person, ()), day) is None:
            left_out.append(LeftOut(one, LeftOutReason.NOT_HERE))
        elif day in facts.cells.get(person, {}):
            left_out.append(LeftOut(one, LeftOutReason.PUBLISHED))
        else:
            yield PublishedCell(one.number, one.cell._replace(work_date=day), None)


def _wish(cell: RotaCell) -> CellWish:
    return CellWish(*cell[:4], orjson.loads(cell.parameters) if cell.parameters else {})
