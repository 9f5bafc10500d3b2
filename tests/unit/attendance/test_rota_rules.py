"""A month of the rota as it is planned: which days of rest are worked all the same; and the days of appointments."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import pytest
from bylaw_attendance.rules.judging.plan_body import PlannedDate, PlannedHalf
from bylaw_attendance.rules.rota.rota import Bounds, RotaCell, periods
from bylaw_attendance.rules.rota.rota_month import RotaDay, RotaMonth, rest_not_granted
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.facts import Stay, Tree, UnitVersion
from bylaw_hooks import DayKind

ANNA, SHOP, TEAM, STORE = (UUID(int=number) for number in range(1, 5))
MARCH = date(2026, 3, 1)
HALF = PlannedHalf(0, 1, 0)


def march(day: int) -> date:
    return MARCH.replace(day=day)


def month(rests: Iterable[int], worked: dict[int, str], off: dict[int, str], pattern: str = "rota@1") -> RotaMonth:
    """Anna's March: days of the rota that say rest, and the days worked and off with the clause of each."""
    cells = {march(day): RotaCell(ANNA, march(day), "rest") for day in rests}
    planned = [PlannedDate(march(day), DayKind.ORDINARY, clause, (HALF,)) for day, clause in worked.items()]
    planned += [PlannedDate(march(day), DayKind.ORDINARY, clause, ()) for day, clause in off.items()]
    return RotaMonth("A-1", MARCH, cells, [RotaDay(pattern, day) for day in planned])


def stay(first: str, last: str = "", unit: UUID = TEAM) -> Stay:
    return Stay(ANNA, date.fromisoformat(first), date.fromisoformat(last) if last else None, unit, None)


@pytest.mark.clause("HRS-2")
def test_days_of_rest_that_are_worked_are_told_apart_by_the_clause_that_works_them() -> None:
    asked = month((3, 4, 5, 14), worked={4: "HRS-2", 5: "HRS-2", 14: "HRS-3", 6: "HRS-1"}, off={3: "HRS-2", 8: "HRS-2"})

    found = [(one.clause, one.variables) for one in rest_not_granted(asked)]

    assert [(clause, told["planned"], told["granted"], told["days"]) for clause, told in found] == [
        ("HRS-2", "3", "1", "2026-03-04, 2026-03-05"),
        ("HRS-3", "1", "0", "2026-03-14"),
    ]
    assert {(told["person"], told["month"], told["policy"]) for _, told in found} == {("A-1", "2026-03", "rota@1")}


def test_a_month_whose_days_of_rest_are_all_off_has_no_fault_nor_has_a_day_that_nobody_plans() -> None:
    assert list(rest_not_granted(month((3, 17, 20), worked={4: "HRS-2"}, off={3: "HRS-2", 17: "HRS-3"}))) == []


def test_appointments_that_follow_one_another_are_one_time_of_employment_and_a_gap_parts_them() -> None:
    in_order = [stay("2026-01-01", "2026-01-31"), stay("2026-02-01", "2026-02-10"), stay("2026-02-12")]
    assert [(str(first), str(last)) for first, last in periods(in_order)] == [
        ("2026-01-01", "2026-02-10"),
        ("2026-02-12", "None"),
    ]


@pytest.mark.clause("SEC-1")
def test_whose_days_a_rota_may_say_is_a_matter_of_the_unit_and_of_the_reach_as_of_the_day() -> None:
    """The team was the store's in January and is the shop's since."""
    tree = Tree.of(
        [
            UnitVersion(TEAM, date(2026, 1, 1), date(2026, 1, 31), STORE),
            UnitVersion(TEAM, date(2026, 2, 1), None, SHOP),
            UnitVersion(SHOP, date(2026, 1, 1), None, None),
            UnitVersion(STORE, date(2026, 1, 1), None, None),
        ]
    )
    anna = stay("2026-01-10", "2026-03-31")
    everywhere = Bounds(SHOP, tree, Reach(everyone=True))
    within = Bounds(SHOP, tree, Reach(subtrees=frozenset({SHOP})))
    outside = Bounds(SHOP, tree, Reach(subtrees=frozenset({STORE})))

    for bounds in (everywhere, within):
        assert bounds.stay([anna], date(2026, 1, 20)) is None
        assert bounds.stay([anna], date(2026, 2, 20)) == anna
        assert bounds.stay([anna], date(2026, 4, 1)) is None
        assert bounds.known([anna], date(2026, 4, 1)) == [anna]
        assert bounds.known([anna], date(2026, 1, 1)) == []
    assert outside.known([anna], date(2026, 2, 20)) == []
    assert outside.reached([anna], date(2026, 1, 1)) == [anna]
