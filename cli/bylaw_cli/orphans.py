"""A worker whose starter was killed ends by itself, so that the port is free for the next start."""

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.connection import wait

GRACE_SECONDS = 10.0


def end_with_starter() -> None:
    """Watch the process that started this worker, in a thread; where none did, there is nothing to watch."""
    starter = multiprocessing.parent_process()
    if starter is not None:
        threading.Thread(target=_watch, args=(starter.sentinel,), name="starter", daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
