"""Whoever comes and goes in whatever order: inside is who came less who left, and nobody is in twice (WHS-10)."""

from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.builders.house import IN, OUT, Door
from tests.builders.receiving import refusal_of
from tests.integration.inventory.books import assert_sound

NAMES = st.sampled_from(["Li", "Wang", "Zhao"])


class AtTheDoor(RuleBasedStateMachine):
    """A model beside the register: by name, the visits in their order and where each stands."""

    door: ClassVar[Door]

    def __init__(self) -> None:
        super().__init__()
        for visit in self.door.listed(inside_now=True):
            self.door.leaves(visit.name)
        self.inside: dict[str, str] = {}
        self.last_out: dict[str, str] = {}
        self.ins = self.outs = 0

    @rule(name=NAMES)
    def enters(self, name: str) -> None:
        self.door.inventory.clock.pass_time(seconds=1)
        if name in self.inside:
            assert refusal_of(lambda: self.door.enters(name)) == "VISITOR_INSIDE"
            return
        self.inside[name] = self.door.enters(name).name
        self.ins += 1

    @rule(name=NAMES)
    def leaves(self, name: str) -> None:
        self.door.inventory.clock.pass_time(seconds=1)
        visit = self.inside.pop(name, "")
        if visit:
            self.door.leaves(visit)
            self.last_out[name] = visit
            self.outs += 1
        elif name in self.last_out:
            assert refusal_of(lambda: self.door.leaves(self.last_out[name])) == "VISIT_OVER"

    @rule(name=NAMES)
    def strikes_in(self, name: str) -> None:
        visit = self.inside.pop(name, "")
        if visit:
            self.door.strike(visit, IN)
            self.ins -= 1

    @rule(name=NAMES)
    def strikes_out(self, name: str) -> None:
        visit = self.last_out.get(name, "")
        if visit and name in self.inside:
            assert refusal_of(lambda: self.door.strike(visit, OUT)) == "VISITOR_INSIDE"
        elif visit:
            self.door.strike(visit, OUT)
            self.inside[name] = self.last_out.pop(name)
            self.outs -= 1

    @invariant()
    def inside_is_who_came_less_who_left(self) -> None:
        assert sorted(self.door.inside()) == sorted(self.inside)
        assert len(self.inside) == self.ins - self.outs

    def teardown(self) -> None:
        assert_sound(self.door.inventory)


@pytest.mark.clause("WHS-10")
def test_inside_is_who_came_less_who_left(door: Door) -> None:
    quick = settings(
        max_examples=4, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(type("Own", (AtTheDoor,), {"door": door}), settings=quick)
