"""What was asked for of an explained day in sentences, in both languages: overtime (HRS-7), and leave (LVE-2)."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_attendance.explaining.sentences import NOTHING, at, said
from bylaw_attendance.explaining.wording import PARTS
from bylaw_attendance.rules.explaining.explaining import ExplainedDay
from bylaw_attendance.rules.explaining.explaining_asked import OVERTIME_CLAUSE, AskedOvertime, Counting, taken_on
from bylaw_attendance.rules.leave.leave_request import Leave
from bylaw_attendance.rules.overtime.overtime import Compensation
from bylaw_attendance.wording import Sentence

ASKED = Sentence(
    "申请加班 {start} 至 {end}，{asked} 分钟，{wanted}（{clause}）。",
    "Overtime was asked for from {start} to {end}, {asked} minutes, {wanted} ({clause}).",
)
WANTED: Mapping[Compensation, Sentence] = MappingProxyType(
    {
        Compensation.PAY: Sentence("按 {percent}% 支付", "paid at {percent} per cent"),
        Compensation.TIME_OFF: Sentence("折算调休", "for time off"),
    }
)
COUNTING: Mapping[Counting, Sentence] = MappingProxyType(
    {
        Counting.WAITING: Sentence(
            "尚待审批{decision}，获准之前不计。",
            "It waits for a decision{decision}, and nothing counts before it is agreed.",
        ),
        Counting.REFUSED: Sentence("未获批准{decision}，不计。", "It was refused{decision}, so nothing counts."),
        Counting.WITHDRAWN: Sentence("已撤回，不计。", "It was taken back, so nothing counts."),
        Counting.DAY_CHANGED: Sentence(
            "申请之后当天的安排已变，负责人确认之前不计。",
            "The day became another one after it was asked for, and nothing counts before the head confirms it.",
        ),
        Counting.OPEN: Sentence(
            "考勤机尚未报到该时段之后，暂按打卡为 {found} 分钟。",
            "The clocks have not reported past it; so far the punches bear out {found} minutes.",
        ),
        Counting.ALL: Sentence(
            "打卡证实全部 {found} 分钟，均计入。", "The punches bear all of it out: {found} minutes count."
        ),
        Counting.SOME: Sentence(
            "打卡只证实 {found} 分钟，计入这些。", "The punches bear out {found} minutes, and no more than those count."
        ),
    }
)
REMEDIES: Mapping[Counting, Sentence] = MappingProxyType(
    {
        Counting.DAY_CHANGED: Sentence("请负责人确认该申请。", "Have the head confirm the request."),
        Counting.SOME: Sentence(
            "{start} 在岗、{end} 及以后打卡离开、其间不外出，即全部计入；漏打的卡可申请补卡。",
            (
                "All of it counts for whoever is there at {start}, goes out from {end} on, and not in between; a missed"
                " punch can be corrected."
            ),
        ),
    }
)
UNASKED = Sentence(
    "计划工时与获准加班之外另有 {minutes} 分钟在岗，无人申请，不计加班；加班须在开始之前申请（{clause}）。",
    (
        "Beyond planned hours and agreed overtime the punches show {minutes} minutes that nobody asked for, and they"
        " count nowhere; overtime is asked for before it begins ({clause})."
    ),
)
LEAVE: Mapping[bool, Sentence] = MappingProxyType(
    {
        True: Sentence(
            "{title}，{part}，尚待审批{decision}；获准之前须照常到岗（{clause}）。",
            (
                "{title}, {part}, waits for a decision{decision}; before it is agreed the day is worked as planned"
                " ({clause})."
            ),
        ),
        False: Sentence(
            "{title}，{part}，已获准{decision}（{clause}）。", "{title}, {part}, was agreed{decision} ({clause})."
        ),
    }
)


def overtime(day: ExplainedDay, one: AskedOvertime) -> Sentence:
    """What was asked for, what of it counts, and why not more."""
    request = one.request
    wanted = said(WANTED[request.wish.compensation], percent=request.day.percent.value)
    clause = OVERTIME_CLAUSE
    asked = said(ASKED, **_times(day, one), asked=request.minutes, wanted=wanted, clause=clause)
    counts = said(COUNTING[one.counting], found=one.found, decision=_decision(request.decision))
    return Sentence(asked.zh + counts.zh, f"{asked.en} {counts.en}")


def overtime_remedy(day: ExplainedDay, one: AskedOvertime) -> Sentence:
    """What would have made all of it count, or still can."""
    template = REMEDIES.get(one.counting)
    return said(template, **_times(day, one)) if template else NOTHING


def unasked(day: ExplainedDay) -> Sentence:
    """What to know of presence that nobody asked for."""
    minutes = day.asked.unasked
    return said(UNASKED, minutes=minutes, clause=OVERTIME_CLAUSE) if minutes else NOTHING


def leave(day: ExplainedDay, one: Leave) -> Sentence:
    """Where leave stands that reaches the day."""
    taken = taken_on(one, day.shown.work_date)
    hours = [f"{minute // 60:02}:{minute % 60:02}" for minute in taken.hours or (0, 0)]
    part = said(PARTS[taken.part], start=hours[0], end=hours[1])
    told = {"part": part, "decision": _decision(one.decision), "clause": one.terms.clause}
    return said(LEAVE[one.waits], title=Sentence(*one.terms.title), **told)


def _times(day: ExplainedDay, one: AskedOvertime) -> dict[str, str]:
    return {"start": at(day, 60 * one.request.start), "end": at(day, 60 * one.request.end)}


def _decision(decision: UUID | None) -> Sentence:
    name = resource_name("decisions", decision) if decision else ""
    return Sentence(f"（{name}）", f" ({name})") if name else NOTHING
