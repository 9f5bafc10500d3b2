"""What was worked out and is kept for a while, as `lru_cache` keeps it; it may be put in ahead of being asked."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The so many that were used last. Safe for threads; what raised is not kept: who asks next asks again."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._held: OrderedDict[K, V] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._held

    def get(self, key: K, make: Callable[[], V]) -> V:
        """What is kept under the key, or what is made now."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        self.put(key, made)
        return made

    def put(self, key: K, made: V) -> None:
        """Keeps it; what was not used for longest gives way."""
        with self._lock:
            self._held[key] = made
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._held.clear()
