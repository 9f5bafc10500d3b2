"""What is said against a request by default: unit, employment, overlap, notice, evidence, length, balance (LVE-1)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bylaw_hooks.leave.answers import LeaveKind, Objection, Taken
from bylaw_hooks.leave.facts import LeaveRequest, Standing
from bylaw_hooks.leave.measuring import total
from bylaw_hooks.parameters import Both


def objections(
    kind: LeaveKind, request: LeaveRequest, measured: Sequence[Taken], *, standing: Standing
) -> Iterator[Objection]:
    """Everything that speaks against it; nothing: it may be asked for."""
    for reason, said in (
        ("LEAVE_UNIT", _unit(kind, request)),
        ("LEAVE_OUTSIDE_EMPLOYMENT", _employment(request, standing)),
        ("LEAVE_TAKES_NOTHING", _nothing(measured)),
        ("LEAVE_OVERLAPS", _overlap(measured, standing)),
        ("LEAVE_NOTICE", _notice(kind, request)),
        ("LEAVE_EVIDENCE", _evidence(kind, request, measured)),
        ("LEAVE_TOO_LONG", _length(kind, measured)),
        ("LEAVE_BALANCE", _balance(kind, measured, standing)),
    ):
        if said:
            yield Objection(reason, said, kind.clause)


def _unit(kind: LeaveKind, request: LeaveRequest) -> Both | None:
    halves = request.starts == "second-half" or request.ends == "first-half"
    if (request.hours and kind.unit != "hour") or (halves and kind.unit == "day"):
        zh, en = ("整天", "days") if kind.unit == "day" else ("半天", "half days")
        return Both(f"{kind.title.zh}只能按{zh}请", f"{kind.title.en} is asked for by {en}")
    return None


def _employment(request: LeaveRequest, standing: Standing) -> Both | None:
    if standing.employment.employed_on(request.first) and standing.employment.employed_on(request.last):
        return None
    return Both("请假日期须在任职期间内", "leave lies between the first and the last day of the employment")


def _nothing(measured: Sequence[Taken]) -> Both | None:
    if any(one.days for one in measured):
        return None
    return Both(
        "所请时间本来就休息，不扣假；请另选日期",
        "nothing is planned in that time, so nothing is taken; choose other days",
    )


def _overlap(measured: Sequence[Taken], standing: Standing) -> Both | None:
    day = next((one.work_date for one in measured if any(one.meets(other) for other in standing.taken)), None)
    if day is None:
        return None
    return Both(
        f"{day} 的同一时段已请假；请改日期或先撤销前一申请",
        f"that part of {day} is taken already; change or cancel one",
    )


def _notice(kind: LeaveKind, request: LeaveRequest) -> Both | None:
    latest = request.first - timedelta(days=kind.notice_days)
    if request.asked_on <= latest:
        return None
    return Both(f"{kind.title.zh}最迟须于 {latest} 申请", f"{kind.title.en} is asked for by {latest} at the latest")


def _evidence(kind: LeaveKind, request: LeaveRequest, measured: Sequence[Taken]) -> Both | None:
    if kind.evidence is None or request.evidence or sum(one.days for one in measured) <= kind.evidence_beyond_days:
        return None
    return Both(f"请附证明：{kind.evidence.zh}", f"hand in: {kind.evidence.en}")


def _length(kind: LeaveKind, measured: Sequence[Taken]) -> Both | None:
    if kind.most_days is None or sum(one.days for one in measured) <= kind.most_days:
        return None
    return Both(f"每次至多 {kind.most_days} 天", f"at most {kind.most_days} days at a time")


def _balance(kind: LeaveKind, measured: Sequence[Taken], standing: Standing) -> Both | None:
    if not kind.balance or (asked := total(kind, measured)) <= (there := standing.available(kind.balance)):
        return None
    zh, en = ("天", "days") if kind.balance_in == "days" else ("分钟", "minutes")
    need, have = f"{float(asked):g}", f"{float(there):g}"
    return Both(f"余额不足：需 {need} {zh}，可用 {have} {zh}", f"it takes {need} {en} and {have} are there")
