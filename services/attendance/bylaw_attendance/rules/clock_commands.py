"""The commands that clocks are given. None of them deletes or changes anything in a clock."""

from datetime import date
from typing import NamedTuple

LONGEST_DAYS, MOST_WAITING = 366, 10


class Command(NamedTuple):
    """A command that waits for a clock."""

    number: int
    text: str


def send_again(first_day: date, last_day: date) -> str:
    """Asks for the punches of some days, by the clock's own calendar."""
    return f"DATA QUERY ATTLOG StartTime={first_day.isoformat()} 00:00:00\tEndTime={last_day.isoformat()} 23:59:59"


BUILDERS = (send_again,)
"""Every way to make a command: a test holds that none of them is destructive."""


def answered(lines: list[str]) -> list[tuple[int, int]]:
    """The number and the result of each command in `ID=..&Return=..&CMD=..` lines; what is none is passed over."""
    found = []
    for line in lines:
        fields = dict(part.partition("=")[::2] for part in line.strip().split("&", 20))
        number, result = fields.get("ID", ""), fields.get("Return", "")
        if _is_number(number) and _is_number(result.removeprefix("-")):
            found.append((int(number), int(result)))
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9
