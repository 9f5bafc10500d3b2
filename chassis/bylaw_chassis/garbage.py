"""How often a process of ours looks through its objects for garbage: not while it loads, and seldom while it serves.

Python looks whenever some hundred objects more are alive than before, and now and then through all there are. A month
of thousands of people is hundreds of thousands of objects without a cycle among them: looking through them took up to a
third of its time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

THRESHOLDS = (50_000, 20, 10)
"""Python's own are (700, 10, 10)."""
IN_BULK = (1_000_000, 20, 10)
"""While a large file is worked on: what cycles leave behind meanwhile stays below a hundred megabytes or so."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """While modules are loaded, which all stay: to look through them again and again is a fifth of what that takes."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def collect_seldom() -> None:
    """Of a process that has begun to serve: what it has made until now stays, and is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


class _Bulk:
    """How many threads work in bulk, and how seldom this process looked before the first of them."""

    def __init__(self) -> None:
        self.lock, self.count, self.before = Lock(), 0, gc.get_threshold()


_BULK = _Bulk()


@contextmanager
def in_bulk() -> Iterator[None]:
    """While a thread makes objects by the hundred thousand that go away by themselves: hardly ever.

    The others of the process keep their garbage as long; so it is for minutes, and not for hours.
    """
    with _BULK.lock:
        if not _BULK.count:
            _BULK.before = gc.get_threshold()
            gc.set_threshold(*IN_BULK)
        _BULK.count += 1
    try:
        yield
    finally:
        with _BULK.lock:
            _BULK.count -= 1
            if not _BULK.count:
                gc.set_threshold(*_BULK.before)
