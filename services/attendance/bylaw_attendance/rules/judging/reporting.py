"""What a file of punches proves about its clocks: up to when each has reported everything it knows."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bylaw_attendance.rules.imports import FileLayout
from bylaw_attendance.rules.judging.punch import EPOCH_ORDINAL, SECONDS_PER_DAY, offset_in_force
from bylaw_attendance.rules.judging.punch_facts import instant_of

WIDE = "wide"
"""Stands for the clock of a wide file that names none."""


def wide_device(device: str, layout: FileLayout) -> str:
    """A wide file speaks for one direction only, so each direction counts as a clock of its own."""
    return f"{device or WIDE}:{'in' if layout is FileLayout.WIDE_IN else 'out'}"


def wide_silence(device: str, layout: FileLayout) -> str:
    """The clock of the other direction: of it the file says nothing, so it must be waited for."""
    return wide_device(device, FileLayout.WIDE_OUT if layout is FileLayout.WIDE_IN else FileLayout.WIDE_IN)


def local_instant(local_second: int, zone: ZoneInfo) -> datetime:
    """The instant of a local reading; of one that a clock change skips, the instant of the change or just behind."""
    offset_minutes = offset_in_force(local_second, zone)
    while offset_minutes is None:
        local_second += 60
        offset_minutes = offset_in_force(local_second, zone)
    return instant_of(local_second - offset_minutes * 60)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local date ends."""
    return local_instant((day.toordinal() + 1 - EPOCH_ORDINAL) * SECONDS_PER_DAY, zone)


def local_day_before(instant: datetime, zone: ZoneInfo) -> date:
    """The local date of the last moment before an instant: what was reported up to midnight is of the day before."""
    return (instant - timedelta(microseconds=1)).astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local date begins."""
    return local_instant((day.toordinal() - EPOCH_ORDINAL) * SECONDS_PER_DAY, zone)


def reports(
    shown: Mapping[str, datetime], devices: Collection[str], *, stated: datetime | None, received_at: datetime
) -> dict[str, datetime]:
    """Per device up to when it has reported: as stated by whoever handed the file in, else as far as it shows.

    Never beyond the moment the file was received: no clock knows the future.
    """
    if stated is not None:
        return dict.fromkeys([*devices, *shown], min(stated, received_at))
    return {device: min(until, received_at) for device, until in shown.items()}
