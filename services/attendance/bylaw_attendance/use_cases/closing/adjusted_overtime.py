"""Finds by how much overtime differs since corrections of closed months: by each version, less by the one before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_hooks.exporting import OvertimeFound

from bylaw_attendance.ports.exports import ClosedBodies, Version
from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.rules.closing.closing import ShownVersion
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, agreed_by_person
from bylaw_attendance.rules.sheets.exported_month import overtime_of
from bylaw_attendance.rules.sheets.sheet import KeptSheet
from bylaw_attendance.use_cases.overtime.overtime_days import OvertimeDays
from bylaw_attendance.use_cases.sheets.judge_month import Judged
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth


class CorrectedMonth(NamedTuple):
    """Corrections of one month of people who had overtime in it, with the bodies of their versions."""

    loaded: LoadedMonth
    corrections: Sequence[ShownVersion]
    agreed: Mapping[UUID, Sequence[OvertimeRequest]]
    bodies: Mapping[Version, KeptSheet]
    plans: Mapping[bytes, PlanBody]


@dataclass(frozen=True, slots=True)
class AdjustedOvertime:
    """In two steps: what is on record is read in a transaction, and looked through behind it."""

    overtime: OvertimeStore
    closed: ClosedBodies
    loader: LoadMonth
    days: OvertimeDays

    def load(self, connection: sa.Connection, counted: Iterable[ShownVersion]) -> list[CorrectedMonth]:
        """A few statements for each month that was corrected; nothing of who had no overtime then."""
        corrected = (one for one in counted if one.version > 1)
        by_month = groupby(sorted(corrected, key=attrgetter("month")), attrgetter("month"))
        months = (self._month(connection, month, list(corrections)) for month, corrections in by_month)
        return [month for month in months if month.corrections]

    def _month(self, connection: sa.Connection, month: date, counted: Sequence[ShownVersion]) -> CorrectedMonth:
        people = {one.person for one in counted}
        agreed = agreed_by_person(self.overtime.counting(connection, people, month, last_day(month)))
        corrections = [one for one in counted if one.person in agreed]
        known = {one.person: KnownPerson(one.person, one.number, one.display_name) for one in corrections}
        loaded = self.loader.load(connection, month, list(known.values()), shown=())
        wanted = [(one.person, month, one.version - less) for one in corrections for less in (0, 1)]
        bodies = self.closed.bodies(connection, wanted) if wanted else {}
        return CorrectedMonth(loaded, corrections, agreed, bodies, self.loader.plans_of(connection, bodies.values()))

    def beside(self, versions: Sequence[ShownVersion], months: Iterable[CorrectedMonth]) -> list[ShownVersion]:
        """Versions with what each changes of overtime."""
        found = self.differences(months)
        return [one._replace(overtime=found.get((one.person, one.month, one.version), ())) for one in versions]

    def differences(self, months: Iterable[CorrectedMonth]) -> dict[Version, list[OvertimeFound]]:
        """By version what is found otherwise than by the one before."""
        return {
            (one.person, one.month, one.version): list(self._difference(month, one))
            for month in months
            for one in month.corrections
        }

    def _difference(self, month: CorrectedMonth, one: ShownVersion) -> Iterator[OvertimeFound]:
        before, after = (self._found(month, one, one.version - less) for less in (1, 0))
        for then, now in zip(before, after, strict=True):
            if now.found_minutes != then.found_minutes:
                yield replace(now, found_minutes=now.found_minutes - then.found_minutes)

    def _found(self, month: CorrectedMonth, one: ShownVersion, version: int) -> list[OvertimeFound]:
        kept = month.bodies[one.person, one.month, version]
        judged = Judged(KnownPerson(one.person, one.number, one.display_name), kept)
        days = self.days.days_of(month.loaded, judged, month.plans)
        return [overtime_of(asked, days.found(asked).minutes, final=True) for asked in month.agreed[one.person]]
