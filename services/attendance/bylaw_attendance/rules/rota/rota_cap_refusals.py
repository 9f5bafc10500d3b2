"""How attendance says no to a rota that breaks a cap, or takes floating days that there are not (HRS-1, HRS-7)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bylaw_chassis.refusals import Code, Refusal

from bylaw_attendance.rules.rota.floating_day import FloatingDay


class RotaCapBroken(Refusal):
    """A cap that somebody's month (by employee number) breaks; `days` are those that it is about."""

    code = Code.FAILED_PRECONDITION
    clause = "HRS-7"

    def __init__(self, about: Iterable[date], /, **told: object) -> None:
        super().__init__(violations=(), **told)
        self.days = tuple(about)


class WeekWithoutRest(RotaCapBroken):
    """Weeks, by their Mondays, that the rota leaves without their day of rest, and no day of rest is left for them."""

    reason = "ROTA_WEEK_WITHOUT_REST"
    zh = "{person} 在以下各周排不到每周至少 {cap} 天的休息：{weeks_zh}。请为这几周安排休息日，或调换其他日子的休息。"
    en = (
        "{person} has not the day off that each week must have (cap: at least {cap}) in the weeks {weeks_en}, and too"
        " few days of rest are left for them. Give each of these weeks one, or move one there."
    )

    def __init__(self, *, person: str, weeks: Sequence[date], cap: int) -> None:
        spans = [(monday, monday + timedelta(6)) for monday in weeks]
        super().__init__(
            [monday + timedelta(number) for monday in weeks for number in range(7)],
            person=person,
            cap=cap,
            weeks_zh="、".join(f"{first} 至 {last}" for first, last in spans),
            weeks_en=", ".join(f"{first} to {last}" for first, last in spans),
        )


class GapTooShort(RotaCapBroken):
    """Shifts of days that follow one another with too little time between them."""

    reason = "ROTA_GAP_TOO_SHORT"
    zh = "{person} 两班之间的间隔少于 {cap} 小时：{gaps}。请调整班次，或在其间安排休息日。"
    en = (
        "{person} has less than {cap} hours between shifts: {gaps}. Choose other shifts, or put a day of rest between"
        " them."
    )

    def __init__(self, *, person: str, gaps: Sequence[tuple[date, int]], cap: int) -> None:
        super().__init__(
            [one for day, _ in gaps for one in (day + timedelta(1), day)],
            person=person,
            cap=cap,
            gaps=", ".join(f"{day}/{day + timedelta(1)} ({max(minutes, 0) / 60:.1f} h)" for day, minutes in gaps),
        )


class HoursTooLong(RotaCapBroken):
    """More hours a week, as a monthly average, than the cap; the days are those that add to them."""

    reason = "ROTA_HOURS_EXCEEDED"
    zh = (
        "{person} 在 {month} 平均每周工时将为 {hours} 小时，超过上限 {cap} 小时；增加工时的日子：{days}。"
        "请减少班次或安排更多休息日。"
    )
    en = (
        "{person} would work {hours} hours a week in {month} on average, beyond the cap of {cap}; {days} add to them."
        " Plan shorter shifts, or more days of rest."
    )

    def __init__(self, *, person: str, month: date, tenths: int, cap: int, days: Sequence[date]) -> None:
        super().__init__(
            days,
            person=person,
            month=f"{month:%Y-%m}",
            hours=f"{tenths / 10:.1f}",
            cap=cap,
            days=", ".join(map(str, days)),
        )


class FloatingDayUsed(RotaCapBroken):
    """More floating days than there are."""

    reason = "ROTA_FLOATING_DAY_USED"
    clause = "HRS-1"
    zh = "{person} 每月有 {cap} 天机动休，{days} 已无机动休可用（已排：{taken}）。请取消其他机动休，或改用请假。"
    en = (
        "{person} has floating days a month: {cap}; none is left for {days} (planned are {taken}). Take another one"
        " back, or ask for leave."
    )

    def __init__(self, *, person: str, days: Sequence[date], taken: Sequence[date], cap: int) -> None:
        told = (", ".join(map(str, days)), ", ".join(map(str, taken)))
        super().__init__(days, person=person, cap=cap, days=told[0], taken=told[1])


class FloatingDayOnLeave(RotaCapBroken):
    """The floating day was asked for as leave already."""

    reason = "ROTA_FLOATING_DAY_ON_LEAVE"
    clause = "HRS-1"
    zh = (
        "{person} 每月有 {cap} 天机动休，已以请假方式使用：{taken}（LVE-1）；{days} 不能再排机动休。"
        "请先撤销该请假，或改排其他班次。"
    )
    en = (
        "{person} has floating days a month: {cap}, and has asked for leave with it: {taken} (LVE-1); none is left for"
        " {days}. Have that leave cancelled first, or plan the day otherwise."
    )

    def __init__(self, *, person: str, days: Sequence[date], leave: Iterable[FloatingDay], cap: int) -> None:
        taken = ", ".join(f"{one.day} ({one.leave})" for one in leave)
        super().__init__(days, person=person, cap=cap, days=", ".join(map(str, days)), taken=taken)


class FloatingDayIdle(RotaCapBroken):
    """A floating day on a day that is off without it would be lost."""

    reason = "ROTA_FLOATING_DAY_IDLE"
    clause = "HRS-1"
    zh = "{person} 在 {days} 本来就休息，排机动休等于作废；请改排在工作日。"
    en = "{person} is off on {days} anyway, and a floating day there would be lost; choose a day that is worked."

    def __init__(self, *, person: str, days: Sequence[date]) -> None:
        super().__init__(days, person=person, days=", ".join(map(str, days)))
