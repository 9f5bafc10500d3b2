"""Replays and what they change as messages."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from bylaw.attendance.v1 import replays_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name
from bylaw_kit.reading import Side
from google.protobuf import json_format

from bylaw_attendance.messages.records import pattern_name, text, timestamp, totals_message
from bylaw_attendance.replaying.wording import explained_finding, remark
from bylaw_attendance.rpc.sheet_days import FINDINGS, SIDES
from bylaw_attendance.rules.replay.replay import ListedMonth, MonthFault, difference, hours, named_figures
from bylaw_attendance.rules.replay.replay_changes import ShownFinding
from bylaw_attendance.rules.sheets.sheet import TOTALS
from bylaw_attendance.use_cases.policies.show_replay import ListedChange, ShownReplay

SHOWN_FAULTS = 100


def replay_message(shown: ShownReplay) -> Any:
    """A replay as it stands."""
    replay, outcome = shown.replay, shown.outcome
    change = difference(replay.before, replay.after)
    message = replays_pb2.Replay(
        name=resource_name("replays", replay.id),
        unit=resource_name("units", replay.unit),
        first_month=f"{replay.first_month:%Y-%m}",
        last_month=f"{replay.last_month:%Y-%m}",
        shift_pattern=pattern_name(replay.pattern),
        replaced_shift_pattern=pattern_name(replay.replaced),
        state=replays_pb2.ReplayState.ValueType(replay.state),
        done_count=replay.done,
        total_count=replay.total,
        progress_percent=replay.progress_percent,
        before=_figures(replay.before),
        after=_figures(replay.after),
        difference=_figures(change),
        cost=_cost(change),
        changed_people_count=outcome.changed_people,
        change_count=replay.change_count,
        compared_count=outcome.compared,
        uncompared_count=outcome.uncompared,
        fault_count=outcome.fault_count,
        faults=islice((_fault(month, fault) for month in outcome.faults for fault in month.month.faults), SHOWN_FAULTS),
        followed_shift_patterns=map(pattern_name, replay.followed),
        remark=remark_message(shown),
        creator=resource_name("people", caller_by_key(replay.created_by).person),
        canceller=resource_name("people", caller_by_key(replay.cancelled_by).person),
        create_time=timestamp(replay.created_at),
        finish_time=timestamp(replay.finished_at),
        expire_time=timestamp(replay.created_at + timedelta(days=shown.kept_days)),
    )
    json_format.Parse(replay.parameters, message.parameters)
    return message


def remark_message(shown: ShownReplay) -> Any:
    """What is to be known before the figures are believed; nothing where there is nothing."""
    said = remark(shown.replay, shown.outcome)
    return said and text(*said)


def _figures(figures: Sequence[int]) -> Any:
    named = named_figures(figures)
    return replays_pb2.ReplayFigures(
        totals=totals_message(figures[: len(TOTALS)]),
        planned_minutes=named["planned_minutes"],
        absent_minutes=named["absent_minutes"],
    )


def _cost(change: Sequence[int]) -> Any:
    named = named_figures(change)
    return replays_pb2.ReplayCost(
        planned_hours=hours(named["planned_minutes"]),
        worked_hours=hours(named["worked_minutes"]),
        absent_hours=hours(named["absent_minutes"]),
    )


def _fault(of: ListedMonth, fault: MonthFault) -> Any:
    return replays_pb2.ReplayFault(
        person=resource_name("people", of.month.person),
        employee_number=of.number,
        month=f"{of.month.month:%Y-%m}",
        side=replays_pb2.ReplaySide.ValueType(fault.side),
        reason=fault.reason,
        message=text(fault.zh, fault.en),
    )


def change_message(listed: ListedChange) -> Any:
    """A change."""
    change = listed.change
    return replays_pb2.ReplayChange(
        person=resource_name("people", listed.of.month.person),
        employee_number=listed.of.number,
        display_name=listed.of.display_name,
        work_date=change.work_date.isoformat(),
        half=change.half,
        side=SIDES[change.side],
        before=change.before and _finding(change.side, change.before),
        after=change.after and _finding(change.side, change.after),
    )


def _finding(side: Side | None, found: ShownFinding) -> Any:
    return replays_pb2.ReplayFinding(
        shift_pattern=pattern_name(found.pattern),
        finding=FINDINGS[found.kind],
        minutes=found.minutes,
        clause=found.clause,
        due_time=found.due,
        end_time=found.end,
        punch_time=found.punch,
        explanation=text(*explained_finding(side, found)),
    )


def place_text(shown: ShownReplay) -> str:
    """Where a replay stands, for a page token."""
    return str(shown.replay.id)


def place_texts(listed: ListedChange) -> list[str]:
    """Where a change stands, for a page token."""
    number, person, month, ordinal = listed.place
    return [number, str(person), month.isoformat(), str(ordinal)]
