"""Reads what a clock pushed: lines in any of their forms, each taken or refused, none in another's way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from bylaw_chassis.files.opening import CONTROL_BYTES
from bylaw_chassis.files.refused import FileReason, FileRefused

from bylaw_attendance.formats.attlog import read_attlog
from bylaw_attendance.formats.checking import RawColumns, check
from bylaw_attendance.formats.columns import NO_OFFSET_MINUTES, PunchColumns, PunchFile, TextColumn
from bylaw_attendance.formats.localising import LocalisedPunches, localise_columns
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.pushing import PushingClock, ahead_of_time
from bylaw_attendance.rules.imports import RefusedLine
from bylaw_attendance.rules.judging.punch import SECONDS_PER_DAY, LineRefusal, PunchReason
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


@dataclass(frozen=True, eq=False, slots=True)
class PushedLines:
    """The lines of a push, before it is known who sent them: as columns, and those that are none."""

    file: PunchFile
    spoilt: Sequence[LineRefusal]

    @property
    def numbers(self) -> list[str]:
        """The employee numbers of the lines that can be read."""
        people = self.file.columns.person_numbers
        return [people.values[code] for code in np.unique(people.codes).tolist()]


def pushed_lines(content: bytes) -> PushedLines:
    """Takes a push apart; raises FileRefused where nothing of it can be read at all."""
    cleaned, spoilt = _without_spoilt_lines(content)
    return PushedLines(_file(cleaned), spoilt)


def read_pushed(lines: PushedLines, clock: PushingClock, zones: SiteZones, origin: Origin) -> ReadPushed:
    """Reads the lines of a clock: those ahead of our time by more than the clock may be are refused, one by one."""
    columns = _of_one_clock(lines.file.columns, origin.device or "", clock.utc_offset_minutes)
    received, allowed = epoch_of(origin.received_at), clock.allowed_lag_seconds
    # Read as of tomorrow: by how much a clock is ahead shows in lines that are refused.
    located = localise_columns(columns, zones, received_second=received + FAR_AHEAD_SECONDS)
    taken, ahead = _without_future(located, received + allowed)
    faults = [*lines.spoilt, *lines.file.refusals, *located.refusals, *ahead]
    seconds = located.instant_seconds
    is_far_ahead = any(one.reason is PunchReason.IN_FUTURE for one in located.refusals)
    latest = received + FAR_AHEAD_SECONDS if is_far_ahead else int(seconds.max()) if len(seconds) else None
    return ReadPushed(
        taken,
        zones,
        origin,
        [_refused(one, allowed) for one in sorted(faults, key=lambda one: one.line_number)],
        len(lines.file.repeated_lines),
        latest,
        int(seconds.min()) if len(seconds) else None,
    )


def _refused(fault: LineRefusal, allowed_seconds: int) -> RefusedLine:
    """A line that is not taken; one of the future in words that name what this clock is allowed."""
    line = RefusedLine.of(fault)
    if fault.reason is not PunchReason.IN_FUTURE:
        return line
    words = ahead_of_time(fault.seen, allowed_seconds)
    return line._replace(zh=words.zh, en=words.en)


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
