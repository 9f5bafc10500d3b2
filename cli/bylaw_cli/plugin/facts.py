"""Facts of real months as a running installation tells them, without names: what a plugin is tried on."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bylaw_hooks import ClockChange, DayFacts, DayKind, Hours

from bylaw_cli.rest import Rest

NOT_ASKED = "FINDING_UNSPECIFIED"


class Half(NamedTuple):
    """A half day planned and found: epoch minutes, and of its two cards finding, minutes and clause."""

    work_date: date
    start: int
    end: int
    cards: tuple[tuple[str, int, str], ...]
    verdict: str
    clause: str


class Stretch(NamedTuple):
    """Consecutive days at one site; `rota_pattern` decides them whatever is assigned."""

    days: tuple[DayFacts, ...]
    decided_until: int
    handed_over: bool
    rota_pattern: str

    @property
    def dates(self) -> frozenset[date]:
        """The days that are judged."""
        return frozenset(day.work_date for day in self.days if day.inside)


class Month(NamedTuple):
    """A person's month, the person a number; `fault` says why nothing was made of it today."""

    number: int
    punches: tuple[int, ...]
    directions: bytes
    stretches: Sequence[Stretch]
    patterns: Sequence[str]
    halves: Sequence[Half]
    bound: Mapping[date, frozenset[int]]
    """The punches that today's cards have, by day."""
    worked_minutes: int
    fault: Mapping[str, Any]


def months(rest: Rest, unit: str, month: str) -> Iterator[Month]:
    """The months of a unit's people and of those below it."""
    token = ""
    while True:
        page = rest.get(f"/v1/{unit}/monthFacts", {"month": month, **({"pageToken": token} if token else {})})
        calendars = [tuple(map(_day, calendar.get("days", []))) for calendar in page.get("calendars", [])]
        for told in page.get("monthFacts", []):
            yield _month(told, calendars)
        token = page.get("nextPageToken", "")
        if not token:
            return


def _month(told: Mapping[str, Any], calendars: Sequence[tuple[DayFacts, ...]]) -> Month:
    bound: dict[date, frozenset[int]] = {}
    for half in told.get("halves", []):
        day = date.fromisoformat(half["workDate"])
        bound[day] = bound.get(day, frozenset()) | {int(punch) for punch in half.get("punches", [])}
    return Month(
        told["number"],
        tuple(map(int, told.get("punches", []))),
        base64.b64decode(told.get("directions", "")),
        [_stretch(one, calendars) for one in told.get("stretches", [])],
        [pattern.partition("/")[2] for pattern in told.get("shiftPatterns", [])],
        [_half(half) for half in told.get("halves", [])],
        bound,
        told.get("totals", {}).get("workedMinutes", 0),
        told.get("fault") or {},
    )


def _stretch(told: Mapping[str, Any], calendars: Sequence[tuple[DayFacts, ...]]) -> Stretch:
    days = calendars[told.get("calendar", 0)]
    named = told.get("rotaPattern", "").partition("/")[2]
    return Stretch(days, int(told.get("decidedUntil", 0)), told.get("handedOver", False), named)


def _half(told: Mapping[str, Any]) -> Half:
    cards = tuple(zip(told["findings"], told["minutes"], told["clauses"], strict=True))
    day, start, end = date.fromisoformat(told["workDate"]), int(told["start"]), int(told["end"])
    return Half(day, start, end, cards, told.get("verdict", NOT_ASKED), told.get("verdictClause", ""))


def _day(told: Mapping[str, Any]) -> DayFacts:
    changes = (
        ClockChange(one.get("wallMinutes", 0), one.get("changeMinutes", 0)) for one in told.get("clockChanges", [])
    )
    return DayFacts(
        date.fromisoformat(told["workDate"]),
        DayKind(told["kind"]),
        int(told["midnight"]),
        tuple(changes),
        told.get("inside", False),
        told.get("cell", ""),
        _hours(told.get("hours")),
    )


def _hours(told: Mapping[str, Any] | None) -> Hours | None:
    """What a notice makes of the day; nothing where there is none."""
    if told is None:
        return None
    spans = ((one.get("startMinutes", 0), one["endMinutes"]) for one in told.get("spans", []))
    return Hours(told["clause"], tuple(spans))
