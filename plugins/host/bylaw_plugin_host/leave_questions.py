"""What a leave policy is asked and what it answers, as JSON: the same whether it runs inside or in a worker.

Both ends go by the types of the surface: what is no exact amount, no date, or no kind that was agreed is no answer.
"""

from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveDay,
    LeaveKind,
    LeaveRequest,
    Objection,
    Period,
    Standing,
    Step,
    Taken,
)
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError


class LeaveWay(StrEnum):
    """In which of a policy's methods it is asked; `parameters`: whether they fit."""

    PARAMETERS = "parameters"
    KINDS = "kinds"
    ENTITLEMENTS = "entitlements"
    MEASURE = "measure"
    ADMIT = "admit"
    APPROVAL = "approval"


class LeaveQuestion(NamedTuple):
    """One question to one version of a policy; parameters and facts are JSON."""

    way: LeaveWay
    identity: str
    parameters: str
    facts: str = "[]"


class NoSuchShape(Exception):  # noqa: N818 - it says of what
    """Something is not what the surface agrees on."""


Measured = tuple[Taken, ...]
_FACTS: dict[LeaveWay, Any] = {
    LeaveWay.PARAMETERS: tuple[()],
    LeaveWay.KINDS: tuple[()],
    LeaveWay.ENTITLEMENTS: tuple[Employment, Period],
    LeaveWay.MEASURE: tuple[LeaveRequest, tuple[LeaveDay, ...]],
    LeaveWay.ADMIT: tuple[LeaveRequest, Measured, Standing],
    LeaveWay.APPROVAL: tuple[LeaveRequest, Measured],
}
_ANSWERS: dict[LeaveWay, Any] = {
    LeaveWay.PARAMETERS: str,
    LeaveWay.KINDS: tuple[LeaveKind, ...],
    LeaveWay.ENTITLEMENTS: tuple[Entitlement, ...],
    LeaveWay.MEASURE: Measured,
    LeaveWay.ADMIT: tuple[Objection, ...],
    LeaveWay.APPROVAL: tuple[Step, ...],
}


def say_facts(way: LeaveWay, *facts: Any) -> str:
    """Facts as JSON."""
    return _said(_facts_of(way), facts)


def hear_facts(way: LeaveWay, told: str) -> tuple[Any, ...]:
    """Facts as the surface has them; NoSuchShape where they are none."""
    heard: tuple[Any, ...] = _heard(_facts_of(way), told)
    return heard


def say_answer(way: LeaveWay, answer: Any) -> str:
    """An answer as JSON; NoSuchShape where it is none."""
    return _said(_answer_of(way), answer)


def hear_answer(way: LeaveWay, told: str) -> Any:
    """An answer as the surface has it; NoSuchShape where it is none."""
    return _heard(_answer_of(way), told)


def _said(kind: TypeAdapter[Any], told: Any) -> str:
    try:
        return kind.dump_json(told, warnings="error").decode()
    except (PydanticSerializationError, UnicodeEncodeError):
        raise NoSuchShape from None


def _heard(kind: TypeAdapter[Any], told: str) -> Any:
    try:
        return kind.validate_json(told, strict=True)
    except (ValidationError, ValueError):
        raise NoSuchShape from None


@cache
def _facts_of(way: LeaveWay) -> TypeAdapter[Any]:
    return TypeAdapter(_FACTS[way])


@cache
def _answer_of(way: LeaveWay) -> TypeAdapter[Any]:
    return TypeAdapter(_ANSWERS[way])
