"""What a company sets of the fixed week; the defaults are the rulebook's (HRS-1, 3, 4, 5; ATT-2, 3)."""

from typing import Literal, Self

from bylaw_hooks import WEEKDAY_TITLES, Both, CardParameters, Parameters, WallSpan, setting, spans_in_order
from pydantic import model_validator
from pydantic_core import PydanticCustomError

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class WorkSegment(Parameters):
    """One segment of the working day, its ladder, and which of its two cards are asked for."""

    hours: WallSpan = setting("时段(可跨零点)", "Hours, may run over midnight")
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
    sign_in: bool = setting("须签到", "Signing in is asked for", default=True)
    sign_out: bool = setting("须签退", "Signing out is asked for", default=True)


class Week(CardParameters):
    """The week's working days and the segments of each."""

    working_days: tuple[Weekday, ...] = setting(
        "工作日", "Working days", choices=WEEKDAY_TITLES, default=WEEKDAYS[:6], max_length=7
    )
    segments: tuple[WorkSegment, ...] = setting(
        "每日时段",
        "Segments of a working day",
        min_length=1,
        max_length=8,
        default=(WorkSegment(hours="08:30-12:00"), WorkSegment(hours="14:00-18:00")),
    )
    sign_in_lead_minutes: int = setting(
        "提前签到(分钟)", "Signing in is due so many minutes before a start", default=5, ge=0, le=120
    )
    late_from: Literal["sign_in", "start"] = setting(
        "迟到自签到时间或上班时间起算",
        "Lateness counts from the sign-in time or from the start",
        choices={"sign_in": Both("签到时间", "the sign-in time"), "start": Both("上班时间", "the start")},
        default="sign_in",
    )
    holidays_off: bool = setting("公众假期另休", "Public holidays are off on top of rest days", default=True)
    makeup_day_works_all: bool = setting("调休上班日全员上班", "On a make-up working day everyone works", default=True)

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if len(set(self.working_days)) < len(self.working_days):
            raise _wrong("working_days", zh="工作日重复", en="a day is listed twice; list each once")
        if not all(segment.sign_in or segment.sign_out for segment in self.segments):
            raise _wrong("segments", zh="每个时段至少须签到或签退", en="each segment must ask for a card")
        self._check_hours()
        return self

    def _check_hours(self) -> None:
        spans = spans_in_order(segment.hours for segment in self.segments)
        ends = [end for _, end in spans]
        gaps = [start - end for (start, _), end in zip(spans[1:], ends, strict=False)]
        # Two hours, so that a clock put forward cannot make one day's shift end in the next one's.
        if ends[-1] > spans[0][0] - self.sign_in_lead_minutes + 1440 - 120:
            raise _wrong(
                "segments",
                zh="时段须依次排列、互不重叠，并在次日首次签到前至少两小时结束",
                en="segments must follow one another without overlap and end at least two hours before the "
                "next day's first sign-in",
            )
        if any(gap < self.sign_in_lead_minutes for gap in gaps):
            raise _wrong(
                "sign_in_lead_minutes",
                zh="提前签到不得早于上一时段结束",
                en="a sign-in cannot be due before the segment before it has ended",
            )


def _wrong(field: str, *, zh: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("week", "{field}: {en} / {zh}", {"field": field, "zh": zh, "en": en})
