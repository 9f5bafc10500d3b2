"""A short name for what columns hold, equal only where they are."""

import hashlib
from typing import Any

import orjson
from bylaw_kit.adapting import columns_of


def digest(packed: Any) -> str:
    """Of any of the kit's column classes, texts included."""
    told = hashlib.blake2b(orjson.dumps(packed.texts), digest_size=16)
    for column in columns_of(packed):
        told.update(len(column).to_bytes(8))
        told.update(column)
    return told.hexdigest()
