"""What a call, or a thread outside of any, has open in the database: nothing nests, and nobody is asked meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


class WorkInsideWorkError(RuntimeError):
    """A unit of work was begun before the one before had ended: one could commit without the other."""


@dataclass(slots=True)
class Transactions:
    """How many are open, the unit of work among them, and whether any has committed."""

    open: int = 0
    work: Any = None
    committed: bool = False

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Counts a transaction for a block."""
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1


class Background(threading.local):
    """The transactions of a thread that is in no call."""

    def __init__(self) -> None:
        self.transactions = Transactions()
        self.doing = ""

    @contextmanager
    def at(self, what: str) -> Iterator[None]:
        """Says for a block what the thread does: `jobs/...` or `timers/...`; the audit trail names it."""
        before, self.doing = self.doing, what
        try:
            yield
        finally:
            self.doing = before


background = Background()
