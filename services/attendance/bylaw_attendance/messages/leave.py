"""Leave as messages of the contract: requests, what would come of one, kinds, balances and entries."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bylaw.attendance.v1 import leave_pb2
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.decisions.wish import Decider
from bylaw_chassis.values import resource_name
from bylaw_hooks.leave import LeaveKind, Objection

from bylaw_attendance.messages.records import timestamp
from bylaw_attendance.rules.exact import exact_text
from bylaw_attendance.rules.leave.leave_days import ExcusedDay
from bylaw_attendance.rules.leave.leave_held import OfferedKind
from bylaw_attendance.rules.leave.leave_ledger import EntryKind
from bylaw_attendance.rules.leave.leave_recorded import Recorded
from bylaw_attendance.rules.leave.leave_request import WORKED_CLAUSE, Leave, LeaveDayTaken
from bylaw_attendance.rules.leave.shown_balance import ShownBalance
from bylaw_attendance.use_cases.leave.preview_leave import Previewed

PARTS: Mapping[str, Any] = MappingProxyType(
    {
        "day": leave_pb2.LEAVE_PART_DAY,
        "first-half": leave_pb2.LEAVE_PART_FIRST_HALF,
        "second-half": leave_pb2.LEAVE_PART_SECOND_HALF,
        "span": leave_pb2.LEAVE_PART_HOURS,
    }
)
HALVES: Mapping[str, Any] = MappingProxyType(
    {"first-half": leave_pb2.DAY_HALF_FIRST, "second-half": leave_pb2.DAY_HALF_SECOND}
)
UNITS: Mapping[str, Any] = MappingProxyType({"days": leave_pb2.LEAVE_UNIT_DAY, "minutes": leave_pb2.LEAVE_UNIT_MINUTE})
ENTRY_KINDS: Mapping[EntryKind, Any] = MappingProxyType(
    {
        EntryKind.GRANT: leave_pb2.LEAVE_ENTRY_KIND_GRANT,
        EntryKind.TAKE: leave_pb2.LEAVE_ENTRY_KIND_TAKE,
        EntryKind.GIVE_BACK: leave_pb2.LEAVE_ENTRY_KIND_GIVE_BACK,
        EntryKind.CORRECT: leave_pb2.LEAVE_ENTRY_KIND_CORRECT,
    }
)


def leave_message(made: Leave) -> Any:
    """A request as it stands."""
    wish, terms, (start, end) = made.wish, made.terms, made.wish.hours or (None, None)
    message = leave_pb2.LeaveRequest(
        name=made.name,
        person=resource_name("people", made.person),
        employee_number=made.number,
        kind=wish.kind,
        start_date=str(wish.first),
        end_date=str(wish.last),
        start_half=HALVES[wish.starts] if wish.hours is None else leave_pb2.DAY_HALF_UNSPECIFIED,
        end_half=HALVES[wish.ends] if wish.hours is None else leave_pb2.DAY_HALF_UNSPECIFIED,
        start_time=_wall(start),
        end_time=_wall(end),
        reason=wish.reason,
        evidence=wish.evidence,
        title=LocalizedText(zh=terms.title[0], en=terms.title[1]),
        policy=terms.policy,
        clause=terms.clause,
        counts_as_worked=made.counts_as_worked,
        state=leave_pb2.LeaveRequestState.ValueType(made.state),
        days=map(_day, made.days),
        total_days=exact_text(made.total_days),
        total_minutes=made.total_minutes,
        balance=terms.balance,
        decision=resource_name("decisions", made.decision),
        create_time=timestamp(made.asked_at),
        etag=str(made.revision),
        approval_steps=made.steps,
    )
    if change := made.change:
        message.change_time.FromDatetime(change.at)
        message.changed_by = resource_name("people", caller_by_key(change.by).person)
        message.change_text = change.text
    return message


def preview_message(previewed: Previewed) -> Any:
    """What would come of a request that is not on record: it has no name, and stands nowhere."""
    considered, deciders, on_own_responsibility = previewed
    request = leave_message(considered.leave)
    for field in ("name", "state", "create_time", "etag"):
        request.ClearField(field)
    balance = considered.left is not None
    return leave_pb2.LeavePreview(
        leave_request=request,
        left=exact_text(considered.left) if considered.left is not None else "",
        unit=UNITS[considered.leave.terms.unit] if balance else leave_pb2.LEAVE_UNIT_UNSPECIFIED,
        objections=map(_objection, considered.objections),
        steps=[leave_pb2.LeaveStep(deciders=map(_decider, step)) for step in deciders],
        on_own_responsibility=on_own_responsibility,
    )


def kind_message(offered: OfferedKind) -> Any:
    """A kind that may be asked for."""
    kind = offered.kind
    return leave_pb2.LeaveKind(
        code=kind.code,
        title=LocalizedText(zh=kind.title.zh, en=kind.title.en),
        policy=offered.policy,
        smallest=kind.unit,
        paid=kind.paid,
        counts_as_worked=kind.clause == WORKED_CLAUSE,
        balance=kind.balance,
        unit=UNITS[kind.balance_in] if kind.balance else leave_pb2.LEAVE_UNIT_UNSPECIFIED,
        notice_days=kind.notice_days,
        evidence=_evidence(kind),
        evidence_beyond_days=kind.evidence_beyond_days,
        most_days=kind.most_days or 0,
        clause=kind.clause,
    )


def balance_message(shown: ShownBalance) -> Any:
    """What is there of a balance."""
    lapsing, lapse_date = shown.lapsing or (None, None)
    return leave_pb2.LeaveBalance(
        code=shown.code,
        unit=UNITS[shown.unit],
        amount=exact_text(shown.amount),
        waiting=exact_text(shown.waiting),
        lapsing=exact_text(lapsing) if lapsing is not None else "",
        lapse_date=str(lapse_date or ""),
        kinds=shown.kinds,
        booked=exact_text(shown.booked),
        waiting_later=exact_text(shown.waiting_later),
        free=exact_text(shown.free),
    )


def entry_message(made: Recorded, corrects: str) -> Any:
    """An entry; `corrects` is the name of the one that it puts right."""
    entry = made.entry
    return leave_pb2.LeaveEntry(
        name=made.name,
        kind=ENTRY_KINDS[entry.kind],
        balance=entry.balance,
        date=str(entry.day),
        amount=exact_text(entry.amount),
        reason=made.why.zh if made.why.zh == made.why.en else "",
        expire_date=str(entry.expires or ""),
        carried_until_date=str(entry.carried_until or ""),
        carried_most=exact_text(entry.carried_most) if entry.carried_most is not None else "",
        leave_request=entry.request,
        corrects=corrects,
        explanation=LocalizedText(zh=made.why.zh, en=made.why.en),
        clause=made.why.clause,
        record_time=timestamp(made.at),
        recorded_by=resource_name("people", caller_by_key(made.by).person),
    )


def entry_messages(listed: list[Recorded], names: Mapping[str, str]) -> Iterator[Any]:
    """Entries; `names` are those of all of the person's entries, by key."""
    return (entry_message(one, names.get(one.entry.corrects, "")) for one in listed)


def day_leave_message(one: ExcusedDay) -> Any:
    """What a request excuses of a day of a sheet."""
    start, end = one.day.hours or (None, None)
    return leave_pb2.ExcusedPart(
        leave_request=one.name,
        title=LocalizedText(zh=one.title[0], en=one.title[1]),
        part=PARTS[one.day.part],
        start_time=_wall(start),
        end_time=_wall(end),
        minutes=one.day.minutes,
        clause=one.clause,
        counts_as_worked=one.counts_as_worked,
    )


def _day(day: LeaveDayTaken) -> Any:
    return leave_pb2.LeaveDay(
        work_date=str(day.work_date),
        part=PARTS[day.part],
        minutes=day.minutes,
        days=exact_text(day.days),
        given_back=day.given_back,
    )


def _objection(one: Objection) -> Any:
    message = LocalizedText(zh=one.why.zh, en=one.why.en)
    return leave_pb2.LeaveObjection(reason=one.reason, clause=one.clause, message=message)


def _decider(one: Decider) -> Any:
    reason = LocalizedText(zh=one.reason[0], en=one.reason[1])
    return leave_pb2.LeaveDecider(person=resource_name("people", one.person), reason=reason)


def _evidence(kind: LeaveKind) -> LocalizedText | None:
    return LocalizedText(zh=kind.evidence.zh, en=kind.evidence.en) if kind.evidence else None


def _wall(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"
