"""Whatever is done in whatever order, the books hold after each command: a model beside the service, by chance."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.builders.inventory import InventoryService, line
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

QUANTITIES = st.integers(1, 9)
GOODS, BINS = st.integers(0, 1), st.integers(0, 1)
EXPECTED = {"STOCK_SHORT", "RESERVATION_ENDED", "RESERVATION_SHORT", "STOCK_MOVEMENT_REVERSED", "REVERSAL_NOT_REVERSED"}


class Commands(RuleBasedStateMachine):
    """Over a warehouse with two bins and two kinds of goods; what is on hand is counted beside it."""

    inventory: ClassVar[InventoryService]
    house: ClassVar[House]
    goods: ClassVar[list[items.Item]]
    reservations, movements = Bundle("reservations"), Bundle("movements")

    def __init__(self) -> None:
        super().__init__()
        self.begun = self._total()
        self.expected = dict.fromkeys(range(len(self.goods)), 0)

    @rule(target=movements, item=GOODS, place=BINS, quantity=QUANTITIES)
    def receive(self, item: int, place: int, quantity: int) -> tuple[str, int, int]:
        wanted = line(self.goods[item], self.house.supplier, self._bins[place], str(quantity))
        made = self.house.warehouse.post(wanted)
        self.expected[item] += quantity
        return made.name, item, quantity

    @rule(target=movements, item=GOODS, place=BINS, quantity=QUANTITIES)
    def issue(self, item: int, place: int, quantity: int) -> tuple[str, int, int]:
        wanted = line(self.goods[item], self._bins[place], self.house.customer, str(quantity))
        made = tried(lambda: self.house.warehouse.post(wanted))
        if made is None:
            return "", item, 0
        self.expected[item] -= quantity
        return made.name, item, -quantity

    @rule(movement=movements)
    def reverse(self, movement: tuple[str, int, int]) -> None:
        name, item, quantity = movement
        if name and tried(lambda: self.house.warehouse.reverse(name)):
            self.expected[item] -= quantity

    @rule(target=reservations, quantities=st.lists(QUANTITIES, min_size=2, max_size=2), partial=st.booleans())
    def reserve(self, quantities: list[int], partial: bool) -> str:  # noqa: FBT001 - drawn by chance
        wanted = [(item, str(quantity)) for item, quantity in zip(self.goods, quantities, strict=True)]
        name = f"stockReservations/{uuid4()}"
        return name if tried(lambda: self.house.warehouse.reserve(*wanted, name=name, partial=partial)) else ""

    @rule(reservation=reservations)
    def release(self, reservation: str) -> None:
        if reservation:
            self.house.warehouse.release(reservation)

    @rule(reservation=reservations, item=GOODS, place=BINS, quantity=QUANTITIES)
    def issue_reserved(self, reservation: str, item: int, place: int, quantity: int) -> None:
        wanted = line(self.goods[item], self._bins[place], self.house.carrier, str(quantity))
        if reservation and tried(lambda: self.house.warehouse.post(wanted, reservation=reservation)):
            self.expected[item] -= quantity

    @invariant()
    def the_books_hold(self) -> None:
        assert_sound(self.inventory)
        total = self._total()
        assert {item: total[item] - self.begun[item] for item in total} == self.expected

    @property
    def _bins(self) -> tuple[str, str]:
        return self.house.first, self.house.second

    def _total(self) -> dict[int, int]:
        on_hand = (self.house.warehouse.on_hand(item).values() for item in self.goods)
        return {number: sum(int(there) for there, _ in places) for number, places in enumerate(on_hand)}


def tried(act: Callable[[], Any]) -> Any:
    """What a command answers; nothing where it is refused, as it may be."""
    try:
        return act()
    except grpc.RpcError as error:
        if refusal_from(error).reason in EXPECTED:
            return None
        raise


@pytest.mark.clause("WHS-4")
def test_the_books_hold_after_any_commands_in_any_order(inventory: InventoryService, house: House) -> None:
    goods = [house.item("TEA"), house.item("CUP")]
    quick = settings(
        max_examples=4, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    own = type("Own", (Commands,), {"inventory": inventory, "house": house, "goods": goods})
    run_state_machine_as_test(own, settings=quick)
