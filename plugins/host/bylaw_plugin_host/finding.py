"""Whom a policy fails on, when a batch cost a process: everybody is asked alone, several side by side, within a time.

A batch that hangs tells nobody's name. To halve it costs a deadline at each halving; to ask its people alone costs one
for each who hangs, and a moment for everybody else.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from bylaw_plugin_host.outcomes import CallFailed, Runner

HOPELESS = 4
"""Where so many cost a process before anybody was judged, it will be so with the others: they are not asked."""
STRIDE = 7


class Finding:
    """`ask` has one judged by a runner or raises CallFailed; `blame` is told of whom it raised.

    Both are called in several threads, never twice for one person.
    """

    def __init__(
        self, ask: Callable[[Runner, int], None], blame: Callable[[int, CallFailed], None], *, until: float
    ) -> None:
        self._ask, self._blame, self._until = ask, blame, until
        self._left: deque[int] = deque()
        self._well = self._costly = 0

    def among(self, people: Sequence[int], runners: Sequence[Runner]) -> list[int]:
        """Asks each of these; answers who could not be asked in time."""
        # Whom it fails on may stand together, as a crew does: the first few who are asked are from all over.
        self._left.extend(place for first in range(STRIDE) for place in people[first::STRIDE])
        with ThreadPoolExecutor(len(runners), thread_name_prefix="plugin-finding") as threads:
            list(threads.map(self._go_on, runners))
        return list(self._left)

    def _go_on(self, runner: Runner) -> None:
        while not self._is_over():
            try:
                place = self._left.popleft()
            except IndexError:
                return
            try:
                self._ask(runner, place)
                self._well += 1
            except CallFailed as failed:
                if not failed.divisible:  # nobody's fault: there is no worker any more
                    self._left.append(place)
                    return
                self._costly += failed.cost
                self._blame(place, failed)

    def _is_over(self) -> bool:
        return time.monotonic() >= self._until or (self._costly >= HOPELESS and not self._well)
