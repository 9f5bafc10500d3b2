"""Whether the floating days that a publication plans are there to be had, and on days that are worked (HRS-1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.leave.floating_leave import FloatingLimits
from bylaw_attendance.rules.rota.floating_day import FLOATING, FloatingDay, month_number
from bylaw_attendance.rules.rota.rota_cap_refusals import FloatingDayIdle, FloatingDayOnLeave, FloatingDayUsed
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.rules.rota.rota_month import RotaMonth
from bylaw_attendance.use_cases.rota.check_rota_caps import Touched
from bylaw_attendance.use_cases.rota.plan_rota import PlanRota


@dataclass(frozen=True, slots=True)
class CheckFloatingDays:
    """Somebody's floating days count from when they were first hired."""

    plan: PlanRota
    limits: RotaLimits

    def faults(
        self, touched: Touched, month: RotaMonth
    ) -> Iterator[FloatingDayUsed | FloatingDayOnLeave | FloatingDayIdle]:
        """What is wrong with the new floating days of a month."""
        new = sorted(day for day in touched.days if touched.standing[day].code == FLOATING)
        taken = sorted(day for day, cell in touched.standing.items() if cell.code == FLOATING)
        beyond = self._beyond(touched, taken)
        if beyond:
            counting = [day for day in taken if _months_apart(day, touched.month) <= self.limits.floating_kept_months]
            until = [day for day in counting if day <= last_day(touched.month)]
            yield FloatingDayUsed(person=month.person, days=beyond, taken=until, cap=self.limits.floating_days)
        elif leave := self._on_leave(touched, taken):
            yield FloatingDayOnLeave(person=month.person, days=new, leave=leave, cap=self.limits.floating_days)
        if idle := self._idle(touched, new):
            yield FloatingDayIdle(person=month.person, days=idle)

    def _beyond(self, touched: Touched, taken: list[date]) -> list[date]:
        found = self._limits(touched).beyond(map(FloatingDay, taken))
        return sorted(one.day for one in found if one.day.replace(day=1) == touched.month)

    def _on_leave(self, touched: Touched, taken: list[date]) -> list[FloatingDay]:
        """The floating days that were asked for as leave, where these take more beside them than there are (HRS-1)."""
        limits, leave = self._limits(touched), self.plan.facts.floating_leave.get(touched.person, ())
        before = [day for day, cell in touched.kept.items() if cell.code == FLOATING]
        found, old = (limits.beyond([*map(FloatingDay, days), *leave]) for days in (taken, before))
        if not leave or len(found) <= len(old):
            return []
        return [one for one in leave if abs(_months_apart(one.day, touched.month)) <= limits.kept_months]

    def _limits(self, touched: Touched) -> FloatingLimits:
        stays = self.plan.facts.stays.get(touched.person, ())
        hired = min((stay.first_day for stay in stays), default=date.min)
        return FloatingLimits(self.limits.floating_days, self.limits.floating_kept_months, hired)

    def _idle(self, touched: Touched, new: list[date]) -> list[date]:
        """Those on which nobody would work without them."""
        without = {day: cell for day, cell in touched.standing.items() if cell.code != FLOATING}
        planned = self.plan.month(touched.person, touched.month, without).dates
        off = {day.work_date for day in planned if not day.halves}
        return [day for day in new if day in off]


def _months_apart(day: date, later: date) -> int:
    return month_number(later) - month_number(day)
