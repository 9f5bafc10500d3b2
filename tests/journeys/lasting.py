"""What several journeys of a process share, made for the first that asks and ended behind the last that could.

A Bylaw that nobody asks takes a tenth of a core, and its containers ask after each other every second: left until the
end of all tests, a company a process, they would take more of the machine than the tests which use them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any


class Lasting:
    """Things by name, each of which is there from when it is first asked for until it is ended."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Any, ExitStack]] = {}

    def get(self, name: str, make: Callable[[], AbstractContextManager[Any]]) -> Any:
        """The thing of this name, made now where there is none."""
        if name not in self._open:
            with ExitStack() as stack:
                made = stack.enter_context(make())
                self._open[name] = made, stack.pop_all()
        return self._open[name][0]

    def end(self, *names: str) -> None:
        """Ends these, as far as they are there; all where none is named."""
        with ExitStack() as ending:
            for name in names or tuple(self._open):
                if name in self._open:
                    ending.push(self._open.pop(name)[1])
