"""What a request takes where the plan of its days, or the request itself, is another one than before (LVE-1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from bylaw_chassis.notice_wish import NoticeWish, said
from bylaw_hooks.leave import LeaveRequest

from bylaw_attendance.rules.exact import exact_text
from bylaw_attendance.rules.judging.assignment import DAY
from bylaw_attendance.rules.leave.leave_recorded import Reasons
from bylaw_attendance.rules.leave.leave_request import Half, Leave, LeaveDayTaken, LeaveWish

ENDS: Mapping[str, Half] = {"day": "second-half", "first-half": "first-half", "second-half": "second-half"}
TITLE = ("您的假期已重新计量", "Your leave was measured anew")
BODY = (
    "“{title}”所在日期的排班或日历有变动，扣减已更正：{days}。余额已相应调整，请假本身不变。",
    (
        "What is planned on days of your leave “{title}” is another now, and what it takes was put right: {days}. The"
        " balance follows; the leave itself stays."
    ),
)
Measured = tuple[LeaveRequest, Sequence[LeaveDayTaken]]
"""What was measured for, and what it takes."""
TEXT = "排班或日历变动后重新计量。 Measured anew after a change of the plan."


def asked_of(leave: Leave) -> Iterator[LeaveRequest]:
    """What of a request was not given back, as its policy is to measure it; a day cut short by hours by itself."""
    kept, asked_on, wish = leave.kept, leave.asked_at.date(), leave.wish
    if not kept:
        return
    last = kept[-1]
    cut = last.part == "span" and wish.hours is None
    ends = wish.last if last.work_date == wish.last and not cut else last.work_date - cut * DAY
    if ends >= wish.first:
        half = ENDS.get(last.part, "second-half") if not cut else "second-half"
        yield wish._replace(last=ends, ends=half, hours=wish.hours and last.hours).request(asked_on)
    if cut:
        yield LeaveWish(wish.kind, last.work_date, last.work_date, hours=last.hours).request(asked_on)


def other_days(leave: Leave, measured: Iterable[Measured]) -> Iterator[LeaveDayTaken]:
    """The days that take something else than is on record, or count otherwise as worked."""
    kept = {day.work_date: day for day in leave.kept}
    for request, days in measured:
        for one in days:
            before = kept.get(one.work_date)
            if before and _differs(leave, before, one):
                yield one._replace(hours=before.hours if request.hours is None else request.hours)


def _differs(leave: Leave, before: LeaveDayTaken, now: LeaveDayTaken) -> bool:
    if (before.spans, before.minutes, before.days) != (now.spans, now.minutes, now.days):
        return True
    return leave.counts_as_worked and before.halves != now.halves


def amounts_of(leave: Leave, days: Iterable[LeaveDayTaken]) -> dict[date, Fraction]:
    """What these days take of the request's balance."""
    return {day.work_date: day.amount(leave.terms.unit) for day in days}


def reasons(leave: Leave) -> Reasons:
    """Why an entry puts right what was taken."""
    zh, en = leave.terms.title
    return Reasons(
        f"{zh}（因排班或日历变动重新计量）", f"{en}, measured anew after a change of the plan", leave.terms.clause
    )


def measured_notice(leave: Leave, days: Sequence[LeaveDayTaken]) -> NoticeWish | None:
    """What the person is told; nothing where days alone of no length are others."""
    before = {day.work_date: day.days for day in leave.kept}
    told = [f"{day.work_date} {exact_text(before[day.work_date])} → {exact_text(day.days)}" for day in days]
    if all(before[day.work_date] == day.days for day in days):
        return None
    zh, en = (said(BODY, title=title, days=", ".join(told))[at] for at, title in enumerate(leave.terms.title))
    return NoticeWish([leave.person], TITLE, (zh, en), leave.name)
