"""Instants, amounts and texts as messages of the contract."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bylaw.types.v1 import localized_text_pb2
from google.protobuf.timestamp_pb2 import Timestamp

_EPOCH, _SECONDS_OF_A_DAY = datetime(1970, 1, 1, tzinfo=UTC), 86_400


def timestamp(instant: datetime | None) -> Timestamp | None:
    """An instant; nothing for nothing."""
    if instant is None:
        return None
    since = instant - _EPOCH
    return Timestamp(seconds=since.days * _SECONDS_OF_A_DAY + since.seconds, nanos=since.microseconds * 1_000)


def written(number: Decimal) -> str:
    """A decimal number without what says nothing: `2.5`, `3`, `0`."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def both(words: tuple[str, str]) -> Any:
    """A sentence in Chinese and English."""
    zh, en = words
    return localized_text_pb2.LocalizedText(zh=zh, en=en)
