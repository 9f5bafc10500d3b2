"""The rules of the package (C12, C24 to C26, C28 to C30): processes, clocks, parameters, goldens, time, manners."""

import json
import os
import sys
import time
from dataclasses import replace
from typing import Any

from bylaw_hooks import MonthFacts
from pydantic import BaseModel, ValidationError

from bylaw_kit.corpus import digest, months
from bylaw_kit.goldens import cases_of, moved
from bylaw_kit.guarding import guarded
from bylaw_kit.listening import listening
from bylaw_kit.reading import reach
from bylaw_kit.strategies import FAR, site_days
from bylaw_kit.subject import Rule, RuleBroken, Subject, told

ENVIRONMENTS = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"},
)
EDGES = (((2026, 3), (2026, 4)), ((2026, 9), (2026, 10)), ((2026, 10), (2026, 11)))
ZONES = ("Asia/Shanghai", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe")
MOST_MILLISECONDS, PEOPLE, GROWTH = 20, 40, 3.0
"""A person-month takes less, and eight times the people at most three times eight times as long."""


def _same_anywhere(subject: Subject) -> None:
    own = digest(subject.pattern, subject.parameters[0], subject.cells)
    asked = json.dumps([subject.distribution, subject.pattern.identity, list(subject.cells)])
    for environment in ENVIRONMENTS:
        path = os.pathsep.join(filter(None, map(os.path.abspath, sys.path)))
        command = [sys.executable, "-m", "bylaw_kit.elsewhere", asked]
        with guarded(command, environment={**os.environ, **environment, "PYTHONPATH": path}) as elsewhere:
            told = "".join(elsewhere.lines())
        if told != own:
            raise RuleBroken("C12", f"under {environment}: {told or elsewhere.printed[-600:]}, here {own}")


def _edges_of_months(subject: Subject) -> None:
    for parameters in subject.parameters:
        for zone in ZONES:
            for before, after in EDGES:
                one, other = (subject.pattern.compile(site_days(each, zone), parameters) for each in (before, after))
                if one.windows and other.windows and reach(one)[1] > reach(other)[0]:
                    raise RuleBroken("C24", f"{zone}: {before} takes punches until after {after} begins to take them")


def _titled(subject: Subject) -> None:
    if not all(text.strip() for text in subject.pattern.title):
        raise RuleBroken("C25", "its title is not there in zh and en")
    model = subject.pattern.parameters
    try:
        model()
    except ValidationError as error:
        raise RuleBroken("C25", f"its parameters have no sound defaults: {error}") from error
    schema = model.model_json_schema()
    for where, described in (("", schema), *schema.get("$defs", {}).items()):
        for name, field in described.get("properties", {}).items():
            title = field.get("x-title", {})
            if not (title.get("zh") and title.get("en")):
                raise RuleBroken(
                    "C25", f"{where}{'.' if where else ''}{name} is not titled in zh and en: use setting()"
                )


def _through_json(subject: Subject) -> None:
    for parameters in subject.parameters:
        again: BaseModel = type(parameters).model_validate_json(parameters.model_dump_json())
        if again != parameters or hash(again) != hash(parameters):
            raise RuleBroken("C26", f"{parameters!r} comes back as {again!r}, or hashes otherwise")


def _goldens(subject: Subject) -> None:
    if subject.goldens is None or not cases_of(subject.goldens, subject.pattern):
        raise RuleBroken(
            "C28", f"no golden/{subject.pattern.identity}.json: write it with python -m bylaw_kit --golden"
        )
    if gone := moved(subject.goldens, subject.pattern):
        raise RuleBroken("C28", f"{', '.join(gone)}: what version {subject.pattern.version} answered has changed")


def _time(subject: Subject) -> None:
    parameters = subject.parameters[0]
    facts = [month for _, month in months(subject.pattern, parameters, subject.cells)]
    few, many = _seconds(subject, facts[:5], parameters), _seconds(subject, facts[:5] * 8, parameters)
    if many / PEOPLE * 1000 > MOST_MILLISECONDS:
        raise RuleBroken("C29", f"{many / PEOPLE * 1000:.1f} ms a person-month, at most {MOST_MILLISECONDS}")
    if many > GROWTH * 8 * few:
        raise RuleBroken("C29", f"40 people take {many / few:.0f} times as long as 5")


def _seconds(subject: Subject, facts: list[MonthFacts], parameters: Any) -> float:
    """Processor seconds of the fastest of three runs."""
    taken = []
    for _ in range(3):
        started = time.thread_time()  # of the process it is coarse while `ending` waits
        subject.columns([replace(month, person=place) for place, month in enumerate(facts)], parameters)
        taken.append(time.thread_time() - started)
    return max(min(taken), 1e-5)


def _manners(subject: Subject) -> None:
    facts = next(month for _, month in months(subject.pattern, subject.parameters[0], subject.cells))
    plan = subject.pattern.compile(facts.days, subject.parameters[0])
    with listening() as heard:
        subject.pattern.compile(facts.days, subject.parameters[0])
        told(subject.pattern.judge_month(replace(facts, decided_until=FAR), plan, subject.parameters[0]))
    if heard:
        raise RuleBroken("C30", f"in the call it did: {', '.join(sorted(set(heard)))}")


RULES_OF_PACKAGE: dict[str, Rule] = {
    "C12": _same_anywhere,
    "C24": _edges_of_months,
    "C25": _titled,
    "C26": _through_json,
    "C28": _goldens,
    "C29": _time,
    "C30": _manners,
}
