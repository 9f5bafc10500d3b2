"""Whether the floating days that a publication plans are there to be had, and on days that are worked (HRS-1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bylaw_attendance.rules.floating_day import FLOATING, not_granted
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.rota_cap_refusals import FloatingDayIdle, FloatingDayUsed
from bylaw_attendance.rules.rota_caps import RotaLimits
from bylaw_attendance.rules.rota_month import RotaMonth
from bylaw_attendance.use_cases.check_rota_caps import Touched
from bylaw_attendance.use_cases.plan_rota import PlanRota


@dataclass(frozen=True, slots=True)
class CheckFloatingDays:
    """Somebody's floating days count from when they were first hired."""

    plan: PlanRota
    limits: RotaLimits

    def faults(self, touched: Touched, month: RotaMonth) -> Iterator[FloatingDayUsed | FloatingDayIdle]:
        """What is wrong with the new floating days of a month."""
        new = sorted(day for day in touched.days if touched.standing[day].code == FLOATING)
        taken = sorted(day for day, cell in touched.standing.items() if cell.code == FLOATING)
        beyond = self._beyond(touched, taken)
        if beyond:
            counting = [day for day in taken if _months_apart(day, touched.month) <= self.limits.floating_kept_months]
            until = [day for day in counting if day <= last_day(touched.month)]
            yield FloatingDayUsed(person=month.person, days=beyond, taken=until, cap=self.limits.floating_days)
        if idle := self._idle(touched, new):
            yield FloatingDayIdle(person=month.person, days=idle)

    def _beyond(self, touched: Touched, taken: list[date]) -> list[date]:
        limits, stays = self.limits, self.plan.facts.stays.get(touched.person, ())
        hired = min((stay.first_day for stay in stays), default=date.min)
        kept = limits.floating_kept_months
        found = not_granted(taken, a_month=limits.floating_days, kept_months=kept, since=hired)
        return [day for day in found if day.replace(day=1) == touched.month]

    def _idle(self, touched: Touched, new: list[date]) -> list[date]:
        """Those on which nobody would work without them."""
        without = {day: cell for day, cell in touched.standing.items() if cell.code != FLOATING}
        planned = self.plan.month(touched.person, touched.month, without).dates
        off = {day.work_date for day in planned if not day.halves}
        return [day for day in new if day in off]


def _months_apart(day: date, later: date) -> int:
    return 12 * (later.year - day.year) + later.month - day.month
