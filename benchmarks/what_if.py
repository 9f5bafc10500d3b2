"""What if: a year of 500 people under other parameters and under another pattern, beside judging that year once."""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from bylaw_attendance import calendars, policies
from bylaw_attendance.policies import Policies
from bylaw_attendance.replaying.workbook import MOST_CHANGES, workbook
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment, SubjectKind
from bylaw_attendance.rules.replay.replay import Replay, ReplayState, months_between
from bylaw_attendance.store import assignments, clocks, day_changes, policy_health, punches, replays, rota, sheets
from bylaw_attendance.use_cases.policies.run_replay import RunReplay
from bylaw_attendance.use_cases.policies.show_replay import ShowReplay
from bylaw_attendance.use_cases.policies.start_replay import JOB, ReplayWish, StartReplay
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.judge_month import JudgeMonth
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.jobs import Runner
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.organisation.known import Organisation
from bylaw_chassis.values import new_id

from benchmarks.attendance_import import run
from benchmarks.attendance_month import sheets_of
from benchmarks.attendance_world import NOW, Nobody, World, clock_file, world

PEOPLE, REPEATS = 500, 3
FIRST, LAST = date(2025, 2, 1), date(2026, 1, 1)
MONTHS = list(months_between(FIRST, LAST))
WEEK, ROTA = "fixed-week@1", "rest-by-rota@1"
FIVE_DAYS = {"working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}
WAYS: tuple[tuple[str, str, dict[str, Any], bool], ...] = (
    (f"{WEEK} with other parameters", WEEK, FIVE_DAYS, False),
    (f"{WEEK} with other parameters, sheets kept", WEEK, FIVE_DAYS, True),
    (f"{ROTA}, sheets kept", ROTA, {}, True),
)
ALL = Reach(everyone=True)
SOMEBODY = Caller(person=new_id())


def measure() -> list[dict[str, Any]]:
    """Seconds from the wish to the result, and how often in that time the year could be judged plainly."""
    with world(PEOPLE) as made:
        for month in MONTHS:
            run(made, clock_file(list(made.people), _working_days(month)))
        book = policies.installed()
        _assign(made, book)
        plain = _median(partial(_judge, made, book))
        found = [_way(made, book, plain, name=name, tried=tried, kept=kept) for name, *tried, kept in WAYS]
        done = _replay(made, book, WEEK, FIVE_DAYS)
        written = _median(partial(_workbook, made, done))
        found.append(_result("what if: its workbook", written, "seconds", f"{done.change_count} changes"))
        book.close()
        made.database.close()
    return found


def _way(made: World, book: Policies, plain: float, *, name: str, tried: list[Any], kept: bool) -> dict[str, Any]:
    if kept:
        _keep_sheets(made, book)
    spent = _median(lambda: _replay(made, book, *tried))
    detail = f"{spent:.1f} s for {PEOPLE * len(MONTHS)} months of people; {plain:.1f} s to judge them once"
    return _result(f"what if: a year of {PEOPLE} people, {name}", spent / plain, "times judging it once", detail)


def _result(name: str, ratio: float, unit: str, detail: str) -> dict[str, Any]:
    return {"name": name, "ratio": round(ratio, 2), "goal": "-", "unit": unit, "detail": detail}


def _median(work: Callable[[], object]) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(REPEATS))


def _working_days(month: date) -> list[date]:
    days = (month + timedelta(days=number) for number in range(last_day(month).day))
    return [day for day in days if day.weekday() < 6]


def _assign(made: World, book: Policies) -> None:
    everybody = (SubjectKind.ORGANISATION, EVERYBODY)
    assignment = Assignment(new_id(), *everybody, WEEK, book.checked(WEEK, {}), FIRST, None)
    with made.database.work() as work:
        assert assignments.add(work.connection, assignment, created_at=NOW, created_by="benchmark")


def _month(made: World) -> LoadMonth:
    return LoadMonth(
        made.database, organisation, assignments, clocks, punches, sheets, rota, policy_health, day_changes
    )


def _judge(made: World, book: Policies) -> None:
    """The year from stored punches to sheets in memory."""
    loader = _month(made)
    for month in MONTHS:
        with made.database.read() as connection:
            people = organisation.people_between(connection, ALL, (month, last_day(month)), unit=made.unit)
            loaded = loader.load(connection, month, people, shown=[])._replace(kept={})
        judged = JudgeMonth(loaded, book, calendars.official_days, NOW, lambda _: ()).judge()
        assert not any(one.refusal for one in judged)


def _keep_sheets(made: World, book: Policies) -> None:
    shown = sheets_of(made, book)
    for month in MONTHS:
        assert shown.page(made.unit, month, ALL, after=None, limit=1).totals


def _replay(made: World, book: Policies, pattern: str, parameters: dict[str, Any]) -> Replay:
    database = made.database
    finding = Finding(Organisation(database, Nobody()))
    wish = ReplayWish(made.unit, FIRST, LAST, pattern, parameters, "")
    started = StartReplay(database, finding, organisation, replays, assignments, book).start(wish, SOMEBODY, ALL)
    job = RunReplay(database, organisation, sheets, replays, _month(made), book, calendars.official_days)
    assert Runner(database, {JOB: job}).run_one()
    with database.read() as connection:
        ended = replays.find(connection, started.id)
    assert ended
    assert (ended.state, ended.done) == (ReplayState.DONE, PEOPLE * len(MONTHS))
    assert ended.change_count
    return ended


def _workbook(made: World, done: Replay) -> bytes:
    shown = ShowReplay(made.database, organisation, replays, 30)
    return workbook(shown.whole(done.id, SOMEBODY, ALL, most_changes=MOST_CHANGES))
