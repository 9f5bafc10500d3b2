"""Instants, amounts and texts as messages of the contract."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from bylaw.types.v1 import localized_text_pb2
from google.protobuf.timestamp_pb2 import Timestamp


def timestamp(instant: datetime | None) -> Timestamp | None:
    """An instant; nothing for nothing."""
    if instant is None:
        return None
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def written(number: Decimal) -> str:
    """A decimal number without what says nothing: `2.5`, `3`, `0`."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def both(words: tuple[str, str]) -> Any:
    """A sentence in Chinese and English."""
    zh, en = words
    return localized_text_pb2.LocalizedText(zh=zh, en=en)
