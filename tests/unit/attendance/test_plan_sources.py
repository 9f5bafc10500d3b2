"""What a plan is kept under and as is byte for byte the same, in whichever pieces it is put together."""

import hashlib
from dataclasses import replace
from datetime import date

import orjson
from bylaw_attendance.policies import source_of
from bylaw_attendance.rules.judging.plan_body import PlanBody, PlannedDate, PlannedHalf
from bylaw_hooks import DayFacts, DayKind, Excused, Hours
from bylaw_kit.months import month_days

ZONE = "Europe/Berlin"
"""With a change of the clock in March."""


def _days() -> tuple[DayFacts, ...]:
    plain = month_days((2026, 3), ZONE, {date(2026, 3, 9): DayKind.HOLIDAY})
    own = {
        2: {"cell": "rest"},
        5: {"hours": Hours("HRS-6", ((510, 720), (840, 960)))},
        6: {"excused": (Excused("LVE-1", "first-half"), Excused("LVE-3", "span", 900, 1000)), "cell": "late"},
        7: {"hours": Hours("HRS-1")},
    }
    return tuple(replace(day, **own.get(day.work_date.day, {})) if day.inside else day for day in plain)


def test_the_source_of_a_plan_is_the_digest_of_all_its_facts_as_one_text() -> None:
    facts = [
        [
            day.work_date.isoformat(),
            day.kind.value,
            day.midnight,
            day.inside,
            [[change.wall, change.minutes] for change in day.clock_changes],
            *([day.cell] if day.cell else []),
            *([day.hours.clause, day.hours.spans] if day.hours else []),
            *([one.clause, one.part, one.start, one.end] for one in day.excused),
        ]
        for day in _days()
    ]
    told = orjson.dumps(["fixed-week@1", '{"a":1}', ZONE, facts])
    assert source_of("fixed-week@1", '{"a":1}', _days(), time_zone=ZONE) == hashlib.sha256(told).digest()


def test_a_kept_plan_is_one_text_and_is_read_again_as_it_was() -> None:
    days = (
        PlannedDate(date(2026, 3, 2), DayKind.ORDINARY, "HRS-1", (PlannedHalf(10, 20, 5), PlannedHalf(30, 40, 30))),
        PlannedDate(date(2026, 3, 3), DayKind.HOLIDAY, "HRS-3", ()),
    )
    body = PlanBody(b"\x01" * 32, "fixed-week@1", "bylaw-fixed-week 1", ZONE, 1, 2, 3, days)
    told = [
        ["2026-03-02", "ordinary", "HRS-1", [[10, 20, 5], [30, 40, 30]]],
        ["2026-03-03", "holiday", "HRS-3", []],
    ]
    head = ["01" * 32, "fixed-week@1", "bylaw-fixed-week 1", ZONE]
    assert body.pack() == orjson.dumps([1, head, [1, 2, 3], told])
    assert PlanBody.unpack(body.pack()) == body
    empty = replace(body, days=())
    assert PlanBody.unpack(empty.pack()) == empty
