"""The words that clocks understand (ZKTeco's attendance push over /iclock): what we answer them."""

from collections.abc import Iterable

RETRY_SECONDS, POLL_SECONDS, FLUSH_MINUTES = 30, 10, 1
"""Attendance counts on these when it judges a clock's silence: see `rules/pushing.py` there."""

MINUTES_AN_HOUR = 60
UNKNOWN_DEVICE, NOT_TRUSTED, OK = "UNKNOWN DEVICE", "CHECK COMMUNICATION KEY AND NETWORK", "OK"


def greeting(serial_number: str, *, utc_offset_minutes: int, stamp: str, operation_stamp: str, photos: bool) -> str:
    """How a clock shall behave: send each punch at once, what waits every minute, and ask every few seconds.

    Photos are asked for only where they are kept, fingerprints never.
    """
    lines = {
        "ATTLOGStamp": stamp or "0",
        "OPERLOGStamp": operation_stamp or "0",
        "ATTPHOTOStamp": "None",
        "ErrorDelay": RETRY_SECONDS,
        "Delay": POLL_SECONDS,
        "TransTimes": "00:00;12:00",
        "TransInterval": FLUSH_MINUTES,
        "TransFlag": "TransData AttLog\tOpLog" + "\tAttPhoto" * photos,
        "TimeZone": zone(utc_offset_minutes),
        "Realtime": 1,
        "Encrypt": "None",
        "ServerVer": "2.4.1",
        "PushProtVer": "2.4.1",
    }
    return "\n".join([f"GET OPTION FROM: {serial_number}", *(f"{name}={value}" for name, value in lines.items())])


def zone(utc_offset_minutes: int) -> int:
    """A zone as clocks want it: hours, but minutes for zones of part hours; a wrong one moves the clock."""
    hours, rest = divmod(utc_offset_minutes, MINUTES_AN_HOUR)
    return utc_offset_minutes if rest else hours


def taken(line_count: int) -> str:
    """So many lines need not come again."""
    return f"OK: {line_count}"


def told(commands: Iterable[tuple[int, str]]) -> str:
    """What a clock shall do, a command a line."""
    return "\n".join(f"C:{number}:{text}" for number, text in commands) or OK
