"""The kit hears what a call does, and holds what other threads do meanwhile against nobody."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bylaw_kit.listening import listening


def test_what_the_call_does_is_heard_with_the_threads_that_it_begins() -> None:
    with listening() as heard:
        time.time()
        threading.Thread(target=len, args=((),)).start()
    assert {"time.time", "a thread"} <= set(heard)


def test_what_another_thread_does_meanwhile_is_not_the_calls() -> None:
    with ThreadPoolExecutor(1) as other:
        other.submit(len, ()).result()
        with listening() as heard:
            other.submit(lambda: (time.time(), Path(__file__).read_bytes())).result()
    assert not {"open", "time.time"} & set(heard)
