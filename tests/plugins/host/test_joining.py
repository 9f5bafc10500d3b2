"""Plans that are judged together lie behind one another as if they had been packed together."""

from dataclasses import replace

from bylaw_hooks import MonthPlan, PlanColumns, Segment
from bylaw_kit.adapting import columns_of, pack_plans
from bylaw_plugin_host.joining import NUMBERS, joined_plans

from tests.plugins.host.columns import PLANS


def _said(columns: PlanColumns) -> dict[str, list[int] | list[str]]:
    """What columns say, clauses in words: which number a text has is nobody's business."""
    numbers = {name: getattr(columns, name).tolist() for name in PlanColumns.__slots__ if name != "texts"}
    words = {name: [columns.texts[number] for number in numbers[name]] for name in NUMBERS}
    return {**numbers, **words}


def _reworded(plan: MonthPlan, clause: str) -> MonthPlan:
    def said(segment: Segment) -> Segment:
        return replace(segment, clause=clause, due_clause=f"{clause} due")

    days = [replace(day, why=f"{clause} why", segments=tuple(map(said, day.segments))) for day in plan.days]
    return replace(plan, days=tuple(days), segments=tuple(map(said, plan.segments)))


def test_joined_columns_say_what_those_packed_together_say() -> None:
    resting = replace(PLANS[0], days=tuple(replace(day, segments=()) for day in PLANS[0].days), segments=())
    resting = replace(resting, windows=(), settles=())
    plans = [PLANS[0], _reworded(PLANS[1], "ATT-9"), resting, PLANS[1], _reworded(PLANS[0], "HRS-1")]
    joined = joined_plans([pack_plans([plan]) for plan in plans])
    assert _said(joined) == _said(pack_plans(plans))


def test_nobody_can_change_joined_columns() -> None:
    joined = joined_plans([pack_plans([plan]) for plan in PLANS])
    assert all(column.readonly and column.format == "q" for column in columns_of(joined))
