"""What is kept is what was used last; what failed is asked for again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from bylaw_plugin_host.kept import Kept


def test_what_was_not_used_for_longest_gives_way() -> None:
    kept = Kept[str, int](2)
    kept.put("one", 1)
    kept.put("two", 2)
    assert kept.get("one", lambda: 0) == 1
    kept.put("three", 3)
    assert ["one" in kept, "two" in kept, "three" in kept] == [True, False, True]
    kept.clear()
    assert "one" not in kept


def test_what_raised_is_asked_for_again() -> None:
    kept = Kept[str, int](2)

    def fails() -> int:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        kept.get("one", fails)
    assert kept.get("one", lambda: 1) == 1


def test_many_threads_keep_no_more_than_there_is_room_for() -> None:
    kept = Kept[int, int](8)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: kept.get(number % 16, lambda: number % 16), range(2_000)))
    assert found == [number % 16 for number in range(2_000)]
    assert sum(number in kept for number in range(16)) == 8
