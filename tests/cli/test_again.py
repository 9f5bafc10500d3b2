"""A command carried out again and again by processes of its own: how it ends, and what a failure does to it."""

import threading
import time

from bylaw_cli.again import Again


def test_it_says_whether_it_went_well() -> None:
    assert Again(("--help",), {}, 1.0, silent=True).once()
    assert not Again(("no-such-command",), {}, 1.0).once()


def test_it_goes_on_after_a_failure_until_it_is_told_to_end() -> None:
    class Failing(Again):
        times = 0

        def once(self) -> bool:
            type(self).times += 1
            return False

    ends = threading.Event()
    thread = threading.Thread(target=Failing((), {}, 0.01).until, args=(ends,))
    thread.start()
    while Failing.times < 3:
        time.sleep(0.01)
    ends.set()
    thread.join(10)
    assert not thread.is_alive()


def test_it_waits_for_its_first_time_and_one_that_is_told_before_does_nothing() -> None:
    ends = threading.Event()
    ends.set()
    Again(("no-such-command",), {}, 1.0, first_seconds=60.0).until(ends)
