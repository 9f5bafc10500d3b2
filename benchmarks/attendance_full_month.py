"""A month with rotas, leave and days of the company beside the same month judged plain; then with all there can be.

4,410 people with the same punches, from stored facts to stored sheets, in turns. All there can be: hours by notice, and
overtime found.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bylaw_attendance import calendars, policies
from bylaw_attendance.policies import Policies
from bylaw_attendance.store import overtime as overtime_store
from bylaw_attendance.use_cases.overtime.count_overtime import CountOvertime
from bylaw_attendance.use_cases.overtime.overtime_days import OvertimeDays
from bylaw_chassis.caller import Reach
from bylaw_chassis.garbage import collect_seldom
from bylaw_chassis.organisation import queries as organisation

from benchmarks.attendance_import import administrator, run
from benchmarks.attendance_month import assign, sheets_of
from benchmarks.attendance_world import MONTH, World, clock_file, working_days, world
from benchmarks.attendance_world.facts import DAYS, fill, fill_up

PEOPLE, TEAMS, WORKING_DAYS, REPEATS, GOAL = 4_410, 147, 22, 5, "<= 2"
EVERYTHING = Reach(everyone=True)


def measure() -> list[dict[str, Any]]:
    """The ratios of the medians; beside them what this process alone spent."""
    with world(PEOPLE, teams=TEAMS) as plain, world(PEOPLE, teams=TEAMS) as full:
        book = policies.installed()
        for made in (plain, full):
            run(made, clock_file(list(made.people), working_days(WORKING_DAYS)))
            assign(made, book)
        said = fill(full, book)
        rows = [_row("leave, rota and holidays", GOAL, said, _in_turns(plain, full, overtime=False))]
        said = f"{said}, {fill_up(full)}"
        rows.append(_row("all there can be", "-", said, _in_turns(plain, full, overtime=True)))
        for made in (plain, full):
            made.database.close()
    return rows


Turn = tuple[tuple[float, float], tuple[float, float]]
"""Seconds of the plain month and of the full one, each on the wall and of this process."""


def _in_turns(plain: World, full: World, *, overtime: bool) -> list[Turn]:
    with _serving():
        return [(_compiled(plain, overtime=overtime), _compiled(full, overtime=overtime)) for _ in range(REPEATS)]


def _row(name: str, goal: str, said: str, turns: Sequence[Turn]) -> dict[str, Any]:
    (limit, limit_cpu), (seconds, cpu) = (_medians(turn[side] for turn in turns) for side in (0, 1))
    detail = (
        f"{PEOPLE} people with {said}: {seconds:.2f} s beside {limit:.2f} s, of the service's own processor time "
        f"{cpu:.2f} s beside {limit_cpu:.2f} s; in turns"
    )
    return {
        "name": f"attendance month with {name} to plain judging",
        "ratio": round(seconds / limit, 2),
        "goal": goal,
        "unit": "times the time",
        "detail": detail,
    }


@contextmanager
def _serving() -> Iterator[None]:
    """As in a process that has begun to serve; what is measured afterwards has Python's own habits again."""
    thresholds = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def _medians(timings: Iterator[tuple[float, float]]) -> tuple[float, float]:
    seconds, cpu = zip(*timings, strict=True)
    return statistics.median(seconds), statistics.median(cpu)


def _compiled(made: World, *, overtime: bool) -> tuple[float, float]:
    """Judges everybody anew: no plan is known to the process and none on record; of what days are it knows some."""
    with administrator(made) as connection:
        connection.execute("truncate attendance.sheets, attendance.clause_findings, attendance.plans")
        connection.execute("checkpoint")
    book = policies.installed()
    try:
        return _timed(_compile(made, book, overtime=overtime))
    finally:
        book.close()


def _compile(made: World, book: Policies, *, overtime: bool) -> Callable[[], None]:
    shown = sheets_of(made, book)
    days = OvertimeDays(made.database, shown.month, shown.book, shown.calendar, calendars.official_day)
    counting = CountOvertime(made.database, overtime_store, days)

    def compiled() -> None:
        page = shown.page(made.unit, MONTH, EVERYTHING, after=None, limit=1)
        assert page.totals
        assert page.totals[0] > PEOPLE
        if overtime:
            with made.database.read() as connection:
                everybody = organisation.people_between(connection, EVERYTHING, (MONTH, DAYS[-1]), unit=made.unit)
            counting.within(page.compiled, everybody)

    return compiled


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    started, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - spent
