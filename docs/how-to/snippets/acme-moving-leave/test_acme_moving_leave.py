"""Who moves house takes a day off: what it takes, what speaks against it, and who is asked."""

from datetime import date

from acme_moving_leave import MovingLeave
from bylaw_hooks.leave import Employment, LeaveDay, LeaveParameters, LeaveRequest, Standing, Step
from bylaw_kit.months import month_days

POLICY, SET = MovingLeave(), LeaveParameters()
MAY = month_days((2026, 5), "Asia/Shanghai", {})
PLANNED = tuple(
    LeaveDay(day, ((day.at("08:30"), day.at("12:00")), (day.at("14:00"), day.at("18:00"))))
    if day.work_date.weekday() < 6
    else LeaveDay(day)
    for day in MAY
    if day.inside
)
LI = Standing(Employment(person=1, joined=date(2020, 1, 1)))


def asked(first: int, last: int, *, on: int, evidence: bool = True) -> LeaveRequest:
    """Somebody asks in May for days of May."""
    days = date(2026, 5, first), date(2026, 5, last)
    return LeaveRequest("acme-moving", *days, asked_on=date(2026, 5, on), evidence=evidence)


def reasons(request: LeaveRequest) -> list[str]:
    """What speaks against it."""
    measured = POLICY.measure(request, PLANNED, SET)
    return [one.reason for one in POLICY.admit(request, measured, standing=LI, parameters=SET)]


def test_a_day_for_moving_takes_the_days_minutes_and_the_units_head_is_asked() -> None:
    request = asked(8, 8, on=6)
    measured = POLICY.measure(request, PLANNED, SET)
    assert [(one.days, one.minutes) for one in measured] == [(1, 450)]
    assert reasons(request) == []
    assert POLICY.approval(request, measured, SET) == (Step.UNIT_HEAD,)


def test_what_speaks_against_it_is_said_all_at_once() -> None:
    assert reasons(asked(8, 9, on=7, evidence=False)) == ["LEAVE_NOTICE", "LEAVE_EVIDENCE", "LEAVE_TOO_LONG"]


def test_nobody_needs_leave_on_a_sunday() -> None:
    assert reasons(asked(10, 10, on=1)) == ["LEAVE_TAKES_NOTHING"]
