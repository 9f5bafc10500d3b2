"""How many calls a server takes at a time: the threads that carry them out, and one more that says no with reasons."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import grpc

HARD_LIMIT = 256
"""Calls beyond the pool's own limit that are still refused with reasons; behind it gRPC refuses without."""


class CallPool(ThreadPoolExecutor):
    """Threads for calls, which knows how many it has in hand; full with as many waiting as running."""

    def __init__(self, threads: int, name: str) -> None:
        super().__init__(threads, thread_name_prefix=name)
        self.threads, self.most = threads, threads * 2
        self._in_hand: deque[None] = deque()  # an entry a call: unlike a number, it needs no lock to be counted

    @property
    def full(self) -> bool:
        """Whether another call would wait too long."""
        return len(self._in_hand) >= self.most

    @property
    def busy(self) -> bool:
        """Whether any call is still being carried out."""
        return bool(self._in_hand)

    def rest_until(self, ends: float) -> None:
        """Waits for methods whose callers have gone, until a monotonic time: they still hold connections."""
        while self._in_hand and time.monotonic() < ends:
            time.sleep(0.01)

    def submit(self, function: Callable[..., Any], /, *args: Any, **given: Any) -> Future[Any]:
        """Takes a call in hand."""
        self._in_hand.append(None)
        return super().submit(self._carry_out, function, *args, **given)

    def _carry_out(self, function: Callable[..., Any], /, *args: Any, **given: Any) -> Any:
        try:
            return function(*args, **given)
        finally:
            self._in_hand.pop()


class RefusingPool:
    """A thread of its own that refuses, so that saying no does not wait behind those who are served."""

    def __init__(self, refuse: Callable[[bytes, grpc.ServicerContext], Any]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="refusing")
        self.handler = grpc.unary_unary_rpc_method_handler(on_threads_of(self._pool, refuse))

    def close(self) -> None:
        """Ends the thread."""
        self._pool.shutdown(wait=False)


def on_threads_of(pool: ThreadPoolExecutor, behaviour: Callable[..., Any]) -> Callable[..., Any]:
    """The same behaviour, carried out by another pool than the server's."""

    def carried_out(*args: Any) -> Any:
        return behaviour(*args)

    carried_out.experimental_thread_pool = pool  # type: ignore[attr-defined] # gRPC looks for this name
    return carried_out
