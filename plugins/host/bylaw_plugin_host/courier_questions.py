"""What a courier adapter is asked and what it answers, as JSON: the same whether it runs inside or in a worker."""

import base64
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bylaw_hooks.couriers import Push, PushAnswer, TrackReport, Waybill
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from bylaw_plugin_host.leave_questions import NoSuchShape

Reports = tuple[TrackReport, ...]
Headers = tuple[tuple[str, str], ...]


class CourierWay(StrEnum):
    """In which of an adapter's methods it is asked."""

    ASK = "ask"
    SUBSCRIBE = "subscribe"
    VERIFIED = "verified"
    ANSWER = "answer"


class CourierQuestion(NamedTuple):
    """One question to an adapter under settings as text; facts are JSON. What is outward has `within_seconds`."""

    way: CourierWay
    adapter: str
    stated: Mapping[str, str]
    facts: bytes
    within_seconds: float = 0.0


_FACTS: dict[CourierWay, TypeAdapter[Any]] = {
    CourierWay.ASK: TypeAdapter(tuple[Waybill]),
    CourierWay.SUBSCRIBE: TypeAdapter(tuple[Waybill, str]),
    CourierWay.VERIFIED: TypeAdapter(tuple[str, Headers]),
    CourierWay.ANSWER: TypeAdapter(tuple[bool, datetime]),
}
_ANSWERS: dict[CourierWay, TypeAdapter[Any]] = {
    CourierWay.ASK: TypeAdapter(TrackReport),
    CourierWay.SUBSCRIBE: TypeAdapter(None),
    CourierWay.VERIFIED: TypeAdapter(Reports),
    CourierWay.ANSWER: TypeAdapter(PushAnswer),
}


def say_facts(way: CourierWay, *facts: Any) -> bytes:
    """Facts as JSON."""
    return _FACTS[way].dump_json(facts)


def hear_facts(way: CourierWay, told: bytes) -> tuple[Any, ...]:
    """Facts as they were said."""
    heard: tuple[Any, ...] = _FACTS[way].validate_json(told, strict=True)
    return heard


def say_push(push: Push) -> bytes:
    """A push as JSON: its body need not be text."""
    return say_facts(CourierWay.VERIFIED, base64.b64encode(push.body).decode(), push.headers)


def hear_push(told: bytes) -> Push:
    """A push as the surface has it."""
    body, headers = hear_facts(CourierWay.VERIFIED, told)
    return Push(base64.b64decode(body), headers)


def say_answer(way: CourierWay, answer: Any) -> bytes:
    """An answer as JSON; NoSuchShape where it is none."""
    try:
        return _ANSWERS[way].dump_json(answer, warnings="error")
    except (PydanticSerializationError, UnicodeEncodeError):
        raise NoSuchShape from None


def hear_answer(way: CourierWay, told: bytes) -> Any:
    """An answer as the surface has it; NoSuchShape where it is none."""
    try:
        return _ANSWERS[way].validate_json(told, strict=True)
    except (ValidationError, ValueError):
        raise NoSuchShape from None
