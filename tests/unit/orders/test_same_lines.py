"""What is made of a line that orders share is made once, and never taken for another's (ORD-1)."""

from bylaw_orders.rules.orders import same_lines
from bylaw_orders.rules.orders.same_lines import OnceEach
from hypothesis import given
from hypothesis import strategies as st


class Thing:
    """Told apart by what it is, not by what it says."""

    def __init__(self, says: int) -> None:
        self.says = says


@given(st.lists(st.lists(st.integers(0, 9), max_size=9), max_size=9))
def test_each_is_made_once_and_they_stay_in_their_order(orders: list[list[int]]) -> None:
    things, once, asked = [Thing(number) for number in range(10)], OnceEach[Thing, str](), list[int]()

    def made(thing: Thing) -> str:
        asked.append(thing.says)
        return f"<{thing.says}>"

    for order in orders:
        assert once.of([things[says] for says in order], made) == [f"<{says}>" for says in order]
    assert len(asked) == len(set(asked))


def test_what_went_away_is_never_taken_for_another() -> None:
    once = OnceEach[Thing, int]()
    assert [once.of([Thing(says)], lambda thing: thing.says)[0] for says in range(1_000)] == list(range(1_000))


def test_of_too_many_it_begins_anew() -> None:
    once, things = OnceEach[Thing, int](), [Thing(says) for says in range(same_lines.MOST + 2)]
    assert once.of(things, lambda thing: thing.says) == list(range(len(things)))
    assert once.of(things[:1], lambda thing: thing.says - 1) == [-1]
