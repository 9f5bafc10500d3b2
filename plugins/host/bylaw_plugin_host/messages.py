"""The kit's columns, facts and failures as parts of a frame, and back: what both ends of a worker's line agree on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from bylaw_hooks import AnswerColumns, FactColumns, PlanColumns
from bylaw_kit.adapting import DayColumns

from bylaw_plugin_host.frames import LineBroken
from bylaw_plugin_host.outcomes import ANSWER_INVALID, FAILED, Failure

C = TypeVar("C", AnswerColumns, DayColumns, FactColumns, PlanColumns)
LONGEST_DETAIL = 400


def build(kind: type[C], columns: Iterator[memoryview], texts: Any = None) -> C:
    """One of the kit's classes from the next columns of a frame; LineBroken where they are not there."""
    names = [field.name for field in fields(kind)]
    told: dict[str, Any] = {}
    if "texts" in names:
        if not isinstance(texts, list) or not all(type(text) is str for text in texts):
            raise LineBroken("no texts")
        told["texts"] = tuple(texts)
    for name in names:
        if name != "texts":
            told[name] = _next(columns)
    return kind(**told)


def _next(columns: Iterator[memoryview]) -> memoryview:
    column = next(columns, None)
    if column is None:
        raise LineBroken("too few columns")
    return column


@dataclass(frozen=True, slots=True)
class LongText:
    """A text as a column: it may be longer than a header. How many bytes of it count is told beside it."""

    column: memoryview

    @classmethod
    def of(cls, text: bytes) -> "LongText":
        """Of its bytes, filled up to whole columns."""
        return cls(memoryview(text + bytes(-len(text) % 8)).cast("q"))


def text_of(column: memoryview | None, length: Any) -> bytes:
    """The text of a column; LineBroken where there is none, or it is not so long."""
    if column is None or type(length) is not int or not 0 <= length <= column.nbytes:
        raise LineBroken("no length")
    return bytes(column.cast("B")[:length])


def say_failure(failure: Failure) -> list[Any]:
    """A failure as JSON."""
    when = failure.work_date.isoformat() if failure.work_date else None
    return [failure.reason, failure.rule, when, failure.detail[:LONGEST_DETAIL]]


def hear_failure(told: Any) -> Failure:
    """A failure that a worker tells; LineBroken where it is none."""
    if not isinstance(told, list) or len(told) != 4:
        raise LineBroken("no failure")
    reason, rule, when, detail = told
    if not _texts((reason, rule, detail)) or reason not in {FAILED, ANSWER_INVALID} or len(rule) > 4:
        raise LineBroken("no failure")
    try:
        work_date = date.fromisoformat(when) if when is not None else None
    except (TypeError, ValueError):
        raise LineBroken("no failure") from None
    return Failure(reason, rule, work_date, detail[:LONGEST_DETAIL])


def say_failures(failures: Mapping[int, Failure]) -> list[Any]:
    """Failures beside the places of whom they concern."""
    return [[place, say_failure(failure)] for place, failure in failures.items()]


def hear_failures(told: Any, people: int) -> dict[int, Failure]:
    """The failures among so many people; LineBroken where a place is nobody's or somebody's twice."""
    if not isinstance(told, list) or not all(isinstance(one, list) and len(one) == 2 for one in told):
        raise LineBroken("no failures")
    places: Sequence[Any] = [place for place, _ in told]
    if not all(type(place) is int and 0 <= place < people for place in places) or len(set(places)) < len(places):
        raise LineBroken("a failure of nobody")
    return {place: hear_failure(failure) for place, failure in told}


def hear_words(told: Any) -> tuple[str, ...] | None:
    """The words that a pattern knows in a rota's cell, None for any; LineBroken where it is neither."""
    if told is None:
        return None
    if not isinstance(told, list) or not _texts(told):
        raise LineBroken("no words")
    return tuple(told)


def hear_violations(told: Any) -> list[dict[str, Any]]:
    """What a worker says is wrong with parameters, in pydantic's shape; LineBroken where it is not."""
    if not isinstance(told, list) or not told:
        raise LineBroken("no violations")
    return [_violation(one) for one in told]


def _violation(one: Any) -> dict[str, Any]:
    if not isinstance(one, dict) or not _texts((one.get("type"), one.get("msg"))):
        raise LineBroken("no violation")
    place, context = one.get("loc"), one.get("ctx", {})
    if not isinstance(place, list) or not all(type(step) in {str, int} for step in place):
        raise LineBroken("no violation")
    if not isinstance(context, dict):
        raise LineBroken("no violation")
    return {"type": one["type"], "loc": place, "msg": one["msg"], "ctx": context}


def _texts(values: Iterable[Any]) -> bool:
    return all(type(value) is str for value in values)
