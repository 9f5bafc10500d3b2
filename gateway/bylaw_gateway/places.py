"""A bound on what may hold a thread of the server for long: open streams, and bodies that are still arriving."""

import threading
from types import TracebackType

from bylaw_gateway.refusals import Refused


class Places:
    """So many at once and no more; whoever finds none free within the wait is refused with 503."""

    def __init__(self, limit: int, reason: str, *, wait_seconds: float = 0.0) -> None:
        self._free = threading.Semaphore(limit)
        self._reason, self._wait_seconds = reason, wait_seconds

    def take(self) -> None:
        """Take a place."""
        if not self._free.acquire(timeout=self._wait_seconds):
            raise Refused(self._reason, headers={"Retry-After": "5"})

    def give_back(self) -> None:
        """Give the place back."""
        self._free.release()

    def __enter__(self) -> None:
        """Take a place for the time of a `with`."""
        self.take()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back, whatever happened."""
        self.give_back()
