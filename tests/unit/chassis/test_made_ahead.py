"""What is made ahead comes in its turn, by one thread, and ends with whoever takes it."""

from collections.abc import Generator, Iterator
from threading import Barrier, current_thread
from threading import enumerate as threads

import pytest
from bylaw_chassis.ahead import made_ahead


def counted(most: int, ended: list[str]) -> Generator[tuple[int, str], None, None]:
    """Numbers with the thread that made them; raises behind the last."""
    try:
        for number in range(most):
            yield number, current_thread().name
        raise LookupError
    finally:
        ended.append(current_thread().name)


def taken(things: Iterator[tuple[int, str]], found: list[tuple[int, str]]) -> None:
    found.extend(things)


def test_they_come_in_their_order_from_one_thread_and_what_is_raised_behind_them() -> None:
    ended, found = list[str](), list[tuple[int, str]]()
    with pytest.raises(LookupError), made_ahead(counted(5, ended)) as things:
        taken(things, found)
    assert [number for number, _ in found] == [0, 1, 2, 3, 4]
    assert {made for _, made in found} == {*ended}
    assert current_thread().name not in ended


def test_who_goes_away_leaves_no_thread_behind() -> None:
    ended = list[str]()
    with made_ahead(counted(5, ended)) as things:
        assert next(things)[0] == 0
    assert len(ended) == 1
    assert ended[0] not in {one.name for one in threads()}


def test_the_next_is_made_while_the_one_before_is_worked_on() -> None:
    both = Barrier(2, timeout=20)

    def meeting() -> Generator[int, None, None]:
        yield 1
        both.wait()
        yield 2

    with made_ahead(meeting()) as things:
        assert next(things) == 1
        both.wait()
        assert [*things] == [2]
