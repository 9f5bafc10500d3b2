"""Reads what a clock pushed: lines in any of their forms, each taken or refused, none in another's way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bylaw_attendance.formats.attlog import read_attlog
from bylaw_attendance.formats.checking import RawColumns, check
from bylaw_attendance.formats.columns import NO_OFFSET_MINUTES, PunchColumns, PunchFile, TextColumn
from bylaw_attendance.formats.localising import LocalisedPunches, localise_columns
from bylaw_attendance.formats.opening import CONTROL_BYTES
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.imports import RefusedLine
from bylaw_attendance.rules.judging.punch import (
    FUTURE_TOLERANCE_SECONDS,
    SECONDS_PER_DAY,
    FileReason,
    FileRefused,
    LineRefusal,
    PunchReason,
)
from bylaw_attendance.rules.judging.punch_facts import epoch_of
from bylaw_attendance.use_cases.clocks.located import LocatedPunches, Origin

LARGEST_PUSH_BYTES = 2 * 1024 * 1024
"""A clock sends at most 900 KB at a time."""

BARE_WORD = re.compile(rb"\s*[A-Za-z0-9_-]*\s*")
FAR_AHEAD_SECONDS = SECONDS_PER_DAY


@dataclass(frozen=True, eq=False, slots=True)
class ReadPushed(LocatedPunches):
    """A push as read; `latest_second` and `earliest_second` are those of all readable lines, refused ones included."""

    refused: Sequence[RefusedLine]
    repeated_count: int
    latest_second: int | None
    earliest_second: int | None


def read_pushed(content: bytes, zones: SiteZones, origin: Origin, utc_offset_minutes: int | None) -> ReadPushed:
    """Reads a push; raises FileRefused where nothing of it can be read at all."""
    cleaned, spoilt = _without_spoilt_lines(content)
    file = _file(cleaned)
    columns = _of_one_clock(file.columns, origin.device or "", utc_offset_minutes)
    received = epoch_of(origin.received_at)
    # Read as of tomorrow: by how much a clock is ahead shows in lines that are refused.
    located = localise_columns(columns, zones, received_second=received + FAR_AHEAD_SECONDS)
    taken, ahead = _without_future(located, received + FUTURE_TOLERANCE_SECONDS)
    refused = sorted([*spoilt, *file.refusals, *located.refusals, *ahead], key=lambda one: one.line_number)
    seconds = located.instant_seconds
    is_far_ahead = any(one.reason is PunchReason.IN_FUTURE for one in located.refusals)
    latest = received + FAR_AHEAD_SECONDS if is_far_ahead else int(seconds.max()) if len(seconds) else None
    return ReadPushed(
        taken,
        zones,
        origin,
        [RefusedLine.of(refusal) for refusal in refused],
        len(file.repeated_lines),
        latest,
        int(seconds.min()) if len(seconds) else None,
    )


def _without_spoilt_lines(content: bytes) -> tuple[bytes, list[LineRefusal]]:
    """Blanks out what is no line of a clock, so that it spoils no other: control characters, and a single bare word.

    The second also keeps a first line from passing itself off as the serial number of another clock.
    """
    lines, spoilt = content.replace(b"\r\n", b"\n").split(b"\n"), list[LineRefusal]()
    for place, line in enumerate(lines):
        has_control = len(line.translate(None, CONTROL_BYTES)) != len(line)
        if has_control or (line.strip() and BARE_WORD.fullmatch(line)):
            seen = line.translate(None, CONTROL_BYTES)[:80].decode("utf-8", "replace")
            spoilt.append(LineRefusal.of(place + 1, "line", PunchReason.LINE_MALFORMED, seen=seen))
            lines[place] = b""
    return b"\n".join(lines), spoilt


def _file(content: bytes) -> PunchFile:
    try:
        return read_attlog(content, pushed=True, size_limit_bytes=LARGEST_PUSH_BYTES)
    except FileRefused as refused:
        if refused.reason is not FileReason.EMPTY:
            raise
        return check(RawColumns())


def _of_one_clock(columns: PunchColumns, device: str, utc_offset_minutes: int | None) -> PunchColumns:
    """All lines are the clock's that sent them, whatever they say, and in its own offset where it has one."""
    offsets = columns.sent_offsets_minutes
    if utc_offset_minutes is not None:
        offsets = np.where(offsets == NO_OFFSET_MINUTES, utc_offset_minutes, offsets)
    return replace(columns, devices=TextColumn.constant(device, len(columns)), sent_offsets_minutes=offsets)


def _without_future(located: LocalisedPunches, latest_second: int) -> tuple[LocalisedPunches, list[LineRefusal]]:
    is_true = located.instant_seconds <= latest_second
    columns = located.columns
    refused = [
        LineRefusal.of(
            int(columns.line_numbers[place]), "local_time", PunchReason.IN_FUTURE, seen=columns.local_texts[place]
        )
        for place in np.flatnonzero(~is_true).tolist()
    ]
    kept = LocalisedPunches(
        columns.keep(is_true), located.instant_seconds[is_true], located.utc_offsets_minutes[is_true], located.refusals
    )
    return kept, refused
