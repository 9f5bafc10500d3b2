"""Ends what does not end by itself: a loop in a pattern may not hold up its author."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MOST_SECONDS = 30
"""Of the processor, for one rule; a sound pattern takes one or two."""


class Endless(BaseException):
    """Raised out of the loop; no Exception, so that nothing on the way takes it for the pattern's own."""


@contextmanager
def ending(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Raises Endless inside once so many seconds of the processor are spent; in the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _raise)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _raise(_signal: int, _frame: Any) -> None:
    raise Endless
