"""The call that shows what months are judged from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import facts_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_size
from bylaw_chassis.values import resource_id
from bylaw_hooks import DayFacts, Kind
from bylaw_kit.adapting import punch_column

from bylaw_attendance.messages.hours import noticed_hours
from bylaw_attendance.messages.records import fault_message, pattern_name, totals_message
from bylaw_attendance.rpc.sheet_days import FINDINGS
from bylaw_attendance.rules.judging.month_facts import AssignableStretch, HalfFound, PersonFacts
from bylaw_attendance.use_cases.forms import counted_place, sheet_month
from bylaw_attendance.use_cases.sheets.show_facts import ShowFacts

PERMISSION = "attendance.facts.read"
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class FactCalls:
    """ListMonthFacts."""

    facts: ShowFacts
    tokens: PageTokens

    def ListMonthFacts(self, request: Any, call: Call) -> Any:  # noqa: N802
        after, count = counted_place(self.tokens.open(request.page_token, request, call))
        page = self.facts.page(
            resource_id(request.parent, "units", field="parent"),
            sheet_month(request.month, field="month"),
            call.caller.reach(PERMISSION),
            after=after,
            limit=page_size(request.page_size, largest=MOST_PEOPLE),
        )
        calendars = _Calendars()
        people = [_person(number, one, calendars) for number, one in enumerate(page.people, count + 1)]
        return facts_pb2.ListMonthFactsResponse(
            month_facts=people,
            calendars=[facts_pb2.FactsCalendar(days=map(_day, days)) for days in calendars],
            next_page_token=self.tokens.seal(page.place_behind(count), request, call),
        )


class _Calendars(dict[tuple[DayFacts, ...], int]):
    """Numbers calendars in the order in which they are first met."""

    def __missing__(self, days: tuple[DayFacts, ...]) -> int:
        self[days] = number = len(self)
        return number


def _person(number: int, found: PersonFacts, calendars: _Calendars) -> Any:
    return facts_pb2.MonthFacts(
        number=number,
        punches=found.punches.seconds,
        directions=found.punches.directions,
        stretches=[_stretch(one, calendars[one.days]) for one in found.stretches],
        shift_patterns=map(pattern_name, found.patterns),
        halves=map(_half, found.halves),
        totals=totals_message(found.totals),
        fault=fault_message(found.refusal),
    )


def _stretch(stretch: AssignableStretch, calendar: int) -> Any:
    return facts_pb2.FactsStretch(
        calendar=calendar,
        decided_until=stretch.decided_until,
        handed_over=stretch.handed_over,
        rota_pattern=pattern_name(stretch.rota_pattern),
    )


def _half(half: HalfFound) -> Any:
    return facts_pb2.FactsHalf(
        work_date=half.work_date.isoformat(),
        start=half.start,
        end=half.end,
        findings=_findings(half.kinds),
        minutes=half.minutes,
        punches=punch_column(half.punches),
        clauses=half.clauses,
        verdict=FINDINGS[Kind(half.verdict)],
        verdict_clause=half.verdict_clause,
    )


def _findings(kinds: bytes) -> Sequence[Any]:
    return [FINDINGS[Kind(kind)] for kind in kinds]


def _day(day: DayFacts) -> Any:
    changes = [
        facts_pb2.FactsClockChange(wall_minutes=change.wall, change_minutes=change.minutes)
        for change in day.clock_changes
    ]
    return facts_pb2.FactsDay(
        work_date=day.work_date.isoformat(),
        kind=day.kind.value,
        midnight=day.midnight,
        clock_changes=changes,
        inside=day.inside,
        cell=day.cell,
        hours=noticed_hours(day.hours),
    )
