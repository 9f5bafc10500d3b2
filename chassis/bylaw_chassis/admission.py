"""How many calls a server takes at a time: the threads that carry them out, and one more that says no with reasons."""

import threading
import time
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
        self._lock, self._in_hand = threading.Lock(), 0

    @property
    def full(self) -> bool:
        """Whether another call would wait too long."""
        return self._in_hand >= self.most

    @property
    def busy(self) -> bool:
        """Whether any call is still being carried out."""
        return self._in_hand > 0

    def rest_until(self, ends: float) -> None:
        """Waits for methods whose callers have gone, until a monotonic time: they still hold connections."""
        while self._in_hand and time.monotonic() < ends:
            time.sleep(0.01)

    def submit(self, function: Callable[..., Any], /, *args: Any, **given: Any) -> Future[Any]:
        """Takes a call in hand."""
        with self._lock:
            self._in_hand += 1
        future = super().submit(function, *args, **given)
        future.add_done_callback(self._done)
        return future

    def _done(self, _future: Future[Any]) -> None:
        with self._lock:
            self._in_hand -= 1


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
