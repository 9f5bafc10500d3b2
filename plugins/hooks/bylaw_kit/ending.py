"""Ends what does not end by itself: a loop or a wait in a pattern may not hold up its author."""

import faulthandler
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MOST_SECONDS = 30
"""Of the processor, for one rule; a sound pattern takes one or two."""
LONGEST_SECONDS = 120
"""By the clock: whoever waits spends nothing of the processor."""
AGAIN_SECONDS = 0.2
"""Whoever swallows it is told again."""
DEAF_SECONDS = 10
"""So much later whoever heeds no exception, or sits in code that is not Python's, loses the process."""
ENDLESS = f"it did not end within {MOST_SECONDS} seconds of work or {LONGEST_SECONDS} of waiting"


class Endless(BaseException):
    """Raised out of the loop; no Exception, so that nothing on the way takes it for the pattern's own."""


@contextmanager
def ending(seconds: float = MOST_SECONDS, longest_seconds: float = LONGEST_SECONDS) -> Iterator[None]:
    """Raises Endless inside once so many seconds of work are spent or have gone by; in the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waking = threading.Timer(longest_seconds, _wake, (threading.get_ident(),))
    waking.daemon = True
    before = signal.signal(signal.SIGVTALRM, _raise)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN_SECONDS)
    waking.start()
    try:
        yield
    finally:
        waking.cancel()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def die_in_time(seconds: float = LONGEST_SECONDS + DEAF_SECONDS) -> None:
    """From now on the process has as long as a rule has, then it writes where it was and ends. For each rule anew."""
    faulthandler.enable()
    faulthandler.dump_traceback_later(seconds, exit=True)


def _wake(thread: int) -> None:
    signal.pthread_kill(thread, signal.SIGVTALRM)


def _raise(_signal: int, frame: Any) -> None:
    # Python swallows what is raised in a callback of the garbage collector, of which Hypothesis has one.
    if frame is None or frame.f_code.co_name != "gc_callback":
        raise Endless
