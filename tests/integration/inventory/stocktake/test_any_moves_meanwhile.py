"""Whatever moves between a count and its adjustment, the book is what was counted and what moved later (WHS-6)."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.inventory import InventoryService, line
from tests.builders.stocktakes import DONE, Counting, count
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

MOVES = st.lists(
    st.tuples(st.sampled_from(("in", "out", "away", "back", "undo")), st.integers(1, 40), st.booleans()), max_size=5
)
ENOUGH = "5000"
Moves = list[tuple[str, int, bool]]


class Chance(NamedTuple):
    """What moves before the count, before it is typed in, before counting ends, before it is decided; what is found."""

    before: Moves
    until_recorded: Moves
    until_ended: Moves
    until_decided: Moves
    found: int
    damaged: int


@dataclass
class Shelf:
    """A place with one kind of goods: what moves there, by how much, and which of it is not undone yet."""

    inventory: InventoryService
    house: House
    tea: Any
    done: list[tuple[str, int]] = field(default_factory=list)

    def move(self, moves: Moves) -> list[tuple[int, bool]]:
        """By how much each changed what is there, and whether it undid one of before the last `mark`."""
        told = []
        for kind, value, oldest in moves:
            self.inventory.clock.pass_time(seconds=1)
            if kind == "undo":
                told.append(self._undo(oldest=oldest))
            else:
                told.append((self._move(kind, value), False))
        return told

    def mark(self) -> None:
        """What is done until now is of the time before."""
        self.before = {name for name, _ in self.done}

    def _move(self, kind: str, value: int) -> int:
        house = self.house
        ends = {
            "in": (house.supplier, house.first),
            "out": (house.first, house.customer),
            "away": (house.first, house.second),
            "back": (house.second, house.first),
        }[kind]
        made = house.warehouse.post(line(self.tea, *ends, str(value)))
        change = value if ends[1] == house.first else -value
        self.done.append((made.name, change))
        return change

    def _undo(self, *, oldest: bool) -> tuple[int, bool]:
        if not self.done:
            return 0, False
        name, change = self.done.pop(0 if oldest else -1)
        self.house.warehouse.reverse(name)
        return -change, name in getattr(self, "before", set())


@pytest.mark.clause("WHS-6")
@given(chance=st.builds(Chance, MOVES, MOVES, MOVES, MOVES, st.integers(4000, 6000), st.integers(0, 3)))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_book_is_what_was_counted_and_what_moved_later(
    inventory: InventoryService, house: House, counting: Counting, chance: Chance
) -> None:
    tea = house.item(f"TEA-{inventory.clock.now.timestamp():.0f}")
    house.receive(tea, ENOUGH)
    house.receive(tea, ENOUGH, house.second)
    shelf = Shelf(inventory, house, tea)
    made = counting.begun(places=[house.first], items=[tea.name])
    shelf.move(chance.before)
    shelf.mark()
    instant = Timestamp()
    instant.FromDatetime(inventory.clock.now)
    later = shelf.move(chance.until_recorded)
    inventory.clock.pass_time(seconds=1)
    counting.confirmed(made, count(tea, house.first, str(chance.found), str(chance.damaged), at=instant))
    later += shelf.move(chance.until_ended)
    made = counting.sent(made)
    moved_later = [change for change, undoes_before in later if not undoes_before]
    moved_later += [change for change, _ in shelf.move(chance.until_decided)]
    if made.decision:
        made = counting.decide(made)
    assert made.state == DONE
    book = dict(house.warehouse.on_hand(tea))["A-01"][0]
    assert int(book) == chance.found + sum(moved_later)
    assert_sound(inventory)
    inventory.clock.pass_time(seconds=1)
