"""What is said of a file of orders, in the form that use cases take."""

from zoneinfo import ZoneInfo

from bylaw_chassis.refusals import FieldInvalid


def zone_name(said: str, otherwise: str) -> str:
    """A zone by its IANA name; where none is said, another."""
    if not said:
        return otherwise
    try:
        return ZoneInfo(said).key
    except (ValueError, OSError, KeyError):  # a name that is none, is too long, or leads to a folder
        raise FieldInvalid(
            field="time_zone",
            zh="没有这个时区；应如 Asia/Shanghai",
            en="there is no such zone; write it as Asia/Shanghai",
        ) from None


def place_of_line(position: list[str] | None) -> tuple[int, int] | None:
    """Where in an import a page of lines goes on."""
    return (int(position[0]), int(position[1])) if position else None
