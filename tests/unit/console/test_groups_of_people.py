"""A head sees first whoever is unexplained, and a unit's month first what wants to be looked at."""

from types import SimpleNamespace
from typing import Any

import pytest
from bylaw.attendance.v1 import closing_pb2, sheets_pb2
from bylaw_console.month_board import board_of, lines_of
from bylaw_console.teams import team_of

DESK = SimpleNamespace(
    text=lambda both: both.zh or both.en,
    named=lambda message, field: str(getattr(message, field)),
    t=lambda _, **values: f"{values['word']} {values['minutes']}",
)
ON = "2026-11-27"


def sheet(name: str, *findings: Any, punch: str = "", kind: Any = sheets_pb2.DAY_KIND_WORK, **more: Any) -> Any:
    points = [sheets_pb2.CardPoint(finding=one, punch_time=punch, clause="ATT-4") for one in findings]
    halves = [sheets_pb2.Half(start_time=f"{ON} 08:30", end_time=f"{ON} 12:00", card_points=points)] if points else []
    day = sheets_pb2.Day(work_date=ON, kind=kind, halves=halves, clause="HRS-1", **more)
    return sheets_pb2.Sheet(name=f"people/{name}/sheets/2026-11", display_name=name, days=[day])


@pytest.mark.clause("ATT-4")
def test_a_team_is_put_into_groups_by_what_was_found() -> None:
    on_leave = sheet("leave")
    on_leave.days[0].leave.add().title.zh = "年假"
    broken = sheets_pb2.Sheet(name="people/broken/sheets/2026-11", fault=sheets_pb2.SheetFault(reason="NO_POLICY"))
    team = team_of(
        [
            sheet("here", sheets_pb2.FINDING_ON_TIME, punch=f"{ON} 08:21:00"),
            sheet("absent", sheets_pb2.FINDING_ABSENT, sheets_pb2.FINDING_ABSENT),
            sheet("late", sheets_pb2.FINDING_LATE, punch=f"{ON} 08:31:00"),
            sheet("waiting", sheets_pb2.FINDING_PENDING),
            sheet("off", kind=sheets_pb2.DAY_KIND_REST),
            sheet("gone", kind=sheets_pb2.DAY_KIND_NOT_EMPLOYED),
            on_leave,
            broken,
        ],
        ON,
        DESK,
    )
    assert {name: [row.person for row in rows] for name, rows in team.groups.items()} == {
        "fault": ["broken"],
        "unexplained": ["absent"],
        "late": ["late"],
        "waiting": ["waiting"],
        "leave": ["leave"],
        "here": ["here"],
        "off": ["off"],
    }
    assert next(iter(team.groups)) == "fault"
    assert team.expected == 4
    (absent,) = team.groups["unexplained"]
    assert (len(absent.marks), absent.plan) == (1, ["08:30–12:00"])
    assert team.groups["leave"][0].why == "年假"


def standing(name: str, **more: Any) -> Any:
    return closing_pb2.SheetStanding(sheet=f"people/{name}/sheets/2026-11", inputs_digest="d", **more)


@pytest.mark.clause("SHT-1")
def test_a_units_month_shows_exceptions_first_and_asks_nobody_to_review_their_own() -> None:
    month = closing_pb2.UnitMonth(
        sheets=[
            standing("clean"),
            standing("late"),
            standing("objects", objection="objections/1"),
            standing("me"),
            standing("closed", version=1),
        ]
    )
    totals = {one.sheet: sheets_pb2.Totals(late_count=int(one.sheet.startswith("people/late"))) for one in month.sheets}
    board = board_of(month, totals, "people/me")
    assert [one.person for one in board.exceptions] == ["people/late", "people/objects"]
    assert [one.person for one in board.to_review] == ["people/late", "people/objects", "people/clean"]
    assert board.reviewed_count == 1
    assert board.exceptions[0].counts == [("late_count", 1)]


@pytest.mark.clause("SHT-1")
def test_units_whose_hand_over_is_overdue_stand_on_top() -> None:
    open_, closed = closing_pb2.UNIT_MONTH_STATE_OPEN, closing_pb2.UNIT_MONTH_STATE_CLOSED
    months = [
        closing_pb2.UnitMonth(unit_code="A", state=closed, hand_over_date="2026-11-03"),
        closing_pb2.UnitMonth(unit_code="B", state=open_, hand_over_date="2026-12-03"),
        closing_pb2.UnitMonth(unit_code="C", state=open_, hand_over_date="2026-11-03"),
    ]
    lines = lines_of(months, ON)
    assert [(line.month.unit_code, line.late) for line in lines] == [("C", True), ("B", False), ("A", False)]
