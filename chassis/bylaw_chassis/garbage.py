"""How often a process of ours looks through its objects for garbage: not while it loads, and seldom while it serves.

Python looks whenever some hundred objects more are alive than before, and now and then through all there are. A month
of thousands of people is hundreds of thousands of objects without a cycle among them: looking through them took up to a
third of its time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (50_000, 20, 10)
"""Python's own are (700, 10, 10)."""


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
