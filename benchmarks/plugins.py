"""What the plugin host adds to a rule: 4,410 people's month by hook, in batches, in a worker, beside the plain call."""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from bylaw_fixed_week import FixedWeek, Week
from bylaw_hooks import MonthFacts, MonthPlan, judging
from bylaw_kit.adapting import pack_facts, pack_plans
from bylaw_kit.months import month_days
from bylaw_plugin_host.checking import faults_of_answers, plan_table
from bylaw_plugin_host.discovery import Found, found_among
from bylaw_plugin_host.host import BATCH_OF_COLUMNS, BATCH_OF_EASY, PolicyHost
from bylaw_plugin_host.loaded import Loaded
from bylaw_plugin_host.outcomes import Batch, PersonAnswer, Runner
from bylaw_plugin_host.registering import Registered, Registration
from bylaw_plugin_host.remote import Remote
from bylaw_plugin_host.starting import inline, introduced

from benchmarks.outside.outside_week import OutsideWeek

PEOPLE, REPEATS = 4_410, 7
DAYS = month_days((2026, 9), "Asia/Shanghai", {})
IDENTITY, OUTSIDE = "fixed-week@1", "outside-week@1"


def measure() -> list[dict[str, Any]]:
    """Each way beside the other in turn, so that a machine's moods fall on both; medians of their ratios."""
    model = Week()
    plan = FixedWeek().compile(DAYS, model)
    people = _people(plan)
    parameters = model.model_dump_json()
    results = [_easy(people, plan, model, parameters=parameters), _batch(people, plan, model, parameters=parameters)]
    with _outside() as found, _workers(found) as host:
        results += [_checking(people, plan, parameters, form=form) for form in ("easy", "batch")]
        return [*results, _worker(host, people, parameters), _takeover(found)]


def _easy(people: list[MonthFacts], plan: MonthPlan, model: Week, *, parameters: str) -> dict[str, Any]:
    host = _inside()

    def plain() -> None:
        for month in people:
            bound = judging.bind(month, plan, repeat_minutes=model.repeat_minutes)
            judging.judge(month, plan, bound=bound, parameters=model)

    hooked, called = _in_turn(lambda: _all_judged(host, OUTSIDE, people, parameters), plain)
    detail = f"{PEOPLE} people: {_ms(hooked)} by hook, answers checked, {_ms(called)} called plainly"
    return _result("plugins: per-person-month hook to plain call", hooked, called, goal="<= 4", detail=detail)


def _batch(people: list[MonthFacts], plan: MonthPlan, model: Week, *, parameters: str) -> dict[str, Any]:
    """The hook with all it guards beside the same numpy over the same columns; unpacking for the service aside."""
    runner = _runner(IDENTITY)
    packed, pattern = pack_plans([plan]), FixedWeek()
    batches = [_as_batch(people[first : first + BATCH_OF_COLUMNS]) for first in range(0, PEOPLE, BATCH_OF_COLUMNS)]
    hooked, called = _in_turn(
        lambda: [runner.judge(IDENTITY, parameters, batch) for batch in batches],
        lambda: [pattern.judge_batch(batch.facts, packed, model) for batch in batches],
    )
    host = _inside()
    whole = statistics.median(_seconds(lambda: _all_judged(host, IDENTITY, people, parameters)) for _ in range(REPEATS))
    detail = f"{PEOPLE} people: {_ms(hooked)} by hook, {_ms(called)} in numpy; {_ms([whole])} checked and a person each"
    return _result("plugins: batch hook to numpy on the same columns", hooked, called, goal="<= 2", detail=detail)


def _checking(people: list[MonthFacts], plan: MonthPlan, parameters: str, *, form: str) -> dict[str, Any]:
    """Only the easy form has a goal: what numpy judges in a tenth of the time, nobody checks in a seventh of that."""
    identity, size, goal = (OUTSIDE, BATCH_OF_EASY, "<= 0.15") if form == "easy" else (IDENTITY, BATCH_OF_COLUMNS, "-")
    runner, packed = _runner(identity), pack_plans([plan])
    batches = [_as_batch(people[first : first + size]) for first in range(0, PEOPLE, size)]
    answers = [runner.judge(identity, parameters, batch).answers for batch in batches]

    def check() -> None:
        table = plan_table([packed])
        for batch, answer in zip(batches, answers, strict=True):
            assert not faults_of_answers(batch.facts, table, answer, _always)

    checked, judged = _in_turn(check, lambda: [runner.judge(identity, parameters, batch) for batch in batches])
    detail = f"{PEOPLE} people by {size}: {_ms(checked)} checking, {_ms(judged)} judging"
    return _result(f"plugins: checking of answers to judging, {form} form", checked, judged, goal=goal, detail=detail)


def _worker(host: PolicyHost, people: list[MonthFacts], parameters: str) -> dict[str, Any]:
    inside = _inside()
    away, here = _in_turn(
        lambda: _all_judged(host, OUTSIDE, people, parameters), lambda: _all_judged(inside, OUTSIDE, people, parameters)
    )
    detail = f"{PEOPLE} people by {BATCH_OF_EASY}: {_ms(away)} in a worker, {_ms(here)} inside the service"
    return _result("plugins: worker to inline", away, here, goal="<= 1.5", detail=detail)


def _takeover(found: list[Found]) -> dict[str, Any]:
    """From a worker's death to the next answer, the spare being warm, beside the same with a fresh process."""
    (runner,) = introduced(found)
    assert isinstance(runner, Remote)
    try:
        runner.check_parameters(OUTSIDE, "{}")
        fresh = _seconds(lambda: _closed(introduced(found)))
        warm = [_death(runner) for _ in range(REPEATS)]
    finally:
        runner.close()
    median = statistics.median(warm)
    detail = f"{median * 1000:.1f} ms to the next answer after a kill, {fresh * 1000:.0f} ms with a fresh process"
    return _result("plugins: a warm spare to a fresh process", [median], [fresh], goal="-", detail=detail)


def _closed(runners: Sequence[Runner]) -> None:
    for one in runners:
        one.close()


def _death(runner: Remote) -> float:
    time.sleep(1.5)  # the spare warms up
    number = runner.supervisor.process_numbers()[0]
    os.kill(number, 9)
    return _seconds(lambda: runner.check_parameters(OUTSIDE, "{}"))


PATTERNS = [Registered(FixedWeek(), "bylaw-fixed-week", "0"), Registered(OutsideWeek(), "outside-week", "1.0")]


def _inside() -> PolicyHost:
    return inline(PATTERNS, _always)


def _runner(identity: str) -> Loaded:
    one = next(each for each in PATTERNS if each.pattern.identity == identity)
    return Loaded(one.distribution, one.distribution_version, Registration([one], []))


def _always(_clause: str, _day: date) -> bool:
    return True


@contextmanager
def _outside() -> Iterator[list[Found]]:
    """The same rule as a third party's distribution."""
    with tempfile.TemporaryDirectory() as folder:
        source = (Path(__file__).parent / "outside" / "outside_week.py").read_text(encoding="utf-8")
        (Path(folder) / "outside_week.py").write_text(source, encoding="utf-8")
        info = Path(folder) / "outside_week-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside-week\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text("[bylaw.plugins]\noutside-week = outside_week\n", encoding="utf-8")
        yield found_among(entry for each in distributions(path=[folder]) for entry in each.entry_points)


@contextmanager
def _workers(found: list[Found]) -> Iterator[PolicyHost]:
    host = PolicyHost(introduced(found), _always)
    yield host
    host.close()


def _all_judged(host: PolicyHost, identity: str, people: list[MonthFacts], parameters: str) -> None:
    assert all(isinstance(one, PersonAnswer) for one in host.judge(identity, parameters, people))


def _as_batch(people: list[MonthFacts]) -> Batch:
    numbers = [0] * len(people)
    return Batch(people, pack_facts(people, numbers), (DAYS,), numbers)


def _people(plan: MonthPlan) -> list[MonthFacts]:
    """Mostly on time; one card in thirty is missing, late or early."""
    chance = random.Random(4)  # noqa: S311 - no secret
    edges = [(segment.due, segment.end) for segment in plan.segments]

    def punches() -> Iterator[int]:
        for due, end in edges:
            if chance.random() > 0.01:
                yield 60 * due - chance.randrange(-300 if chance.random() < 0.02 else 1, 900)
            if chance.random() > 0.01:
                yield 60 * end + chance.randrange(-300 if chance.random() < 0.02 else 0, 900)

    return [
        MonthFacts(number, DAYS, tuple(sorted(punches())), decided_until=2**40, handed_over=True)
        for number in range(PEOPLE)
    ]


def _in_turn(one: Callable[[], object], other: Callable[[], object]) -> tuple[list[float], list[float]]:
    pairs = [(_seconds(one), _seconds(other)) for _ in range(REPEATS + 1)][1:]
    return [first for first, _ in pairs], [second for _, second in pairs]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f} ms"


def _result(name: str, one: list[float], other: list[float], *, goal: str, detail: str) -> dict[str, Any]:
    ratio = statistics.median(first / second for first, second in zip(one, other, strict=True))
    return {"name": name, "ratio": round(ratio, 3), "goal": goal, "unit": "times the time", "detail": detail}
