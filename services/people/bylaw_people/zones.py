"""Which names the IANA time zone database knows."""

from zoneinfo import ZoneInfo

NO_PLACES = ("posix/", "right/", "localtime", "posixrules", "Factory")
"""Entries of the database's folder that name no zone of their own."""


def knows_zone(name: str) -> bool:
    """Whether a name is in the database, as `Asia/Shanghai` is."""
    if not name.isascii() or name.startswith(NO_PLACES):
        return False
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
