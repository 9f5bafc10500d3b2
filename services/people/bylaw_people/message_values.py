"""Instants, texts and things that may be absent, as fields of messages hold them."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from google.protobuf.timestamp_pb2 import Timestamp

Thing = TypeVar("Thing")
Shown = TypeVar("Shown")


def instant_message(moment: datetime | None) -> Timestamp | None:
    """An instant; nothing where there is none."""
    if moment is None:
        return None
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp


def told(tell: Callable[[Thing], Shown], thing: Thing | None) -> Shown | None:
    """A thing as a message; nothing where there is none."""
    return None if thing is None else tell(thing)
