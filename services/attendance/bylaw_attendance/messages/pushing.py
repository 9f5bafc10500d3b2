"""Clocks that push as messages of the contract, and their troubles in words."""

from typing import Any

from bylaw.attendance.v1 import pushing_pb2
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.imports import line_message
from bylaw_attendance.messages.records import text, timestamp
from bylaw_attendance.rules.clocks.clock_counts import DayCount
from bylaw_attendance.rules.clocks.pushing import ShownClock, Trouble, TroubleKind, UnknownClock

WORDS = {
    TroubleKind.TIME_WRONG: (
        "时钟偏差超出允许范围：恢复准确之前，不作为判定依据。请校准考勤机时间并核对时区。",
        "Its time is off by more than is allowed: until it is right, it decides nothing. Set its time, check its zone.",
    ),
    TroubleKind.TIME_SET: (
        "有人在考勤机上改过时间；请核对改动前后的打卡。",
        "Somebody set its time; check the punches from before and after.",
    ),
    TroubleKind.RECORDS_DELETED: (
        "有人在考勤机上删除过记录；未上传的打卡可能丢失，请核对并更正。",
        "Somebody deleted records in it; punches that it had not sent may be lost: check, and correct them.",
    ),
    TroubleKind.BODY_REFUSED: (
        "它发送的内容过大或不是文本，未能收下；请检查其上传设置与固件。",
        "It sent what was too large or no text, which was not taken; check its settings of uploads and its firmware.",
    ),
    TroubleKind.COUNT_SHORT: (
        "它自己统计的某日记录比本系统多：有行被拒绝，或从未上传。请查看被拒绝的行；补好后可要求它重新发送该日。",
        "It counts more records of a day than are here: some were refused, or never came. Cure it, have it sent again.",
    ),
    TroubleKind.KEY_WRONG: (
        "有人使用其序列号而通信密钥不符，已拒绝。若是本机，请核对菜单中的通信密钥并重启；否则有人冒用序列号。",
        "Refused: its serial number without its key. Check the key in its menu and restart it, or look for a stranger.",
    ),
    TroubleKind.NETWORK_WRONG: (
        "有人从登记以外的网络使用其序列号，已拒绝。若考勤机换了网络，请重新登记。",
        "Somebody used its serial number from another network, and was refused. If the clock moved, register it again.",
    ),
}


def pushing_message(shown: ShownClock) -> Any:
    """A clock with all that is known of it."""
    facts, figures = shown.facts, shown.figures
    return pushing_pb2.PushingClock(
        name=resource_name("clocks", facts.clock),
        serial_number=facts.serial_number.partition("@")[0],
        site=resource_name("sites", facts.site),
        utc_offset_minutes=facts.utc_offset_minutes,
        allowed_lag_seconds=facts.allowed_lag_seconds,
        report_time=timestamp(facts.reported_until),
        retire_date=facts.retire_date.isoformat() if facts.retire_date else "",
        hello_time=timestamp(facts.hello_at),
        seen_time=timestamp(facts.contact.seen_at),
        stamp=facts.stamp,
        deviation_seconds=facts.deviation_seconds,
        read_count=figures.read,
        taken_count=figures.taken,
        repeated_count=figures.repeated,
        refused_count=figures.refused,
        troubles=map(trouble_message, shown.troubles),
        refused_lines=map(line_message, shown.refused),
        waiting_command_count=shown.waiting_commands,
        last_count=count_message(shown.last_count) if shown.last_count else None,
        has_communication_key=facts.trust.key_digest is not None,
        source_networks=facts.trust.source_networks,
    )


def count_message(counted: DayCount) -> Any:
    """A day as a clock counts it."""
    return pushing_pb2.ClockCount(
        date=counted.day.isoformat(),
        clock_count=counted.clock_count,
        recorded_count=counted.recorded_count,
        count_time=timestamp(counted.checked_at),
    )


def trouble_message(trouble: Trouble) -> Any:
    """A trouble in words."""
    return pushing_pb2.ClockTrouble(
        kind=pushing_pb2.ClockTroubleKind.ValueType(trouble.kind),
        message=text(*WORDS[trouble.kind]),
        first_seen_time=timestamp(trouble.first_seen_at),
        last_seen_time=timestamp(trouble.last_seen_at),
        seen_count=trouble.seen_count,
        end_time=timestamp(trouble.ended_at),
    )


def unknown_message(unknown: UnknownClock) -> Any:
    """A serial number that is not registered."""
    return pushing_pb2.UnknownClock(
        serial_number=unknown.serial_number,
        first_seen_time=timestamp(unknown.first_seen_at),
        last_seen_time=timestamp(unknown.last_seen_at),
    )
