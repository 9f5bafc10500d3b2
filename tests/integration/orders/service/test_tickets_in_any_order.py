"""Whatever happens to a ticket in any order, it stands as its facts say, and never too much goes back (CUS-2)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.receiving import refusal_of
from tests.builders.returns import SALE, SUPPLIER, Returns
from tests.builders.service_desk import (
    CLOSED,
    DONE,
    FOR_DECISION,
    FOR_GOODS,
    RETURN,
    WAITING,
    ServiceDesk,
)
from tests.integration.orders.service.test_service_examined import holds

pytestmark = pytest.mark.clause("CUS-2")
PAID, SHIPPED = 3_000, 3
STEPS = (
    "assign",
    "answer",
    "wait",
    "add",
    "escalate",
    "close",
    "reopen",
    "rate",
    "slip",
    "back",
    "resell",
    "supply",
    "mistake",
    "ask",
    "agree",
    "refuse",
    "withdraw",
)
MAY_REFUSE = {
    "TICKET_CLOSED",
    "TICKET_OPEN",
    "TICKET_NOT_ANSWERED",
    "TICKET_ACTION_WAITS",
    "TICKET_AT_TOP",
    "TICKET_RATED",
    "RETURN_SLIP_ISSUED",
    "RETURN_OVER_SHIPPED",
    "REFUND_OVER_PAID",
    "TICKET_ACTION_OVER",
    "",
}


class Life:
    """A ticket for a return, what is asked for in it, what came back by it, and what became of that, a piece each.

    Every other one begins with goods that are back.
    """

    def __init__(self, desk: ServiceDesk, number: int) -> None:
        self.desk = desk
        self.order = desk.shipped(f"L-{number}", desk.tea, str(SHIPPED))
        self.name = desk.take(RETURN, order=self.order.name).name
        self.asked: list[Any] = []
        self.came: list[str] = []
        self.looked: list[tuple[str, str, int]] = []
        self.returns = Returns(desk.acme, desk.orders.inventory, desk.stock.warehouse)
        if number % 2:
            desk.slip(self.name, desk.tea, str(SHIPPED))
            self._back()

    def step(self, step: str, amount: int) -> str:
        """Takes a step; answers why not, where it may not be."""
        desk, name = self.desk, self.name
        acts = {
            "assign": lambda: desk.assign(name),
            "answer": lambda: desk.answer(name),
            "wait": lambda: desk.answer(name, waits=True),
            "add": lambda: desk.add(name),
            "escalate": lambda: desk.escalate(name),
            "close": lambda: desk.close(name),
            "reopen": lambda: desk.reopen(name),
            "rate": lambda: desk.rate(name, amount % 5 + 1),
            "slip": lambda: desk.slip(name, desk.tea, str(amount % SHIPPED + 1)),
            "back": self._back,
            "resell": lambda: self._look(SALE, to_place=desk.stock.bin),
            "supply": lambda: self._look(SUPPLIER),
            "mistake": self._look_again,
            "ask": lambda: self.asked.append(desk.ask(name, amount)),
            "agree": lambda: self._decide(agree=True),
            "refuse": lambda: self._decide(agree=False),
            "withdraw": lambda: self.asked and desk.withdraw(self.asked[-1].name),
        }
        return refusal_of(acts[step])

    def _back(self) -> None:
        ticket = self.desk.one(self.name)
        missing = [line for line in ticket.return_lines if line.quantity > line.returned]
        if missing:
            self.came.append(self.desk.comes_back(ticket.return_slip, self.desk.tea, "1"))

    def _look(self, outcome: int, **more: Any) -> None:
        if self.came:
            line, moved = self.returns.line(self.desk.tea, "1", outcome, **more), self.came.pop()
            (booked,) = self.returns.decide(moved, line, supplier_slip="RS-1").booked
            self.looked.append((moved, booked, outcome))
            self.desk.orders.settle()

    def _look_again(self) -> None:
        if self.looked:
            moved, booked, _ = self.looked.pop()
            self.desk.stock.warehouse.reverse(booked)
            self.came.append(moved)
            self.desk.orders.settle()

    def _decide(self, *, agree: bool) -> None:
        waiting = [one for one in self.asked if self.desk.action(one.name).state == WAITING]
        for one in waiting:
            self.desk.decide(one, agree=agree)

    def check(self) -> None:
        """What always holds."""
        ticket, order = self.desk.one(self.name), self.desk.orders.order(self.order.name)
        states = [self.desk.action(one.name).state for one in self.asked]
        made = sum(one.amount for one, state in zip(self.asked, states, strict=True) if state == DONE)
        assert order.refunded == made <= PAID
        assert states.count(WAITING) == (ticket.state == FOR_DECISION)
        assert order.after_sales_state == (3 if ticket.state == CLOSED else 2)
        back = sum(int(line.returned) for line in ticket.return_lines)
        assert int(order.lines[0].returned) == back <= SHIPPED
        became = [outcome for *_, outcome in self.looked]
        told = [(int(line.resold), int(line.supplied), int(line.scrapped)) for line in ticket.return_lines]
        assert [(became.count(SALE), became.count(SUPPLIER), 0)][: len(told)] == told
        awaited = any(line.returned < line.quantity for line in ticket.return_lines)
        assert (ticket.state == FOR_GOODS) <= awaited
        assert not ticket.HasField("due_time") or ticket.state != CLOSED


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 2_000)), min_size=6, max_size=14))
def test_a_ticket_lives_in_any_order(desk: ServiceDesk, steps: list[tuple[str, int]]) -> None:
    desk.acme.lives = getattr(desk.acme, "lives", 0) + 1  # type: ignore[attr-defined]
    life = Life(desk, desk.acme.lives)  # type: ignore[attr-defined]
    for step, amount in steps:
        assert life.step(step, amount) in MAY_REFUSE, step
    life.check()
    assert holds(desk.orders) == []
