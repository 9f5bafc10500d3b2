"""Whatever is decided, reversed and moved in whatever order: no more is decided than came back, and the books hold."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.inventory import InventoryService
from tests.builders.returns import SALE, SCRAP, Returns
from tests.databases import Databases
from tests.integration.inventory.books import alter, assert_sound, examined
from tests.integration.inventory.conftest import House
from tests.integration.inventory.returns.test_returns_are_decided import returned

pytestmark = pytest.mark.clause("WHS-6")
ACTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(1, 3)), max_size=8)
"""Outcomes, of which return and how much; 0: the last decision is taken back."""


def tried(act: Any) -> Any:
    """What it answers, or why it is refused."""
    try:
        return act()
    except grpc.RpcError as error:
        return refusal_from(error).reason


@dataclass
class Model:
    """Two returns of an item, what should wait of each, and what was decided."""

    house: House
    returns: Returns
    cup: items.Item
    left: list[int] = field(default_factory=lambda: [4, 3])
    made: list[tuple[int, int, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.came = [returned(self.house, self.cup, f"{value}") for value in self.left]
        for one in self.came:
            self.returns.photo(one)

    def decide(self, outcome: int, which: int, many: int) -> None:
        """Decides on so much of one of them."""
        place = {"to_place": self.house.first} if outcome == SALE else {}
        wanted = self.returns.line(self.cup, f"{many}", outcome, **place)
        answer = tried(lambda: self.returns.decide(self.came[which], wanted, supplier_slip="TH-1"))
        assert (answer == "RETURN_OVER_WAITING") is (many > self.left[which])
        if not isinstance(answer, str):
            self.left[which] -= many
            self.made.append((which, many, answer))

    def take_back(self) -> None:
        """Takes the last decision back, or reverses it."""
        if self.made:
            which, many, decision = self.made.pop()
            if decision.scrap_state:
                self.returns.withdraw(decision.name)
            else:
                self.house.warehouse.reverse(decision.booked[0])
            self.left[which] += many


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_what_waits_is_what_came_back_less_what_was_decided(
    inventory: InventoryService, house: House, returns: Returns, acts: list[tuple[int, int, int]]
) -> None:
    model = Model(house, returns, house.item(f"CUP-{uuid4().hex[:8]}"))
    for outcome, which, many in acts:
        if outcome:
            model.decide(outcome, which, many)
        else:
            model.take_back()
    waits = {name: value for name, value in returns.waits() if name in model.came}
    assert waits == {name: f"{value}" for name, value in zip(model.came, model.left, strict=True) if value}
    assert_sound(inventory)


@pytest.mark.parametrize(
    ("statement", "cure"),
    [
        (
            "update return_decision_lines set quantity = quantity + 1",
            "update return_decision_lines set quantity = quantity - 1",
        ),
        (
            "update return_decisions set scrap_state = 3 where scrap_state = 2",
            "update return_decisions set scrap_state = 2 where scrap_state = 3",
        ),
        ("update decided set state = 'refused'", "update decided set state = 'agreed'"),
    ],
)
def test_what_does_not_hold_of_returns_is_found(
    inventory: InventoryService, house: House, returns: Returns, postgres: Databases, statement: Any, cure: Any
) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "3")
    returns.photo(made)
    returns.decide(made, returns.line(cup, "1", to_place=house.first))
    returns.settle(returns.decide(made, returns.line(cup, "1", SCRAP)))
    assert_sound(inventory)
    alter(postgres, inventory, statement)
    try:
        assert "goods returned" in {one.check for one in examined(inventory) if not one.holds}
    finally:
        alter(postgres, inventory, cure)
    assert_sound(inventory)
