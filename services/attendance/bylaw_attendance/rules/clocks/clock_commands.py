"""The commands that clocks are given. None of them deletes or changes anything in a clock."""

from datetime import date
from typing import NamedTuple

LONGEST_DAYS, MOST_WAITING = 366, 10
QUERY, COUNT = "DATA QUERY ATTLOG", "VERIFY SUM ATTLOG"


class Command(NamedTuple):
    """A command that waits for a clock."""

    number: int
    text: str

    @property
    def sends_again(self) -> bool:
        """Whether it has the clock send what it may have sent before."""
        return self.text.startswith(QUERY)


def send_again(first_day: date, last_day: date) -> str:
    """Asks for the punches of some days, by the clock's own calendar."""
    return f"{QUERY} StartTime={first_day.isoformat()} 00:00:00\tEndTime={last_day.isoformat()} 23:59:59"


def count_records(first_day: date, last_day: date) -> str:
    """Asks how many punches of some days it holds, by its own calendar."""
    return f"{COUNT} StartTime={first_day.isoformat()} 00:00:00\tEndTime={last_day.isoformat()} 23:59:59"


BUILDERS = (send_again, count_records)
"""Every way to make a command: a test holds that none of them is destructive."""


class Answered(NamedTuple):
    """What a clock says of a command: its number, its result, and how many records it counted if it was asked that."""

    number: int
    result: int
    record_count: int | None = None


def counted_day(command: str) -> date | None:
    """The day that a command asks to be counted; None where it asks for something else."""
    _, found, rest = command.partition(f"{COUNT} StartTime=")
    return date.fromisoformat(rest[:10]) if found else None


def answered(lines: list[str]) -> list[Answered]:
    """What each line `ID=..&Return=..&CMD=..` says; what is none is passed over. A count stands in `AttlogSum`."""
    found = []
    for line in lines:
        fields = dict(part.partition("=")[::2] for part in line.strip().split("&", 20))
        number, result = fields.get("ID", ""), fields.get("Return", "")
        counts = [value for name, value in fields.items() if name.lower() == "attlogsum" and _is_number(value)]
        if _is_number(number) and _is_number(result.removeprefix("-")):
            found.append(Answered(int(number), int(result), int(counts[0]) if counts and result == "0" else None))
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9
