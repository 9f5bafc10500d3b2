"""A day's punches arrive late: from the upload until the sheets of those concerned are right, in two companies.

Only what the upload touches is judged again, so the time grows with it and not with the company.
"""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any

from bylaw_attendance import policies
from bylaw_attendance.use_cases.sheets.show_sheets import ShowSheets
from bylaw_chassis.caller import Reach

from benchmarks.attendance_import import administrator, run
from benchmarks.attendance_month import assign, sheets_of
from benchmarks.attendance_world import CARD_TIMES, MONTH, World, clock_file, working_days, world

SMALL, LARGE, TEAM = 500, 4_410, 50
WORKING_DAYS, ROUNDS = 22, 15
EVERYTHING = Reach(everyone=True)


def measure() -> list[dict[str, Any]]:
    """A team's day in both companies in turns, then one and ten teams' punches in the large one."""
    with ExitStack() as stack:
        companies = [Company(stack.enter_context(world(count, teams=count // TEAM))) for count in (SMALL, LARGE)]
        large = companies[1]
        for one in companies:
            one.late(1, cards=len(CARD_TIMES))
        turns = [[one.late(1, cards=len(CARD_TIMES)) for one in companies] for _ in range(ROUNDS)]
        sizes = [[large.late(teams, cards=1) for teams in (1, 10)] for _ in range(ROUNDS)]
        for one in companies:
            one.made.database.close()
    return [
        _result("the company of 4,410 to one of 500", turns, goal="<= 1.25", who=(f"in {SMALL}", f"in {LARGE}")),
        _result("500 lines to 50 in a company of 4,410", sizes, goal="<= 10", who=("50 lines", "500 lines")),
    ]


def _result(name: str, turns: Sequence[Sequence[float]], *, goal: str, who: tuple[str, str]) -> dict[str, Any]:
    one, other = (statistics.median(turn[side] for turn in turns) for side in (0, 1))
    return {
        "name": f"late upload until sheets are right, {name}",
        "ratio": round(other / one, 2),
        "goal": goal,
        "unit": "times the time",
        "detail": f"{one * 1000:.0f} ms {who[0]}, {other * 1000:.0f} ms {who[1]}; in turns",
    }


class Company:
    """A company whose month is on record and judged, and what it uploads late."""

    def __init__(self, made: World) -> None:
        self.made, self._days = made, _days_to_come()
        run(made, clock_file(list(made.people), working_days(WORKING_DAYS)))
        book = policies.installed()
        assign(made, book)
        self._shown: ShowSheets = sheets_of(made, book)
        assert self._shown.page(made.unit, MONTH, EVERYTHING, after=None, limit=1).totals

    def late(self, teams: int, *, cards: int) -> float:
        """Seconds from an upload of some teams' cards of a day until their sheets are right."""
        day, second = next(self._days)
        chosen = range(teams)
        people = {one for place in chosen for one in self.made.of_team(place)}
        numbers = [number for number, person in self.made.people.items() if person in people]
        before = self._judged()
        began = time.perf_counter()
        run(self.made, _lines(numbers, day, second, cards))
        for place in chosen:
            self._shown.page(self.made.teams[place], MONTH, EVERYTHING, after=None, limit=TEAM)
        spent = time.perf_counter() - began
        assert len(before ^ self._judged()) == 2 * len(numbers)
        return spent

    def _judged(self) -> set[tuple[Any, ...]]:
        """Every kept sheet by what it was judged from."""
        with administrator(self.made) as connection:
            return set(connection.execute("select person, digest from attendance.sheets").fetchall())


def _days_to_come() -> Iterator[tuple[date, int]]:
    """Days of the month of which nothing is on record yet, and when those are used up, later seconds of the same."""
    late = [day for day in working_days(31) if day not in working_days(WORKING_DAYS)]
    second = 0
    while True:
        yield from ((day, second) for day in late)
        second += 1


def _lines(numbers: Sequence[str], day: date, second: int, cards: int) -> bytes:
    moments = [f"{day} {card}:{second:02}" for card in CARD_TIMES[:cards]]
    return "\n".join(f"{number}\t{moment}\t1\t0\t1\t0" for moment in moments for number in numbers).encode()
