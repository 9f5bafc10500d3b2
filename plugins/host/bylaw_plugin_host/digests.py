"""A short name for what columns hold, equal only where they are."""

import hashlib
from typing import Any

import orjson
from bylaw_kit.adapting import columns_of


def digest(packed: Any) -> str:
    """Of any of the kit's column classes, texts included."""
    columns = columns_of(packed)
    told = hashlib.blake2b(orjson.dumps((packed.texts, [*map(len, columns)])), digest_size=16)
    told.update(b"".join(columns))
    return told.hexdigest()
