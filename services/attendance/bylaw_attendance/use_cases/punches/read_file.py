"""Reads a file of punches for an import: its layout, the instants, what its clocks have reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from bylaw_chassis.files.refused import FileReason, FileRefused

from bylaw_attendance.formats.columns import DIRECTION_IN, DIRECTION_OUT, DIRECTION_UNCERTAIN, PunchFile
from bylaw_attendance.formats.localising import LocalisedPunches, localise_columns
from bylaw_attendance.formats.sniff import FileFormat, check_heading, opened, read_punches, recognise
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.imports import FileLayout, PunchImport, RefusedLine
from bylaw_attendance.rules.judging.punch import SECONDS_PER_DAY, Wording
from bylaw_attendance.rules.judging.punch_facts import epoch_of, instant_of
from bylaw_attendance.rules.judging.reporting import local_instant, wide_device
from bylaw_attendance.use_cases.clocks.located import LocatedPunches, Origin

DIRECTIONS = {FileLayout.WIDE_IN: DIRECTION_IN, FileLayout.WIDE_OUT: DIRECTION_OUT}
FORMATS = {
    FileLayout.ATTLOG: FileFormat.ATTLOG,
    FileLayout.WIDE_IN: FileFormat.WIDE,
    FileLayout.WIDE_OUT: FileFormat.WIDE,
    FileLayout.CSV: FileFormat.CSV,
    FileLayout.DINGTALK: FileFormat.DINGTALK,
    FileLayout.WECOM: FileFormat.WECOM,
}
FORMAT_WORDING = {
    FileFormat.ATTLOG: Wording("考勤机的 attlog.dat", "a clock's attlog.dat"),
    FileFormat.WIDE: Wording("上下班宽表", "a wide file of times in or out"),
    FileFormat.CSV: Wording("打卡 CSV", "a CSV of punches"),
    FileFormat.DINGTALK: Wording("钉钉导出", "an export of DingTalk"),
    FileFormat.WECOM: Wording("企业微信导出", "an export of WeCom"),
}
LAYOUTS = {found: layout for layout, found in FORMATS.items() if layout not in DIRECTIONS}
EXPORTS = (FileLayout.DINGTALK, FileLayout.WECOM)
"""Layouts of files that say themselves up to when they are complete, or hold to their last punch."""


def recognised_layout(data: bytes, said: FileLayout, file_name: str = "") -> FileLayout:
    """The file's layout; raises FileRefused where it is none, or another than was said, or wide without a side."""
    file = opened(data)
    found = recognise(file)
    check_heading(file, file_name)
    if said is not FileLayout.UNSPECIFIED:
        if FORMATS[said] is not found:
            raise _differs(FORMATS[said], found)
        return said
    if found not in LAYOUTS:
        raise FileRefused(FileReason.DIRECTION_MISSING)
    return LAYOUTS[found]


def _differs(said: FileFormat, found: FileFormat) -> FileRefused:
    (said_zh, said_en), (seen_zh, seen_en) = FORMAT_WORDING[said], FORMAT_WORDING[found]
    told = {"said_zh": said_zh, "said_en": said_en, "seen_zh": seen_zh, "seen_en": seen_en}
    return FileRefused(FileReason.FORMAT_DIFFERS, seen=found.value, **told)


@dataclass(frozen=True, eq=False, slots=True)
class ReadPunches(LocatedPunches):
    """A file as read: beside its punches the refused lines, and up to when each clock's log is shown."""

    refused: Sequence[RefusedLine]
    repeated_lines: Sequence[int]
    shown: Mapping[str, datetime]
    made: PunchImport


def read_file(data: bytes, made: PunchImport, zones: SiteZones) -> ReadPunches:
    """Reads the file of an import, each line in the zone of its day; raises FileRefused for the whole of it.

    Whatever is compared with now is compared with the moment it was handed in, so that a second run of the same
    import reads the same.
    """
    direction = DIRECTIONS.get(made.format, DIRECTION_UNCERTAIN)
    file = read_punches(data, direction=direction, device=made.device, file_name=made.file_name)
    located = localise_columns(file.columns, zones, received_second=epoch_of(made.created_at))
    refused = sorted((*file.refusals, *located.refusals), key=lambda refusal: refusal.line_number)
    return ReadPunches(
        located,
        zones,
        _origin(made),
        [RefusedLine.of(refusal) for refusal in refused],
        file.repeated_lines.tolist(),
        _shown(file, located, made, zones=zones),
        made,
    )


def _origin(made: PunchImport) -> Origin:
    device = made.device if made.format in DIRECTIONS else None
    return Origin(FORMATS[made.format].value, made.created_at, made.id, device)


def _shown(file: PunchFile, located: LocalisedPunches, made: PunchImport, *, zones: SiteZones) -> dict[str, datetime]:
    """Up to when each clock's log is shown: by what a wide file or an export says, of a log to its last true punch."""
    if made.format in DIRECTIONS or (made.format in EXPORTS and file.complete_until):
        # Days of other centuries are no dates of any zone; what lies in the future is cut to the present later on.
        soon = epoch_of(made.created_at) + 2 * SECONDS_PER_DAY
        last = min(max(*file.complete_until.values(), 0), soon)
        (named,) = file.complete_until
        device = wide_device(made.device, made.format) if made.format in DIRECTIONS else named
        return {device: local_instant(last, zones.at(last))}
    devices = located.columns.devices
    latest = np.full(len(devices.values), np.iinfo(np.int64).min)
    np.maximum.at(latest, devices.codes, located.instant_seconds)
    return {devices.values[code]: instant_of(int(latest[code])) for code in np.unique(devices.codes).tolist()}
