"""By which patterns the demonstration company works: the week, service's rest by rota, two crews (HRS-1, HRS-2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bylaw.attendance.v1 import policies_pb2, policies_pb2_grpc, rota_pb2, rota_pb2_grpc
from bylaw_chassis.official_calendar import official_year
from google.protobuf import json_format

from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.company_files import FIRST_DAY
from bylaw_cli.demonstration.planned import first_month, month_after, months

WEEK, BY_ROTA, CREWS = "fixed-week", "rest-by-rota", "crews"
HEAD_OF_SERVICE, CLERK = "1020", "1010"
REST_WEEKDAYS = {HEAD_OF_SERVICE: 1, "1008": 2}
"""On which weekday each of customer service rests (Monday 0); never on those on which their habits show."""
REST_DAYS = 5
"""Days of rest a month (HRS-2); where the weekday comes four times only, a Saturday is the fifth."""
SATURDAY = 5
CALENDAR = "CN"
TWO_SHIFTS = [
    {"code": "early", "hours": ["06:30-10:30", "11:30-14:30"]},
    {"code": "late", "hours": ["13:30-17:30", "18:30-21:30"]},
]
TWO_WEEKS = [*["early"] * 6, "rest", *["late"] * 6, "rest"]
"""A week of early shifts, a week of late ones; the crews are a week apart."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Whose pattern it is (`people/`, `units/`, empty: everybody's), which, and since when."""

    subject: str
    pattern: str
    since: str
    parameters: dict[str, Any]


def choose(asking: Asking) -> None:
    """Everybody follows the rulebook's week; since the first month service rests by rota, the warehouse has crews."""
    stub = asking.stub(policies_pb2_grpc.PoliciesStub)
    listed = asking.ask(stub.ListPatternAssignments, policies_pb2.ListPatternAssignmentsRequest()).pattern_assignments
    offered = asking.ask(stub.ListShiftPatterns, policies_pb2.ListShiftPatternsRequest()).shift_patterns
    names = {pattern.name.split("/")[1].split("@")[0]: pattern.name for pattern in offered}
    known = {assignment.subject for assignment in listed}
    for follows in _chosen(asking):
        if follows.subject not in known:
            made = policies_pb2.PatternAssignment(
                subject=follows.subject, shift_pattern=names[follows.pattern], start_date=follows.since
            )
            json_format.ParseDict(follows.parameters, made.parameters)
            request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
            asking.ask(stub.CreatePatternAssignment, request)
    _publish(asking)


def _chosen(asking: Asking) -> Iterator[Follows]:
    since = first_month(asking.today)
    monday = (since - timedelta(days=since.weekday())).isoformat()
    crews = {"shifts": TWO_SHIFTS, "cycle": TWO_WEEKS, "anchor": monday, "holidays_off": True}
    yield Follows("", WEEK, FIRST_DAY, {})
    yield Follows(asking.units["SERVICE"], BY_ROTA, since.isoformat(), {"rest_days": REST_DAYS})
    yield Follows(asking.units["LOGISTICS"], CREWS, since.isoformat(), crews)
    yield Follows(asking.name(CLERK), CREWS, since.isoformat(), crews | {"crew_offset": 7})


def _publish(asking: Asking) -> None:
    """The head of customer service publishes who rests when; a month that has a rota may have been swapped in since."""
    stub = asking.stub(rota_pb2_grpc.RotaStub)
    wanted = (*months(asking.today), month_after(asking.today))
    cells = [
        rota_pb2.RotaCell(person=asking.name(number), work_date=day.isoformat(), code="rest")
        for month in wanted
        if not _is_published(asking, stub, month)
        for number, weekday in REST_WEEKDAYS.items()
        for day in rest_days(month, weekday)
    ]
    if not cells:
        return
    request = rota_pb2.PublishRotaCellsRequest(parent=asking.units["SERVICE"], rota_cells=cells)
    asking.ask(stub.PublishRotaCells, request, by=HEAD_OF_SERVICE)


def _is_published(asking: Asking, stub: Any, month: date) -> bool:
    person = asking.name(next(iter(REST_WEEKDAYS)))
    request = rota_pb2.ListRotaCellsRequest(parent=person, month=f"{month:%Y-%m}")
    return bool(asking.ask(stub.ListRotaCells, request).rota_cells)


def rest_days(month: date, weekday: int) -> list[date]:
    """The days of rest of whoever rests on a weekday; on a make-up working day everybody works (HRS-3)."""
    days = [month + timedelta(days=number) for number in range(31)]
    made_up = official_year(CALENDAR, month.year).worked
    within = [day for day in days if day.month == month.month and day not in made_up]
    every = [day for day in within if day.weekday() == weekday]
    return [*every, *(day for day in within if day.weekday() == SATURDAY)][:REST_DAYS]
