"""What a company sets of its crews: the shifts, the cycle in which they follow one another, and whose crew this is."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Self

from bylaw_hooks import Both, CardParameters, Parameters, WallSpan, setting, spans_in_order
from pydantic import model_validator
from pydantic_core import PydanticCustomError

REST = "rest"
"""What stands for a day of rest, in the cycle and in the rota."""
CLOCK_CHANGE_MINUTES = 120
"""No clock was ever put forward or back by more."""

CODES_DIFFER = Both("班次代码不得重复，也不得为 rest", "codes must differ from one another and from rest")
CODES_KNOWN = Both("循环中只能用班次代码或 rest", "the cycle may name only codes of the shifts, or rest")
OFFSET_INSIDE = Both("偏移须小于循环的天数", "the offset must be smaller than the cycle is long")
SHIFTS_APART = Both("循环中每班须在次日班次开始前结束", "a shift must end before that of the cycle's next day begins")
HOURS_IN_ORDER = Both(
    "一班之内时段须依次排列、互不重叠，提前签到不得早于上一时段结束，全班不超过 24 小时",
    "a shift's hours must follow one another within 24 hours, no sign-in due before those before it have ended",
)
ENDS_FIRST = Both(
    "任何班次须在次日任何班次结束前至少两小时结束",
    "every shift must end two hours before any shift of the next day does",
)
CARDS_APART = Both(
    "隔日班次的收卡不得重叠；请缩短收卡时间",
    "cards of shifts two days apart may not count together; shorten latest_minutes or earliest_minutes",
)


class CrewShift(Parameters):
    """A shift: the word for it in cycle and rota, and its hours."""

    code: str = setting(
        "班次代码，不可有空格",
        "Code, without blanks",
        min_length=1,
        max_length=16,
        pattern=r"^\S+$",
        examples=["early"],
    )
    hours: tuple[WallSpan, ...] = setting("时段(可跨零点)", "Hours, may run over midnight", min_length=1, max_length=4)

    def spans(self) -> list[tuple[int, int]]:
        """Its hours in minutes after the midnight of the day on which it starts."""
        return spans_in_order(self.hours)


THREE_SHIFTS = (
    CrewShift(code="early", hours=("06:00-14:00",)),
    CrewShift(code="late", hours=("14:00-22:00",)),
    CrewShift(code="night", hours=("22:00-06:00",)),
)
TWO_OF_EACH = ("early", "early", "late", "late", "night", "night", REST, REST)


class Cycle(CardParameters):
    """The shifts of all crews, their cycle, and where in it this crew is."""

    shifts: tuple[CrewShift, ...] = setting("班次", "Shifts", min_length=1, max_length=16, default=THREE_SHIFTS)
    cycle: tuple[str, ...] = setting(
        "循环：逐日的班次代码，休息为 rest",
        "The cycle: a shift's code for each day, or rest",
        min_length=1,
        max_length=366,
        default=TWO_OF_EACH,
    )
    anchor: date = setting(
        "循环首日(偏移为 0 的班组)", "The cycle's first day, for the crew at offset 0", default=date(2026, 1, 1)
    )
    crew_offset: int = setting(
        "本班组领先的天数", "So many days this crew is ahead in the cycle", default=0, ge=0, le=365
    )
    sign_in_lead_minutes: int = setting(
        "提前签到(分钟)", "Signing in is due so many minutes before a start", default=5, ge=0, le=120
    )
    late_minutes: int = setting(
        "迟到上限(含，分钟)，超过须请假",
        "Late up to and including these minutes, beyond: leave required",
        default=15,
        ge=0,
        le=720,
    )
    early_minutes: int = setting(
        "早退上限(含，分钟)，超过须请假",
        "Early up to and including these minutes, beyond: leave required",
        default=5,
        ge=0,
        le=720,
    )
    holidays_off: bool = setting("公众假期休息", "Public holidays are off", default=False)

    @model_validator(mode="after")
    def _agree(self) -> Self:
        for field, what in self._faults():
            raise PydanticCustomError("cycle", "{field}: {en} / {zh}", {"field": field, "zh": what.zh, "en": what.en})
        return self

    def _faults(self) -> Iterator[tuple[str, Both]]:
        hours = {shift.code: shift.spans() for shift in self.shifts}
        if len(hours) < len(self.shifts) or REST in hours:
            yield "shifts", CODES_DIFFER
        if not {*self.cycle} <= {*hours, REST}:
            yield "cycle", CODES_KNOWN
            return
        if self.crew_offset >= len(self.cycle):
            yield "crew_offset", OFFSET_INSIDE
        neighbours = [pair for pair in pairwise((*self.cycle, self.cycle[0])) if REST not in pair]
        if any(hours[one][-1][1] > hours[following][0][0] + 1440 for one, following in neighbours):
            yield "cycle", SHIFTS_APART
        yield from self._faulty_hours(list(hours.values()))

    def _faulty_hours(self, every: list[list[tuple[int, int]]]) -> Iterator[tuple[str, Both]]:
        lead = self.sign_in_lead_minutes
        gaps = [start - end for spans in every for (_, end), (start, _) in pairwise(spans)]
        if any(gap < lead for gap in gaps) or any(spans[-1][1] > spans[0][0] + 1440 for spans in every):
            yield "shifts", HOURS_IN_ORDER
        first, last = min(spans[0][0] for spans in every), max(spans[-1][1] for spans in every)
        # The rota may let any shift follow any other. Where two overlap the later one begins when the earlier has
        # ended (see the plan), so it must end later than that; and a month sees only one day beyond its edge, so what
        # lies two days apart may not meet.
        if last - 1440 + CLOCK_CHANGE_MINUTES > min(spans[-1][1] for spans in every):
            yield "shifts", ENDS_FIRST
        if last + self.latest_minutes + CLOCK_CHANGE_MINUTES > first - lead - self.earliest_minutes + 2880:
            yield "latest_minutes", CARDS_APART
