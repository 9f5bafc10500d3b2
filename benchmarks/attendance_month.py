"""One month of 4,410 people, four card points a day: stored punches to stored sheets, and the judging alone."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from bylaw_attendance import calendars, policies
from bylaw_attendance.policies import Policies
from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment, SubjectKind
from bylaw_attendance.rules.judging.punch_facts import PersonPunches, civil_instant
from bylaw_attendance.store import assignments, clocks, corrections, day_changes, policy_health, punches, rota, sheets
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth
from bylaw_attendance.use_cases.sheets.show_sheets import ShowSheets
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.organisation.known import Organisation
from bylaw_chassis.values import new_id
from bylaw_hooks import MonthFacts
from bylaw_kit.months import month_days

from benchmarks.attendance_import import run
from benchmarks.attendance_world import MONTH, NOW, Nobody, World, clock_file, working_days, world

PEOPLE, DAYS, REPEATS = 4_410, 22, 5
ZONE, PATTERN = "Asia/Shanghai", "fixed-week@1"


def measure() -> list[dict[str, Any]]:
    """People per second from store to store, then the hook beside numpy."""
    with world(PEOPLE) as made:
        run(made, clock_file(list(made.people), working_days(DAYS)))
        book = policies.installed()
        assign(made, book)
        show = _show(made, book)
        seconds = [_timed(made, show, forget=True) for _ in range(REPEATS)]
        again = [_timed(made, show, forget=False) for _ in range(REPEATS)]
        held = _punches(made)
        made.database.close()
    end_to_end, unchanged = statistics.median(seconds), statistics.median(again)
    judged, limit = _alone(book, held)
    return [
        _result(
            "attendance month, stored punches to stored sheets",
            PEOPLE / end_to_end,
            "-",
            "people a second",
            f"{PEOPLE} people in {end_to_end:.2f} s; {unchanged:.2f} s where nothing changed",
        ),
        _result(
            "attendance judging by hook to numpy sort-and-group",
            judged / limit,
            "<= 10",
            "times the time",
            f"{PEOPLE * DAYS * 4} punches: {judged * 1000:.0f} ms by hook, {limit * 1000:.0f} ms in numpy",
        ),
    ]


def _result(name: str, ratio: float, goal: str, unit: str, detail: str) -> dict[str, Any]:
    return {"name": name, "ratio": round(ratio, 2), "goal": goal, "unit": unit, "detail": detail}


def assign(made: World, book: Policies) -> None:
    """Puts everybody under the fixed week."""
    assignment = Assignment(
        new_id(), SubjectKind.ORGANISATION, EVERYBODY, PATTERN, book.checked(PATTERN, {}), MONTH, None
    )
    with made.database.work() as work:
        assert assignments.add(work.connection, assignment, created_at=NOW, created_by="benchmark")


def sheets_of(made: World, book: Policies) -> ShowSheets:
    """The use case over the world's database."""
    database, nobody = made.database, Nobody()
    month = LoadMonth(database, organisation, assignments, clocks, punches, sheets, rota, policy_health, day_changes)
    finding = Finding(Organisation(database, nobody))
    official = calendars.official_days
    return ShowSheets(database, finding, organisation, sheets, corrections, policy_health, month, book, official)


def _show(made: World, book: Policies) -> Callable[[], None]:
    shown = sheets_of(made, book)

    def show() -> None:
        page = shown.page(made.unit, MONTH, Reach(everyone=True), after=None, limit=1)
        assert page.totals
        assert page.totals[0] > PEOPLE

    return show


def _timed(made: World, work: Callable[[], None], *, forget: bool) -> float:
    if forget:
        with made.database.engine.begin() as connection:
            connection.exec_driver_sql("delete from sheets")
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _punches(made: World) -> list[PersonPunches]:
    start, end = civil_instant(MONTH, days_later=-3), civil_instant(MONTH, days_later=34)
    with made.database.read() as connection:
        found = punches.between(connection, list(made.people.values()), start, end)
    return list(found.values())


def _alone(book: Policies, held: list[PersonPunches]) -> tuple[float, float]:
    """Both from the same punches in turn: the hook a person at a time, numpy all at once from flat, unsorted rows."""
    official = calendars.official_days("CN", MONTH.replace(day=1), MONTH.replace(day=31))
    days = month_days((MONTH.year, MONTH.month), ZONE, official.kinds)
    parameters = book.checked(PATTERN, {})
    planned = book.planned(PATTERN, parameters, days, time_zone=ZONE)
    facts = [
        MonthFacts(number, days, one.seconds, one.directions, planned.body.settles, handed_over=True)
        for number, one in enumerate(held)
    ]
    person = np.repeat(np.arange(len(held)), [len(one.seconds) for one in held])
    seconds = np.array([second for one in held for second in one.seconds])
    mixed = np.random.default_rng(1).permutation(len(seconds))
    flat = (person[mixed], seconds[mixed])
    timings = [
        (_seconds(lambda: book.judge(PATTERN, parameters, facts)), _seconds(lambda: _numpy(*flat)))
        for _ in range(REPEATS)
    ]
    return statistics.median(one for one, _ in timings), statistics.median(two for _, two in timings)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _numpy(person: "np.ndarray[Any, Any]", seconds: "np.ndarray[Any, Any]") -> object:
    """Sort, group by person, day and half, first and last of each group, compare with the ladder."""
    order = np.lexsort((seconds, person))
    who, local = person[order], seconds[order] + 8 * 3600
    day, of_day = local // 86_400, local % 86_400
    group = (who * 100_000 + day) * 2 + (of_day >= 13 * 3600)
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    ends = np.r_[starts[1:], len(group)] - 1
    afternoon = group[starts] % 2
    late = of_day[starts] // 60 - np.where(afternoon, 13 * 60 + 55, 8 * 60 + 25)
    early = np.where(afternoon, 18 * 60, 12 * 60) - of_day[ends] // 60
    return np.select([late > 15, late > 0], [3, 2], 1), np.select([early > 5, early > 0], [3, 2], 1)
