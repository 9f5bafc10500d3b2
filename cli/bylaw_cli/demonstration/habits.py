"""How each demonstration person punches: habits that show every kind of finding, the same on every machine."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """The four cards of a day, minutes off their due time; None where the card was forgotten."""

    morning_in: int | None
    noon_out: int | None
    afternoon_in: int | None
    evening_out: int | None


Habit = Callable[[random.Random, int], Day]
"""Given dice and the weekday (Monday 0): each shows on a weekday of its own, so that any week shows everything."""


def _punctual(dice: random.Random, _weekday: int) -> Day:
    return Day(-dice.randint(1, 14), dice.randint(1, 12), -dice.randint(1, 20), dice.randint(1, 35))


def _often_late(dice: random.Random, weekday: int) -> Day:
    """Late within the ladder on Mondays and on every third other morning (ATT-2)."""
    day = _punctual(dice, weekday)
    return Day(dice.randint(3, 15), *_rest(day)) if weekday == 0 or dice.random() < 0.33 else day


def _oversleeps(dice: random.Random, weekday: int) -> Day:
    """Later than the ladder allows on Tuesdays and now and then: leave is required (ATT-2)."""
    day = _punctual(dice, weekday)
    return Day(dice.randint(16, 70), *_rest(day)) if weekday == 1 or dice.random() < 0.2 else day


def _leaves_early(dice: random.Random, weekday: int) -> Day:
    """A few minutes early on Wednesdays, sometimes more than a few (ATT-3)."""
    day = _punctual(dice, weekday)
    early = 4 if weekday == 2 else dice.choice([0, 0, 0, 2, 5, 9])
    return Day(day.morning_in, day.noon_out, day.afternoon_in, -early) if early else day


def _forgets_cards(dice: random.Random, weekday: int) -> Day:
    """Forgets to sign out for lunch on Thursdays, or in behind it on other days (ATT-1)."""
    day = _punctual(dice, weekday)
    if weekday == 3:
        return Day(day.morning_in, None, day.afternoon_in, day.evening_out)
    return Day(day.morning_in, day.noon_out, None, day.evening_out) if dice.random() < 0.2 else day


def _stays_away(dice: random.Random, weekday: int) -> Day:
    """Does not come back behind lunch on Fridays, and some days not at all (ATT-4)."""
    day = _punctual(dice, weekday)
    if weekday == 4:
        return Day(day.morning_in, day.noon_out, None, None)
    return Day(None, None, None, None) if dice.random() < 0.1 else day


def _rest(day: Day) -> tuple[int | None, int | None, int | None]:
    return day.noon_out, day.afternoon_in, day.evening_out


HABITS: dict[str, Habit] = {
    "1004": _often_late,
    "1018": _oversleeps,
    "1006": _leaves_early,
    "1020": _forgets_cards,
    "1008": _stays_away,
}
"""Everybody else is punctual."""


def punches(number: str, work_date: date, dues: Sequence[datetime], *, stayed_minutes: int = 0) -> Iterator[datetime]:
    """The local punches of a person on a day of four cards; the same for the same person, day and dues.

    Whoever `stayed` left so much later than they would have. A day that was cut short has fewer cards.
    """
    dice = random.Random(f"{number}/{work_date}")  # noqa: S311 - a demonstration, not a secret
    day = HABITS.get(number, _punctual)(dice, work_date.weekday())
    if stayed_minutes:
        day = Day(day.morning_in, day.noon_out, day.afternoon_in, stayed_minutes)
    for due, minutes in zip(dues, (day.morning_in, *_rest(day)), strict=False):
        if minutes is not None:
            yield due + timedelta(minutes=minutes, seconds=dice.randint(0, 59))
