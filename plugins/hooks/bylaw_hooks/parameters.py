"""What a company may set: the base of all parameters, titled in Chinese and English, and wall times."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Both(NamedTuple):
    """One text in the two languages."""

    zh: str
    en: str


# [0-9], not \d: the engine's \d takes full-width digits too.
_WALL = "([01][0-9]|2[0-3]):[0-5][0-9]"
KEPT_HOURS = 256
"""So many different hours are read once: a plan asks for the same ones on each of its days."""
WallTime = Annotated[str, StringConstraints(pattern=f"^{_WALL}$"), Field(examples=["08:30"])]
"""A time on the wall, "08:30"."""
WallSpan = Annotated[str, StringConstraints(pattern=f"^{_WALL}-{_WALL}$"), Field(examples=["08:30-12:00"])]
"""From one time to another, "08:30-12:00"; an end not after its start lies on the next day."""


def wall_minutes(wall: str) -> int:
    """Minutes after midnight of "HH:MM"."""
    hours, minutes = wall.split(":")
    return int(hours) * 60 + int(minutes)


def spans_in_order(spans: Iterable[str]) -> list[tuple[int, int]]:
    """Spans in minutes after the first midnight; one that starts before the last one ended is a day later."""
    return list(_placed(tuple(spans)))


@lru_cache(maxsize=KEPT_HOURS)
def _placed(spans: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    placed: list[tuple[int, int]] = []
    last = 0
    for span in spans:
        start, end = (wall_minutes(wall) for wall in span.split("-"))
        start += 1440 * (start < last)
        end += 1440 * (end <= start % 1440) + 1440 * (start >= 1440)
        placed.append((start, end))
        last = end
    return tuple(placed)


def setting(zh: str, en: str, *, choices: Mapping[str, Both] | None = None, **field: Any) -> Any:
    """A field with its two titles (the schema's `x-title`); `field` is what pydantic's Field takes.

    `choices` titles the values of a Literal or an enum, or those of a list's items (`x-choices`).
    """
    named = {str(choice): title._asdict() for choice, title in (choices or {}).items()}
    titled: dict[str, Any] = {"x-title": {"zh": zh, "en": en}, **({"x-choices": named} if named else {})}
    return Field(json_schema_extra=titled, **field)


class Parameters(BaseModel):
    """The base of all parameters: frozen, strict, nothing unknown; equal parameters hash alike."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class CardParameters(Parameters):
    """What the default binding and judging ask of every pattern's parameters."""

    seconds: Literal["drop", "count"] = setting(
        "比较前舍去秒或计入秒",
        "Drop seconds before comparing, or count them",
        choices={"drop": Both("舍去", "dropped"), "count": Both("计入", "counted")},
        default="drop",
    )
    repeat_minutes: int = setting(
        "多少分钟内的重复打卡视为一次", "Punches within so many minutes are one", default=10, ge=0, le=120
    )
    earliest_minutes: int = setting(
        "首次签到前多少分钟起收卡",
        "Cards count from so many minutes before the first sign-in",
        default=240,
        ge=0,
        le=720,
    )
    latest_minutes: int = setting(
        "末次签退后多少分钟止收卡", "Cards count until so many minutes after the last end", default=360, ge=0, le=720
    )
    without_leave: Literal["absent", "leave_required"] = setting(
        "移交前未办请假的后果",
        "What leave that was required and not granted becomes at the hand-over",
        choices={"absent": Both("旷工", "absent"), "leave_required": Both("仍为须请假", "still leave required")},
        default="absent",
    )
