"""What a company sets of flexible hours: the frame, the core time, and how many minutes a day asks for."""

from typing import Literal, Self

from bylaw_hooks import WEEKDAY_TITLES, CardParameters, WallSpan, setting, spans_in_order
from pydantic import model_validator
from pydantic_core import PydanticCustomError

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOCK_CHANGE_MINUTES = 120
"""No clock was ever put forward or back by more."""


class Flexible(CardParameters):
    """Come and go within the frame, be there in core time, work the day's minutes."""

    working_days: tuple[Weekday, ...] = setting(
        "工作日", "Working days", choices=WEEKDAY_TITLES, default=WEEKDAYS[:6], max_length=7
    )
    frame: WallSpan = setting("弹性时段", "The frame within which time counts", default="07:00-20:00")
    core: WallSpan = setting("核心时段", "The core time, in which everybody is there", default="10:00-16:00")
    required_minutes: int = setting("每日应出勤(分钟)", "Minutes of work a day", default=450, ge=1, le=1440)
    break_minutes: int = setting(
        "休息扣除(分钟)，0 为不扣", "Minutes of break that are deducted; 0: none", default=0, ge=0, le=240
    )
    break_after_minutes: int = setting(
        "在岗超过多少分钟才扣除休息",
        "The break is deducted from what exceeds so many minutes",
        default=360,
        ge=0,
        le=1440,
    )
    late_minutes: int = setting(
        "迟到上限(含，核心时段开始后分钟)，超过须请假",
        "Late up to and including these minutes of core time, beyond: leave required",
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
    holidays_off: bool = setting("公众假期另休", "Public holidays are off on top of rest days", default=True)
    makeup_day_works_all: bool = setting("调休上班日全员上班", "On a make-up working day everyone works", default=True)

    def walls(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Frame and core in minutes after the day's midnight."""
        (frame,), ((start, end),) = spans_in_order((self.frame,)), spans_in_order((self.core,))
        next_day = 1440 * (start < frame[0])
        return frame, (start + next_day, end + next_day)

    @property
    def present_minutes(self) -> int:
        """How long one must be there to have worked the day's minutes, the break included where it is deducted."""
        more = self.required_minutes > self.break_after_minutes
        return self.required_minutes + self.break_minutes * more

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if len(set(self.working_days)) < len(self.working_days):
            raise _wrong("working_days", zh="工作日重复", en="a day is listed twice; list each once")
        (opens, closes), (_, end) = self.walls()
        if closes > opens + 1440 - CLOCK_CHANGE_MINUTES:
            raise _wrong(
                "frame",
                zh="弹性时段须在次日开始前至少两小时结束",
                en="the frame must end at least two hours before the next day's begins",
            )
        if end > closes:
            raise _wrong("core", zh="核心时段须在弹性时段之内", en="the core time must lie within the frame")
        if self.present_minutes > closes - opens - CLOCK_CHANGE_MINUTES:
            raise _wrong(
                "required_minutes",
                zh="弹性时段须比应出勤(含休息)至少长两小时",
                en="the frame must be at least two hours longer than the day's minutes with their break",
            )
        return self


def _wrong(field: str, *, zh: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("flexible", "{field}: {en} / {zh}", {"field": field, "zh": zh, "en": en})
