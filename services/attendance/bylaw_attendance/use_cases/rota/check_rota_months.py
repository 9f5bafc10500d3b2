"""Whether the months that a publication touches can stand: each is planned by its patterns, with all of its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bylaw_chassis.refusals import Refusal

from bylaw_attendance.rules.judging.policy_health import named
from bylaw_attendance.rules.rota.floating_day import FLOATING
from bylaw_attendance.rules.rota.rota import REST, CellsByPerson, PersonMonth, RotaCell, changed_among, with_cells
from bylaw_attendance.rules.rota.rota_cap_refusals import RotaCapBroken
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.rules.rota.rota_month import RotaMonth, rest_not_granted
from bylaw_attendance.rules.rota.rota_refusals import RotaFaults, RotaRestNotGranted
from bylaw_attendance.use_cases.leave.check_floating_days import CheckFloatingDays
from bylaw_attendance.use_cases.rota.check_rota_caps import OFF, CheckRotaCaps, Touched
from bylaw_attendance.use_cases.rota.plan_rota import PlanRota

RotaFault = RotaRestNotGranted | RotaCapBroken


@dataclass(frozen=True)
class CheckRotaMonths:
    """Plans people's months as they would stand; of each what is new is held against quota and caps."""

    plan: PlanRota
    limits: RotaLimits
    faults: RotaFaults
    _caps: CheckRotaCaps = field(init=False)
    _floating: CheckFloatingDays = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_caps", CheckRotaCaps(self.plan, self.limits))
        object.__setattr__(self, "_floating", CheckFloatingDays(self.plan, self.limits))

    def check(self, made: Mapping[int, RotaCell], kept: CellsByPerson) -> None:
        """Gathers the faults of all months in which these cells, by their numbers, change anything.

        A month that was at fault before harms nobody who makes it no worse.
        """
        standing = with_cells(kept, made.values())
        for (person, month), numbers in _changed(made, kept).items():
            touched = Touched(person, month, kept.get(person, {}), standing.get(person, {}), frozenset(numbers))
            try:
                found = list(self._faults(touched))
            except Refusal as refusal:
                # A day off that would be worked is absence; other words wait for the pattern, as all of the month does.
                if any(touched.standing[day].code in OFF for day in numbers):
                    self.faults.add(min(numbers.values()), named(refusal, self.plan.facts.numbers[person]))
                continue
            for fault in found:
                self.faults.add(_to_blame(numbers, fault), fault)

    def _faults(self, touched: Touched) -> Iterator[RotaFault]:
        """Rest that is not there to be had is told alone: what the month comes to without it is no other fault."""
        found = self.plan.month(touched.person, touched.month, touched.standing)
        rest = list(self._of_rest(touched, found))
        yield from rest or self._caps.faults(touched, found)

    def _of_rest(self, touched: Touched, found: RotaMonth) -> Iterator[RotaFault]:
        words = {touched.standing[day].code for day in touched.days}
        if REST in words:
            yield from rest_not_granted(found)
        if FLOATING in words:
            yield from self._floating.faults(touched, found)


def _changed(made: Mapping[int, RotaCell], kept: CellsByPerson) -> dict[PersonMonth, dict[date, int]]:
    """The cells that were not published so before: by month of a person, numbers by day."""
    found: dict[PersonMonth, dict[date, int]] = {}
    for number, cell in changed_among(made, kept).items():
        found.setdefault(cell.person_month, {})[cell.work_date] = number
    return found


def _to_blame(numbers: Mapping[date, int], fault: RotaFault) -> int:
    """The first new cell among the days that the fault is about; where it is about older ones, the last new one."""
    about = [numbers[day] for day in fault.days if day in numbers]
    return about[0] if about else numbers[max(numbers)]
