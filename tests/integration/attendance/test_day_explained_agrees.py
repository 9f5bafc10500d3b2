"""What an explanation says was bound and found is what the sheet says, whatever was punched; in a few statements."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import explanations_pb2 as explanations
from bylaw.attendance.v1 import punches_pb2
from bylaw.attendance.v1 import sheets_pb2 as sheets
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.builders.attendance import AttendanceService
from tests.builders.explained import cards, on, stamped

MOST_STATEMENTS = 24
"""Of any explained day, in three transactions at most: their beginnings and their limits of time among them."""
WEEKS: tuple[dict[str, Any], ...] = (
    {},
    {"segments": [{"hours": "22:00-06:00"}]},
    {"segments": [{"hours": "09:00-17:00", "sign_out": False}], "repeat_minutes": 0, "seconds": "count"},
)
times = st.tuples(st.integers(1, 28), st.integers(0, 24 * 3600 - 1), st.sampled_from((0, 0, 0, 1, 2)))
edges = st.sampled_from((8 * 60 + 25, 8 * 60 + 41, 12 * 60, 12 * 60 + 57, 14 * 60, 18 * 60)).map(
    lambda minute: 60 * minute
)
months = st.lists(times | st.tuples(st.integers(1, 28), edges, st.just(0)), max_size=60, unique=True)


def reported(attendance: AttendanceService, site: str) -> None:
    """A clock of the site has reported all but the last week."""
    until = punches_pb2.ReportClockRequest(device="gate", site=site)
    until.report_time.FromJsonString("2026-02-20T16:00:00Z")
    attendance.punches.ReportClock(until, metadata=attendance.everything)


def punched(attendance: AttendanceService, person: str, month: Sequence[tuple[int, int, int]]) -> None:
    made = [
        punches_pb2.Punch(
            person=person,
            local_time=f"2026-02-{day:02d} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}",
            direction=punches_pb2.Direction.ValueType(direction),
        )
        for day, second, direction in month
    ]
    if made:
        batch = punches_pb2.BatchCreatePunchesRequest(punches=made)
        attendance.punches.BatchCreatePunches(batch, metadata=attendance.everything)


def shown(day: sheets.Day) -> list[Any]:
    """All that a sheet says of a day."""
    return [
        (day.kind, day.clause, sorted(day.other_punch_times)),
        [(half.start_time, half.end_time, half.verdict, half.clause) for half in day.halves],
        [card for half in day.halves for card in half.card_points],
    ]


def explained(day: explanations.DayExplanation) -> list[Any]:
    """The same as an explanation has it; a punch of the date that no card took is another one."""
    left = [one for one in day.punches if one.outcome != explanations.PUNCH_OUTCOME_BOUND]
    return [
        (day.kind, day.reason.clause, sorted(one.local_time for one in left if one.local_time[:10] == day.work_date)),
        [(one.half.start_time, one.half.end_time, one.half.verdict, one.half.clause) for one in day.halves],
        [card.card_point for card in cards(day)],
    ]


def bound(day: explanations.DayExplanation) -> list[tuple[int, str]]:
    """Side and punch of what is said to be bound to the day's own cards."""
    mine = [one for one in day.punches if one.outcome == explanations.PUNCH_OUTCOME_BOUND]
    return sorted((one.side, one.local_time) for one in mine if one.work_date == day.work_date)


def agrees(attendance: AttendanceService, number: int, month: Sequence[tuple[int, int, int]], week: Any) -> None:
    """Whether a new person's month so punched is explained, day by day, as it is shown."""
    people = attendance.people
    site = people.site(f"S{number}")
    person = people.person(f"A-{number}", people.unit(f"shop-{number}").name, site.name).name
    attendance.assign(person, since="2026-01-01", **week)
    punched(attendance, person, month)
    reported(attendance, site.name)
    sheet = attendance.sheet(person, "2026-02")
    for day in sheet.days:
        why = attendance.explained(person, day.work_date)
        assert why.inputs_digest == sheet.inputs_digest
        assert explained(why) == shown(day)
        taken = [(card.side, card.punch_time) for half in day.halves for card in half.card_points if card.punch_time]
        assert bound(why) == sorted(taken)


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3", "ATT-4")
def test_an_explanation_says_of_every_day_what_the_sheet_says(attendance: AttendanceService) -> None:
    numbers = count(1)

    @settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.generate))
    @given(month=months, week=st.sampled_from(WEEKS))
    def any_month(month: list[tuple[int, int, int]], week: dict[str, Any]) -> None:
        agrees(attendance, next(numbers), month, week)

    any_month()


def test_a_day_is_explained_in_a_few_statements_on_one_snapshot(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    attendance.assign(since="2026-01-01")
    person = people.person("A-1", unit.name, site.name).name
    stamped(attendance, *(time for day in range(2, 7) for time in on(f"2026-02-0{day}", "08:31", "12:01", "18:01")))
    attendance.explained(person, "2026-02-03")
    asked: list[str] = []
    engine = attendance.service.database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    attendance.explained(person, "2026-02-03")

    assert len(asked) <= MOST_STATEMENTS, asked
