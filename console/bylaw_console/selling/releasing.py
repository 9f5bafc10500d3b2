"""Release of many orders: what it would do, and what became of each (ORD-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import orders_pb2
from bylaw_gateway.problems import Problem, title_of

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.selling.held import Row
from bylaw_console.selling.showing import id_of

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Plan:
    """Which orders would go, which would still wait for something else, and which do not wait for it any more."""

    check: str
    wished: Sequence[str]
    going: Sequence[Row]
    staying: Sequence[tuple[Row, Sequence[str]]]
    gone: Sequence[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one."""

    id: str
    number: str
    went: bool
    waits_for: Sequence[str]
    why: str
    clause: str


def plan_of(rows: Sequence[Row], chosen: Sequence[str], check: str) -> Plan:
    """What a release of the chosen ones from a reason, or from all, would do."""
    held = {row.id: row for row in rows}
    wanted = list(dict.fromkeys(chosen))
    going, staying = list[Row](), list[tuple[Row, Sequence[str]]]()
    for row in (held[one] for one in wanted if one in held):
        others = sorted({hold.check for hold in row.order.holds} - {check}) if check else []
        if others:
            staying.append((row, others))
        else:
            going.append(row)
    return Plan(check, wanted, going, staying, [one for one in wanted if one not in held])


def results_of(desk: Desk, plan: Plan, answer: orders_pb2.BatchReleaseOrdersResponse) -> list[Result]:
    """What became of each, in the order asked."""
    told = {one: desk.field(f"number_{one}") for one in plan.wished}
    numbers = told | {row.id: row.order.number for row in (*plan.going, *(row for row, _ in plan.staying))}
    return [
        _result(desk, wished, numbers.get(wished, ""), one)
        for wished, one in zip(plan.wished, answer.released_orders, strict=True)
    ]


def _result(desk: Desk, wished: str, number: str, one: orders_pb2.ReleasedOrder) -> Result:
    if one.WhichOneof("result") == "order":
        waits_for = sorted({hold.check for hold in one.order.holds})
        return Result(id_of(one.order.name), one.order.number, not waits_for, waits_for, "", "")
    return Result(
        wished,
        number or wished[:8],
        went=False,
        waits_for=(),
        why=desk.text(one.refusal.message),
        clause=one.refusal.clause,
    )


class Releasing:
    """Tells of a wish that was refused among others as of one that was refused alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def refusal(self, refused: Any) -> Refusal:
        """The refusal that a page shows."""
        title, trace = title_of(CONFLICT, self._desk.language), self._desk.visitor.trace_id
        detail = self._desk.text(refused.message)
        return Refusal(Problem(CONFLICT, title, detail, refused.reason, trace, clause=refused.clause))
