"""What a company sets of rest by rota; the defaults are the rulebook's (HRS-2, 3, 4, 5; ATT-2, 3)."""

from typing import Self

from bylaw_hooks import CardParameters, WallSpan, setting, spans_in_order
from pydantic import model_validator
from pydantic_core import PydanticCustomError

CLOCK_CHANGE_MINUTES = 120
"""No clock was ever put forward or back by more."""


class Rota(CardParameters):
    """How many days of rest a month has, and the hours of all other days."""

    rest_days: int = setting("每月轮休天数", "Rest days a month", default=5, ge=0, le=31)
    hours: tuple[WallSpan, ...] = setting(
        "每日时段", "Hours of a working day", min_length=1, max_length=8, default=("08:30-12:00", "14:00-18:00")
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
    holidays_off: bool = setting("公众假期休息", "Public holidays are off", default=True)
    holidays_use_rest_days: bool = setting(
        "公众假期计入轮休天数", "Public holidays that are off count among the rest days", default=False
    )
    makeup_day_works_all: bool = setting("调休上班日全员上班", "On a make-up working day everyone works", default=True)

    @model_validator(mode="after")
    def _agree(self) -> Self:
        spans = spans_in_order(self.hours)
        gaps = [start - end for (start, _), (_, end) in zip(spans[1:], spans, strict=False)]
        first_sign_in = spans[0][0] - self.sign_in_lead_minutes
        if any(gap < self.sign_in_lead_minutes for gap in gaps) or spans[-1][1] > first_sign_in + 1440:
            raise _wrong(
                "hours",
                zh="时段须依次排列、互不重叠，提前签到不得早于上一时段结束，并在次日首次签到前结束",
                en="hours must follow one another, no sign-in be due before those before it have ended, and all end "
                "before the next day's first sign-in",
            )
        # A rota is known a month at a time: whether the day beyond the month's edge is rest must not matter to this
        # one's cards. So the windows of neighbouring days may not meet, not even where a clock changes between them.
        closes = spans[-1][1] + self.latest_minutes + CLOCK_CHANGE_MINUTES
        if closes > first_sign_in - self.earliest_minutes + 1440:
            raise _wrong(
                "latest_minutes",
                zh="末次签退后的收卡须在次日首次收卡前至少两小时结束；请缩短时段或收卡时间",
                en="cards must stop counting two hours before those of the next day begin to; shorten the hours, "
                "latest_minutes or earliest_minutes",
            )
        return self


def _wrong(field: str, *, zh: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("rota", "{field}: {en} / {zh}", {"field": field, "zh": zh, "en": en})
