"""A process that serves looks for garbage seldom, and never through what it began with; it does look."""

import gc
import subprocess
import sys

from bylaw_chassis.garbage import IN_BULK, in_bulk

SERVING = """
import gc, weakref
from bylaw_chassis.garbage import collect_seldom

class Knot:
    pass

begun_with = Knot()
begun_with.self = begun_with
collect_seldom()
knot = Knot()
knot.self = knot
seen = weakref.ref(knot)
del knot
kept = [[] for _ in range(gc.get_threshold()[0] + 1)]
print(gc.get_threshold(), gc.get_freeze_count() > 0, seen() is None, begun_with in gc.get_objects())
"""


def test_garbage_is_still_found_but_what_was_there_at_the_start_is_not_looked_through() -> None:
    told = subprocess.run([sys.executable, "-c", SERVING], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "(50000, 20, 10) True True False"


def test_while_somebody_works_in_bulk_it_is_looked_hardly_ever_and_then_as_before() -> None:
    before = gc.get_threshold()
    with in_bulk():
        with in_bulk():
            assert gc.get_threshold() == IN_BULK
        assert gc.get_threshold() == IN_BULK
    assert gc.get_threshold() == before
