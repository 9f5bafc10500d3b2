"""Whatever is counted and decided in whatever order, on hand is what was accepted, and no more than is tolerated."""

from typing import ClassVar

import pytest
from bylaw.inventory.v1 import deliveries_pb2 as deliveries
from bylaw.inventory.v1 import items_pb2 as items
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.builders.inventory import InventoryService
from tests.builders.receiving import ACCEPTED, IN_PART, OPEN, REFUSED, Dock, announced, refusal_of, taken
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

PIECES, CONDITIONS = st.integers(1, 6), st.integers(1, 3)
ANNOUNCED, TOLERATED = 10, 12
EXPECTED = {
    *("", "DELIVERY_NOTE_ENDED", "DELIVERY_ENDED", "DELIVERY_COUNTED", "DELIVERY_EMPTY", "DELIVERY_NOT_COUNTED"),
    *("COUNT_BELOW_ZERO", "DELIVERY_NOT_FIT", "ACCEPTED_BEYOND_COUNT", "OVER_TOLERANCE", "ITEM_NOT_FOUND"),
    *(
        "NOTE_OUTCOME_REFUSED",
        "DELIVERY_UNDECIDED",
        "DELIVERY_NOTE_UNMET",
        "DELIVERY_NOTE_OPEN",
        "DELIVERY_NOTE_ARRIVED",
    ),
    "STOCK_MOVEMENT_REVERSED",
}


class Commands(RuleBasedStateMachine):
    """Over notes of ten pieces, of which twelve are tolerated; nothing more is ever accepted with a reason."""

    inventory: ClassVar[InventoryService]
    house: ClassVar[House]
    dock: ClassVar[Dock]
    tea: ClassVar[items.Item]
    notes, arrivals = Bundle("notes"), Bundle("arrivals")

    def __init__(self) -> None:
        super().__init__()
        self.own: list[str] = []
        self.begun = self._on_hand()

    @rule(target=notes)
    def announce(self) -> str:
        self.own.append(self.dock.note(announced(self.tea, str(ANNOUNCED))).name)
        return self.own[-1]

    @rule(target=arrivals, note=notes, partial=st.booleans())
    def start(self, note: str, partial: bool) -> str:  # noqa: FBT001 - drawn by chance
        if refused := refusal_of(lambda: self.dock.start(note, partial=partial)):
            assert refused == "DELIVERY_NOTE_ENDED"
            return ""
        request = deliveries.ListDeliveriesRequest(parent=note, page_size=1000)
        begun = self.dock.deliveries.ListDeliveries(request, metadata=self.dock.caller).deliveries[-1]
        self.dock.scan(begun.name, self.tea, "4")
        return begun.name

    @rule(name=arrivals, pieces=PIECES, condition=CONDITIONS, take_off=st.booleans())
    def scan(self, name: str, pieces: int, condition: int, take_off: bool) -> None:  # noqa: FBT001 - drawn by chance
        if name:
            more = {"condition": condition, "take_off": take_off}
            assert refusal_of(lambda: self.dock.scan(name, self.tea, str(pieces), **more)) in EXPECTED

    @rule(name=arrivals)
    def finish(self, name: str) -> None:
        if name:
            refusal_of(lambda: self.dock.photo(name))
            assert refusal_of(lambda: self.dock.finish(name)) in EXPECTED

    @rule(name=arrivals, decision=st.sampled_from([ACCEPTED, IN_PART, REFUSED]), pieces=PIECES, outcome=CONDITIONS)
    def decide(self, name: str, decision: int, pieces: int, outcome: int) -> None:
        if name:
            lines = [taken(self.tea, str(pieces))] if decision == IN_PART else []
            more = {"reason": "x", "note_outcome": outcome}
            assert refusal_of(lambda: self.dock.decide(name, decision, *lines, **more)) in EXPECTED

    @rule(name=arrivals)
    def accept(self, name: str) -> None:
        if name:
            assert refusal_of(lambda: self.dock.decide(name, ACCEPTED)) in EXPECTED

    @rule(name=arrivals)
    def reverse(self, name: str) -> None:
        if name and (movement := self.dock.delivery(name).stock_movement):
            assert refusal_of(lambda: self.house.warehouse.reverse(movement)) in EXPECTED

    @rule(note=notes)
    def close(self, note: str) -> None:
        assert refusal_of(lambda: self.dock.close(note)) in EXPECTED

    @rule(note=notes)
    def reopen(self, note: str) -> None:
        assert refusal_of(lambda: self.dock.reopen(note)) in EXPECTED

    @rule(note=notes)
    def call_off(self, note: str) -> None:
        assert refusal_of(lambda: self.dock.call_off_note(note)) in EXPECTED

    @invariant()
    def what_is_on_hand_was_accepted_and_the_books_hold(self) -> None:
        assert_sound(self.inventory)
        accepted = 0
        for note in map(self.dock.shown, self.own):
            there = int(note.lines[0].accepted.value)
            assert there <= TOLERATED
            accepted += there
            request = deliveries.ListDeliveriesRequest(parent=note.name, page_size=1000)
            arrived = self.dock.deliveries.ListDeliveries(request, metadata=self.dock.caller).deliveries
            for one in arrived:
                assert all(int(line.accepted.value or 0) <= int(line.fit.value) for line in one.lines)
                assert note.state == OPEN or one.state >= deliveries.DELIVERY_STATE_DECIDED
        assert self._on_hand() - self.begun == accepted

    def _on_hand(self) -> int:
        return sum(int(there) for there, _ in self.house.warehouse.on_hand(self.tea).values())


@pytest.mark.clause("WHS-1", "WHS-2")
def test_what_is_on_hand_is_what_was_accepted_after_any_commands(
    inventory: InventoryService, house: House, dock: Dock
) -> None:
    tea = house.item("TEA")
    dock.tolerate(tea, "20", "10")
    quick = settings(
        max_examples=3, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    own = type("Own", (Commands,), {"inventory": inventory, "house": house, "dock": dock, "tea": tea})
    run_state_machine_as_test(own, settings=quick)
