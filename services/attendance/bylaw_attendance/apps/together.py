"""Several objects whose calls make one servicer; a part of `app.py`."""

from typing import Any


class Together:
    """The calls of several objects as one servicer."""

    def __init__(self, *parts: object) -> None:
        self._parts = parts

    def __getattr__(self, name: str) -> Any:
        for part in self._parts:
            if hasattr(part, name):
                return getattr(part, name)
        raise AttributeError(name)
