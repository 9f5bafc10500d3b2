"""A pattern with parameters of its own, and a check that speaks both languages; in order otherwise."""

from typing import Any, Self

from bylaw_hooks import CardParameters, ShiftPattern, hookimpl, setting
from ordinary import Ordinary
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

bylaw_api = 1


class Quota(CardParameters):
    """So many days of rest, and not on more weekdays than that."""

    rest_days: int = setting("每月轮休天数", "Rest days a month", default=5, ge=0, le=15)
    weekdays: tuple[int, ...] = Field(default=())

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.rest_days == 13:
            raise ZeroDivisionError("a fault of the check itself")
        if len(self.weekdays) > self.rest_days:
            raise PydanticCustomError("quota", "{en}", {"zh": "轮休日多于配额", "en": "more days than the quota"})
        return self


class Choosy(Ordinary):
    """Version 2 of it."""

    name, version = "acme-choosy", 2
    parameters = Quota


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Choosy()]
