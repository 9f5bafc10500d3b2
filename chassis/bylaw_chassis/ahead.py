"""The next thing is made while the one before is worked on, which mostly waits for the database."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


@contextmanager
def made_ahead(things: Generator[Thing, None, None]) -> Iterator[Iterator[Thing]]:
    """Gives them one by one, all made by a thread of their own, one ahead; what it raises comes in its turn.

    When the block ends the thread does too, behind the thing that it is making, and `things` is closed.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as thread:
        try:
            yield _in_turn(things, thread)
        finally:
            thread.submit(things.close)


def _in_turn(things: Iterator[Thing], thread: ThreadPoolExecutor) -> Iterator[Thing]:
    bound = copy_context()  # what is logged there says for what it was made
    coming = thread.submit(bound.run, _next, things)
    while found := coming.result():
        coming = thread.submit(bound.run, _next, things)
        yield found[0]


def _next(things: Iterator[Thing]) -> list[Thing]:
    return [*islice(things, 1)]
