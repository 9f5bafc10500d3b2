"""The floating day as leave, beside the floating days of the rota: whichever came first stands (HRS-1, LVE-1)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bylaw_hooks.leave import Objection
from bylaw_hooks.parameters import Both

from bylaw_attendance.rules.leave.leave_request import Leave
from bylaw_attendance.rules.rota.floating_day import CLAUSE, FLOATING, FloatingDay, month_number, not_granted


class FloatingLimits(NamedTuple):
    """How many there are, for how many months more each is kept, and since when the person has any."""

    a_month: int
    kept_months: int
    since: date

    def beyond(self, days: Iterable[FloatingDay]) -> set[FloatingDay]:
        """Those that are not there to be had."""
        return set(not_granted(days, a_month=self.a_month, kept_months=self.kept_months, since=self.since))


def floated(leave: Leave) -> Iterator[FloatingDay]:
    """The floating days that a request takes; none of leave of another kind."""
    if leave.terms.balance == FLOATING:
        yield from (FloatingDay(day.work_date, day.days, leave.name) for day in leave.kept if day.days)


def in_rota_already(
    asked: Leave, standing: Iterable[Leave], rota: Sequence[date], limits: FloatingLimits
) -> Iterator[Objection]:
    """That the rota has given the floating day, where leave would give it once more; naming it and its clause.

    What leave alone would come to is the policy's to say.
    """
    own, as_leave = list(floated(asked)), [day for leave in standing for day in floated(leave)]
    by_rota = [FloatingDay(day) for day in rota]
    alone = limits.beyond([*as_leave, *own]) - limits.beyond(as_leave)
    together = limits.beyond([*by_rota, *as_leave, *own]) - limits.beyond([*by_rota, *as_leave])
    if not own or alone or not together:
        return
    months = {month_number(one.day) for one in own}
    near = [day for day in rota if any(abs(month_number(day) - month) <= limits.kept_months for month in months)]
    days = ", ".join(map(str, sorted(near)))
    yield Objection(
        "FLOATING_DAY_IN_ROTA",
        Both(
            f"每月有 {limits.a_month} 天机动休，排班已安排在 {days}（{CLAUSE}）；请改用其他假，或请负责人取消该日排班",
            f"of {limits.a_month} floating days a month the rota has given {days} ({CLAUSE}); ask for other leave, or"
            " have the head take that day of the rota back",
        ),
        CLAUSE,
    )
